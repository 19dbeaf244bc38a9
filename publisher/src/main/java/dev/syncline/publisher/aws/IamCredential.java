// SPDX-License-Identifier: Apache-2.0
package dev.syncline.publisher.aws;

import dev.syncline.publisher.Channel;
import dev.syncline.publisher.Credential;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * AWS credentials that sign each operation as {@code POST https://{httpHost}/event} of the service
 * {@code appsync}: a publish with its own body, a connection with {@code {}}, a subscription with
 * {@code {"channel":"…"}}. Source: the AppSync Events developer guide, "Understanding the Event API
 * WebSocket protocol".
 */
record IamCredential(AwsCredentialsIdentity identity, String region, Clock clock)
    implements Credential {
  private static final String SERVICE = "appsync";

  /** The signed headers of the realtime protocol in the guide. */
  private static final Map<String, String> REALTIME_HEADERS =
      Map.of(
          "accept", "application/json, text/javascript",
          "content-encoding", "amz-1.0",
          "content-type", "application/json; charset=UTF-8");

  boolean isOf(AwsCredentialsIdentity other) {
    // Temporary credentials have a new access key id after each renewal.
    return identity.accessKeyId().equals(other.accessKeyId());
  }

  @Override
  public Map<String, String> publishHeaders(String httpHost, byte[] body) {
    return signed(httpHost, Map.of("content-type", "application/json; charset=UTF-8"), body);
  }

  @Override
  public Map<String, String> connect(String httpHost) {
    return signed(httpHost, REALTIME_HEADERS, bytes("{}"));
  }

  @Override
  public Map<String, String> subscribe(String httpHost, Channel channel) {
    // A channel contains no character that JSON would escape.
    return signed(httpHost, REALTIME_HEADERS, bytes("{\"channel\":\"" + channel.path() + "\"}"));
  }

  private Map<String, String> signed(String httpHost, Map<String, String> headers, byte[] body) {
    SdkHttpRequest.Builder request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(URI.create("https://" + httpHost + "/event"));
    headers.forEach(request::putHeader);
    Map<String, List<String>> all =
        AwsV4HttpSigner.create()
            .sign(
                sign ->
                    sign.identity(identity)
                        .request(request.build())
                        .payload(ContentStreamProvider.fromByteArray(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, SERVICE)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                        .putProperty(HttpSigner.SIGNING_CLOCK, clock))
            .request()
            .headers();
    Map<String, String> members = new LinkedHashMap<>();
    members.put("host", httpHost);
    all.forEach((name, values) -> members.putIfAbsent(spelled(name), String.join(",", values)));
    return members;
  }

  private static String spelled(String name) {
    return name.equals("Host") ? "host" : name;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "Credential[AWS_IAM: hidden]";
  }
}
