// SPDX-License-Identifier: Apache-2.0
package example;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

/** Calls the mutation that only this role may call. Thread-safe. */
final class GraphqlClient {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Its selection set is what subscribers can see, so it selects everything. */
  private static final String MUTATION =
      """
      mutation Publish($change: ChangeInput!) {
        publishChange(change: $change) {
          id kind item { id title content version updatedAt }
        }
      }
      """;

  /** java.net.http sets these itself. */
  private static final Set<String> OWN_HEADERS = Set.of("host", "content-length");

  private final HttpClient http = HttpClient.newHttpClient();
  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
  private final DefaultCredentialsProvider credentials = DefaultCredentialsProvider.create();
  private final URI url;

  GraphqlClient(String url) {
    this.url = URI.create(url);
  }

  void publish(ObjectNode change) throws IOException, InterruptedException {
    ObjectNode body = JSON.createObjectNode().put("query", MUTATION);
    body.putObject("variables").set("change", change);
    HttpResponse<String> answer =
        http.send(signed(JSON.writeValueAsString(body)), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(answer.statusCode() + " " + answer.body());
    }
    // AppSync answers 200 to a mutation that failed.
    JsonNode errors = JSON.readTree(answer.body()).path("errors");
    if (!errors.isMissingNode()) {
      throw new IOException(errors.toString());
    }
  }

  private HttpRequest signed(String body) {
    SdkHttpRequest plain =
        SdkHttpRequest.builder()
            .uri(url)
            .method(SdkHttpMethod.POST)
            .putHeader("Content-Type", "application/json")
            .build();
    SdkHttpRequest signed =
        signer
            .sign(
                request ->
                    request
                        .identity(credentials.resolveCredentials())
                        .request(plain)
                        .payload(ContentStreamProvider.fromUtf8String(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "appsync")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, System.getenv("AWS_REGION")))
            .request();
    var request =
        HttpRequest.newBuilder(url)
            .timeout(Duration.ofSeconds(10))
            .POST(HttpRequest.BodyPublishers.ofString(body));
    signed.forEachHeader(
        (name, values) -> {
          if (!OWN_HEADERS.contains(name.toLowerCase(java.util.Locale.ROOT))) {
            values.forEach(value -> request.header(name, value));
          }
        });
    return request.build();
  }
}
