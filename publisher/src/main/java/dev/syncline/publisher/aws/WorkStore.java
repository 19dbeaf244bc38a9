// SPDX-License-Identifier: Apache-2.0
package dev.syncline.publisher.aws;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.utils.CompletableFutureUtils;

/**
 * What is known of work that runs where nothing remembers it, as two small objects of an S3 bucket:
 * {@code work/{id}/note.json}, which the bridge writes when it starts the work, and {@code
 * work/{id}/outcome.json}, the reply envelope, which the worker writes before it publishes the
 * same. Let a lifecycle rule of the bucket expire them.
 *
 * <p>Three of S3's operations, signed with the SDK's signer; the SDK's own client would double a
 * function's jar.
 *
 * <p>Thread-safe. Blocks for at most about one and a half times {@code STORE_TIMEOUT_MS}, which is
 * 1,000 by default.
 */
public final class WorkStore implements AutoCloseable {
  /** The variable that names the bucket. */
  public static final String VARIABLE = "RESULT_BUCKET";

  private static final int MAX_OBJECT_BYTES = 1024 * 1024;
  private static final int MAX_CONNECTIONS = 64;
  private static final String TIMEOUT_VARIABLE = "STORE_TIMEOUT_MS";

  private final String bucket;
  private final String base;
  private final String region;
  private final AwsEnvironment aws;
  private final Clock clock;
  private final CloseableHttpClient client;

  private record Answer(int status, String body) {}

