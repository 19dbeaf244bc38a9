// SPDX-License-Identifier: Apache-2.0
package example;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

/**
 * The bucket of results. It signs one kind of request with the SDK's signer, so that the package
 * needs no S3 client; {@code S3Client} would do as well. Thread-safe.
 */
final class ResultBucket {
  private static final Set<String> SET_BY_CLIENT = Set.of("host", "content-length");

  private final HttpClient client = HttpClient.newHttpClient();
  private final DefaultCredentialsProvider credentials =
      DefaultCredentialsProvider.builder().build();
  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
  private final String bucket;
  private final String region = System.getenv("AWS_REGION");
  private final String base;

  ResultBucket(String bucket) {
    this.bucket = bucket;
    this.base =
        Optional.ofNullable(System.getenv("AWS_ENDPOINT_URL"))
            .map(endpoint -> endpoint.replaceFirst("/$", "") + "/" + bucket + "/")
            .orElse("https://" + bucket + ".s3." + region + ".amazonaws.com/");
  }

  /** The object's address as clients of the API see it. */
  String uri(String key) {
    return "s3://" + bucket + "/" + key;
  }

  /**
   * Writes a JSON object.
   *
   * @throws IOException when S3 does not accept it
   */
  void put(String key, byte[] json) throws IOException, InterruptedException {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.PUT)
            .uri(URI.create(base + key))
            .putHeader("Content-Type", "application/json")
            .build();
    SdkHttpRequest signed =
        signer
            .sign(
                sign ->
                    sign.request(request)
                        .payload(ContentStreamProvider.fromByteArray(json))
                        .identity(credentials.resolveCredentials())
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                        .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false))
            .request();
    HttpRequest.Builder put =
        HttpRequest.newBuilder(signed.getUri()).PUT(HttpRequest.BodyPublishers.ofByteArray(json));
    signed.forEachHeader(
        (name, values) -> {
          if (!SET_BY_CLIENT.contains(name.toLowerCase(java.util.Locale.ROOT))) {
            values.forEach(value -> put.header(name, value));
          }
        });
    HttpResponse<String> answer = client.send(put.build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("S3 answered " + answer.statusCode() + ": " + answer.body());
    }
  }
}
