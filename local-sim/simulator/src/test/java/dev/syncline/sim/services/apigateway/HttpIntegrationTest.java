// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.service.settings.AllowedHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Integrations of types HTTP and HTTP_PROXY with a server of the developer. */
class HttpIntegrationTest extends GatewayFixture {
  private final CountDownLatch done = new CountDownLatch(1);
  private final HttpServer server = started();
  private volatile String seen = "";

  private HttpServer started() {
    try {
      HttpServer created =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      created.setExecutor(task -> Thread.ofVirtual().start(task));
      created.createContext("/", this::answer);
      created.start();
      return created;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  Gateway open(Path work) {
    return new Gateway(
        work,
        null,
        service -> service,
        List.of(AllowedHost.parse("localhost:" + server.getAddress().getPort())));
  }

  @AfterEach
  void stopServer() {
    done.countDown();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    seen =
        exchange.getRequestMethod()
            + " "
            + exchange.getRequestURI()
            + " "
            + exchange.getRequestHeaders().getFirst("X-In")
            + " "
            + exchange.getRequestHeaders().getFirst("Content-Type")
            + " "
            + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (exchange.getRequestURI().getPath().equals("/slow")) {
      try {
        done.await();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }
    boolean missing = exchange.getRequestURI().getPath().endsWith("missing");
    byte[] body = (missing ? "<no/>" : "{\"own\":\"yes\"}").getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("X-Out", "out");
    exchange.getResponseHeaders().set("Server", "mine");
    exchange.getResponseHeaders().set("Content-Type", "application/vnd.own+json");
    exchange.sendResponseHeaders(missing ? 404 : 200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private String base() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  private String deployed(String type, String uri, String members) {
    String api = gateway.api("");
    String resource = gateway.resource(api, "{proxy+}");
    gateway.method(
        api, resource, "ANY", ", 'requestParameters': {'method.request.path.proxy': true}");
    gateway.gateway(
        "PutIntegration",
        Gateway.target(api, resource, "ANY")
            + ", 'type': '"
            + type
            + "', 'integrationHttpMethod': 'ANY', 'uri': '"
            + uri
            + "', 'requestParameters': {'integration.request.path.proxy':"
            + " 'method.request.path.proxy'}"
            + members
            + "}");
    if (type.equals("HTTP")) {
      String response = Gateway.target(api, resource, "ANY") + ", 'statusCode': '";
      gateway.gateway("PutMethodResponse", response + "200'}");
      gateway.gateway("PutIntegrationResponse", response + "200'}");
      gateway.gateway("PutMethodResponse", response + "410'}");
      gateway.gateway(
          "PutIntegrationResponse",
          response
              + "410', 'selectionPattern': '404', 'responseTemplates': {'text/plain':"
              + " 'gone $context.integration.integrationStatus'}}");
    }
    gateway.deploy(api);
    return api;
  }

  @Test
  void aProxyPassesPathQueryHeadersAndBody() {
    String api = deployed("HTTP_PROXY", base() + "/base/{proxy}", "");

    HttpResponse response =
        gateway.send(api, "PUT", "/a/b%20c?q=1&q=2", "body", "X-In", "in", "Content-Type", "x/y");

    assertThat(seen).isEqualTo("PUT /base/a/b%20c?q=1&q=2 in x/y body");
    assertThat(response.status()).isEqualTo(200);
    Map<String, String> headers = response.headers().byName();
    assertThat(headers)
        .containsEntry("x-out", "out")
        .containsEntry("x-amzn-remapped-server", "mine")
        .containsEntry("content-type", "application/vnd.own+json");
    assertThat(Gateway.text(response)).isEqualTo("{\"own\":\"yes\"}");
    assertThat(gateway.send(api, "GET", "/missing", "").status()).isEqualTo(404);
  }

  @Test
  void aMappedIntegrationPassesOnlyWhatIsMapped() {
    String api =
        deployed(
            "HTTP",
            base() + "/{proxy}",
            ", 'requestTemplates': {'application/json': '#set($context.requestOverride.header.X-In"
                + " = \\\"over\\\")[$input.json(\\\"$\\\")]'}");

    HttpResponse response = gateway.send(api, "POST", "/x?q=1", "{\"a\":1}", "X-In", "in");

    assertThat(seen).isEqualTo("POST /x over application/json [{\"a\":1}]");
    assertThat(response.headers().first("Content-Type")).contains("application/json");
    assertThat(response.headers().first("X-Out")).isEmpty();
    HttpResponse gone = gateway.send(api, "POST", "/missing", "{}");
    assertThat(gone.status()).isEqualTo(410);
    assertThat(Gateway.text(gone)).isEqualTo("gone 404");
    assertThat(gone.headers().first("Content-Type")).contains("text/plain");
  }

  @Test
  void aHostThatIsNotAllowedIsRefusedByName() {
    String api = deployed("HTTP_PROXY", "https://api.example.com/{proxy}", "");

    HttpResponse response = gateway.send(api, "GET", "/x", "");

    assertThat(response.status()).isEqualTo(504);
    assertThat(Gateway.text(response)).contains("--allow-host api.example.com");
  }

  @Test
  void aServerThatDoesNotAnswerIs504() {
    String api = deployed("HTTP", base() + "/{proxy}", ", 'timeoutInMillis': 100");
    assertErrorResponse(
        gateway.send(api, "POST", "/slow", "{}"),
        504,
        "Endpoint request timed out",
        "InternalServerErrorException");
    server.stop(0);
    assertErrorResponse(
        gateway.send(api, "POST", "/x", "{}"),
        504,
        "Network error communicating with endpoint",
        "InternalServerErrorException");
  }

  @Test
  void aStageVariableNamesTheHost() {
    String api = deployed("HTTP_PROXY", "http://${stageVariables.host}/{proxy}", "");
    gateway.patchStage(api, "/variables/host", "localhost:" + server.getAddress().getPort());

    assertThat(gateway.send(api, "GET", "/x", "").status()).isEqualTo(200);
    assertThat(seen).startsWith("GET /x ");
  }
}
