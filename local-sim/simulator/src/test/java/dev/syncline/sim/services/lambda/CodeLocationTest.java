// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.kernel.TimerKind;
import dev.syncline.sim.testing.WholeSimulator;
import dev.syncline.testing.TestZip;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The addresses of packages: of functions (reported as floci#1718), versions and layers. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CodeLocationTest {
  private static final String CREDENTIAL =
      "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/lambda/aws4_request,"
          + " SignedHeaders=host, Signature=0";

  @TempDir Path work;
  private final HttpClient client = HttpClient.newHttpClient();
  private WholeSimulator aws;

  @BeforeEach
  void start() {
    aws = new WholeSimulator(work);
  }

  @AfterEach
  void stop() {
    client.close();
    aws.close();
  }

  private HttpResponse<byte[]> send(String location, String method) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(location))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  private static String sha256(byte[] content) throws Exception {
    return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(content));
  }

  private JsonNode get(String qualifier) {
    return aws.call("lambda", "GetFunction", "{'FunctionName':'f'" + qualifier + "}");
  }

  @Test
  void aPackageOfManyMegabytesIsTakenOverHttp() throws Exception {
    byte[] content = new byte[16 << 20];
    new Random(1).nextBytes(content);
    byte[] zip = TestZip.of(Map.of("x.bin", content));
    String body =
        "{\"FunctionName\":\"big\",\"Runtime\":\"java21\",\"Handler\":\"x.Y\","
            + "\"Role\":\"arn:aws:iam::111111111111:role/r\",\"Code\":{\"ZipFile\":\""
            + Base64.getEncoder().encodeToString(zip)
            + "\"}}";

    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(aws.simulator.endpoint() + "/2015-03-31/functions"))
                .header("Authorization", CREDENTIAL)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    assertThat(answer.body()).contains("\"CodeSize\":" + zip.length);
  }

  @Test
  void theAddressGivesThePackageOfTheVersion() throws Exception {
    aws.function("f", "", event -> "1");
    aws.call("lambda", "PublishVersion", "{'FunctionName':'f'}");
    aws.call("lambda", "CreateAlias", "{'FunctionName':'f','Name':'a','FunctionVersion':'1'}");
    aws.call(
        "lambda",
        "UpdateFunctionCode",
        "{'FunctionName':'f','ZipFile':'" + TestZip.base64("y.txt", "new") + "'}");

    for (String qualifier : new String[] {"", ",'Qualifier':'1'", ",'Qualifier':'a'"}) {
      JsonNode function = get(qualifier);
      HttpResponse<byte[]> answer = send(function.at("/Code/Location").asText(), "GET");

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(sha256(answer.body()))
          .as(qualifier)
          .isEqualTo(function.at("/Configuration/CodeSha256").asText());
      assertThat(answer.body()).hasSize(function.at("/Configuration/CodeSize").asInt());
    }
    assertThat(get("").at("/Configuration/CodeSha256"))
        .isNotEqualTo(get(",'Qualifier':'1'").at("/Configuration/CodeSha256"));
  }

  @Test
  void theAddressOfALayerGivesItsContent() throws Exception {
    JsonNode layer =
        aws.call(
            "lambda",
            "PublishLayerVersion",
            "{'LayerName':'l','Content':{'ZipFile':'" + TestZip.base64("a", "b") + "'}}");
    String again =
        aws.call("lambda", "GetLayerVersion", "{'LayerName':'l','VersionNumber':'1'}")
            .at("/Content/Location")
            .asText();

    for (String location : new String[] {layer.at("/Content/Location").asText(), again}) {
      assertThat(sha256(send(location, "GET").body()))
          .isEqualTo(layer.at("/Content/CodeSha256").asText());
    }
    aws.call("lambda", "DeleteLayerVersion", "{'LayerName':'l','VersionNumber':'1'}");
    assertThat(send(again, "GET").statusCode()).isEqualTo(403);
  }

  @Test
  void anAddressIsReadOnlyAndEndsAfterTenMinutes() throws Exception {
    aws.function("f", "", event -> "1");
    String location = get("").at("/Code/Location").asText();

    assertThat(send(location, "HEAD").statusCode()).isEqualTo(200);
    assertThat(send(location, "PUT").statusCode()).isEqualTo(405);
    var later = new CompletableFuture<Boolean>();
    aws.simulator
        .clock()
        .schedule(TimerKind.WORK, Duration.ofMinutes(10), () -> later.complete(true));
    aws.simulator.clock().call(() -> aws.simulator.clock().await(later));
    assertThat(send(location, "GET").statusCode()).isEqualTo(403);
  }
}