  private WorkStore(String bucket, Map<String, String> environment, Clock clock) {
    this.bucket = bucket;
    this.region = region(environment);
    String endpoint = read(environment, "AWS_ENDPOINT_URL");
    this.base =
        endpoint.isEmpty()
            ? "https://" + bucket + ".s3." + region + ".amazonaws.com/"
            : endpoint.replaceFirst("/$", "") + "/" + bucket + "/";
    this.aws = AwsEnvironment.of(environment);
    this.clock = clock;
    long millis = timeoutMillis(environment);
    Timeout connect = Timeout.ofMilliseconds(Math.max(1, millis / 2));
    Timeout response = Timeout.ofMilliseconds(millis);
    this.client =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setMaxConnTotal(MAX_CONNECTIONS)
                    .setMaxConnPerRoute(MAX_CONNECTIONS)
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                            .setConnectTimeout(connect)
                            .setSocketTimeout(response)
                            .build())
                    .build())
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setResponseTimeout(response)
                    .setConnectionRequestTimeout(response)
                    .build())
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableAuthCaching()
            .build();
  }

  /**
   * Checks {@code RESULT_BUCKET}, and if it is set {@code STORE_TIMEOUT_MS} and that a region is
   * known; without I/O.
   *
   * @throws IllegalArgumentException naming the variable
   */
  public static void check(Map<String, String> environment) {
    String bucket = read(environment, VARIABLE);
    if (bucket.isEmpty()) {
      return;
    }
    if (!bucket.matches("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]")) {
      throw new IllegalArgumentException(
          VARIABLE
              + " must be the name of a bucket, 3 to 63 lower-case letters, digits and dashes, but"
              + " is \""
              + bucket
              + "\"");
    }
    String unused = region(environment);
    long unusedToo = timeoutMillis(environment);
  }

  /** {@code STORE_TIMEOUT_MS}: how long the bucket may take to answer; 1,000 by default. */
  private static long timeoutMillis(Map<String, String> environment) {
    String text = read(environment, TIMEOUT_VARIABLE);
    if (text.isEmpty()) {
      return 1_000;
    }
    if (!text.matches("[1-9]\\d{0,5}")) {
      throw new IllegalArgumentException(
          TIMEOUT_VARIABLE
              + " must be a number of milliseconds from 1 to 999999, but is \""
              + text
              + "\"");
    }
    return Long.parseLong(text);
  }

  /** The store in {@code RESULT_BUCKET}; empty if that is not set. Does no I/O. */
  public static Optional<WorkStore> fromEnvironment(Map<String, String> environment, Clock clock) {
    check(environment);
    String bucket = read(environment, VARIABLE);
    return bucket.isEmpty()
        ? Optional.empty()
        : Optional.of(new WorkStore(bucket, environment, clock));
  }

  /**
   * Notes work unless it is noted already.
   *
   * @return whether it was not
   * @throws IOException if the bucket does not say
   */
  public boolean noteFirst(String id, String json) throws IOException {
    Answer answer = send(SdkHttpMethod.PUT, noteKey(id), json, true);
    // 409: another conditional write of the same key is under way (S3 user guide).
    if (answer.status == 412 || answer.status == 409) {
      return false;
    }
    requireOk(answer);
    return true;
  }

  /** Notes work, whatever was noted before. */
  public void note(String id, String json) throws IOException {
    requireOk(send(SdkHttpMethod.PUT, noteKey(id), json, false));
  }

  /** What was noted. */
  public Optional<String> note(String id) throws IOException {
    return get(noteKey(id));
  }

  /** Forgets that work was noted: it was not started. */
  public void forget(String id) throws IOException {
    requireOk(send(SdkHttpMethod.DELETE, noteKey(id), null, false));
  }

  /**
   * Keeps what came of work. To be called before it is published: then whoever missed the event
   * finds it here.
   *
   * @param envelopeJson the reply envelope as it is published
   */
  public void outcome(String id, String envelopeJson) throws IOException {
    requireOk(send(SdkHttpMethod.PUT, outcomeKey(id), envelopeJson, false));
  }

  /** What came of work, if it has ended. */
  public Optional<String> outcome(String id) throws IOException {
    return get(outcomeKey(id));
  }

  private Optional<String> get(String key) throws IOException {
    Answer answer = send(SdkHttpMethod.GET, key, null, false);
    if (answer.status == 404) {
      return Optional.empty();
    }
    requireOk(answer);
    return Optional.of(answer.body);
  }

  private void requireOk(Answer answer) throws IOException {
    if (answer.status / 100 != 2) {
      throw new IOException("the bucket " + bucket + " answered " + answer.status);
    }
  }

  private Answer send(SdkHttpMethod method, String key, @Nullable String body, boolean ifNew)
      throws IOException {
    byte[] bytes = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
    SdkHttpRequest.Builder unsigned =
        SdkHttpRequest.builder().method(method).uri(URI.create(base + key));
    if (ifNew) {
      unsigned.putHeader("If-None-Match", "*");
    }
    AwsCredentialsIdentity identity =
        CompletableFutureUtils.joinLikeSync(aws.credentialsProvider().resolveIdentity());
    SdkHttpRequest signed =
        AwsV4HttpSigner.create()
            .sign(
                sign ->
                    sign.identity(identity)
                        .request(unsigned.build())
                        .payload(ContentStreamProvider.fromByteArray(bytes))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                        .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                        .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                        .putProperty(HttpSigner.SIGNING_CLOCK, clock))
            .request();
    HttpUriRequestBase request = new HttpUriRequestBase(method.name(), signed.getUri());
    for (Map.Entry<String, List<String>> header : signed.headers().entrySet()) {
      if (!header.getKey().equalsIgnoreCase("content-length")) {
        header.getValue().forEach(value -> request.addHeader(header.getKey(), value));
      }
    }
    if (body != null) {
      request.setEntity(new ByteArrayEntity(bytes, ContentType.APPLICATION_JSON));
    }
    return client.execute(
        request,
        response -> {
          byte[] content =
              response.getEntity() == null
                  ? new byte[0]
                  : response.getEntity().getContent().readNBytes(MAX_OBJECT_BYTES);
          return new Answer(response.getCode(), new String(content, StandardCharsets.UTF_8));
        });
  }

  private static String noteKey(String id) {
    return "work/" + id + "/note.json";
  }

  private static String outcomeKey(String id) {
    return "work/" + id + "/outcome.json";
  }

  private static String region(Map<String, String> environment) {
    String region = read(environment, "AWS_REGION");
    if (region.isEmpty()) {
      region = read(environment, "AWS_DEFAULT_REGION");
    }
    if (region.isEmpty()) {
      throw new IllegalArgumentException(
          "AWS_REGION is not set; set it to the region of " + VARIABLE);
    }
    return region;
  }

  private static String read(Map<String, String> environment, String name) {
    return environment.getOrDefault(name, "").strip();
  }

  @Override
  public void close() {
    client.close(CloseMode.GRACEFUL);
  }
}
