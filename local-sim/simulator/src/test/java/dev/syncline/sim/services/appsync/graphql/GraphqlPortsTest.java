// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.simulator.SimulatorConfig;
import dev.syncline.sim.testing.WholeSimulator;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The port of each API, which takes HTTP and HTTPS. */
class GraphqlPortsTest {
  @TempDir private Path work;

  private SimulatorConfig config() {
    return SimulatorConfig.defaults(work.resolve("work"))
        .withPort(0, 0)
        .withClock(new ClockMode.Skipping());
  }

  private static JsonNode create(WholeSimulator aws) {
    return aws.call("appsync", "CreateGraphqlApi", "{'name':'a','authenticationType':'API_KEY'}")
        .path("graphqlApi");
  }

  private static int status(HttpClient client, String url) throws Exception {
    return client
        .send(
            HttpRequest.newBuilder(URI.create(url))
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build(),
            BodyHandlers.ofString())
        .statusCode();
  }

  private static SSLContext trusting(Path authority) throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(authority)) {
      store.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  @Test
  void aPortTakesHttpAndHttpsAndClosesWithItsApi() throws Exception {
    try (var aws = new WholeSimulator(config());
        HttpClient client =
            HttpClient.newBuilder()
                .sslContext(trusting(aws.simulator.caFile().orElseThrow()))
                .build()) {
      JsonNode first = create(aws);
      JsonNode second = create(aws);
      String url = first.at("/uris/GRAPHQL").asText();

      assertThat(url).matches("http://127\\.0\\.0\\.1:\\d+/graphql");
      assertThat(first.at("/uris/REALTIME").asText()).isEqualTo(url.replace("http://", "ws://"));
      assertThat(second.at("/uris/GRAPHQL").asText()).isNotEqualTo(url);
      assertThat(status(client, url)).isEqualTo(401);
      assertThat(status(client, url.replace("http://", "https://"))).isEqualTo(401);

      aws.call("appsync", "DeleteGraphqlApi", "{'apiId':'" + first.path("apiId").asText() + "'}");
      try (HttpClient later = HttpClient.newHttpClient()) {
        assertThatThrownBy(() -> status(later, url)).isInstanceOf(ConnectException.class);
      }
      assertThat(status(client, second.at("/uris/GRAPHQL").asText())).isEqualTo(401);
    }
  }

  @Test
  void aRestoredApiHasItsPortAgain() throws Exception {
    SimulatorConfig config = config().withData(work.resolve("data"));
    String url;
    try (var aws = new WholeSimulator(config)) {
      url = create(aws).at("/uris/GRAPHQL").asText();
    }
    try (var aws = new WholeSimulator(config);
        HttpClient client = HttpClient.newHttpClient()) {
      assertThat(status(client, url)).isEqualTo(401);
      assertThat(aws.call("appsync", "ListGraphqlApis", "{}").at("/graphqlApis/0/uris/GRAPHQL"))
          .hasToString("\"" + url + "\"");
    }
  }
}
