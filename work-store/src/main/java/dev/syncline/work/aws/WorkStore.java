// SPDX-License-Identifier: Apache-2.0
package dev.syncline.work.aws;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
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
 * Records of work in an S3 bucket, for backends that keep no state. Each piece of work has two
 * small objects: {@code work/{id}/note.json}, which the bridge writes when it starts the work, and
 * {@code work/{id}/outcome.json}, the reply envelope, which the worker writes before it publishes
 * the envelope. Expire them with a lifecycle rule of the bucket.
 *
 * <p>Uses GetObject and conditional PutObject, signed with the SDK's signer. The SDK's S3 client
 * would double the size of a function's jar.
 *
 * <p>Thread-safe. A call, including the response's body, blocks for at most 1.5 times {@code
 * STORE_TIMEOUT_MS}, which is 1,000 by default.
 */
public final class WorkStore implements AutoCloseable {
  /** The variable that names the bucket. */
  public static final String VARIABLE = "RESULT_BUCKET";

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,128}");
  private static final int MAX_OBJECT_BYTES = 1024 * 1024;
  private static final int MAX_CONNECTIONS = 64;
  private static final String TIMEOUT_VARIABLE = "STORE_TIMEOUT_MS";

  private final String bucket;
  private final String base;
  private final String region;
  private final AwsEnvironment aws;
  private final Clock clock;
  private final CloseableHttpClient client;

  /** The limit of a whole exchange. */
  private final long exchangeMillis;

  private record Answer(int status, String body, String version) {}

  /**
   * A note and its version, with which {@link #replace} replaces it.
   *
   * @param json the note's text
   * @param version the object's entity tag
   */
  public record Note(String json, String version) {}

  private enum Condition {
    NONE,
    IF_NEW,
    IF_UNCHANGED
  }

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
    this.exchangeMillis = millis + millis / 2;
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
   * Validates {@code RESULT_BUCKET} and, if it is set, {@code STORE_TIMEOUT_MS} and the region.
   * Does no I/O.
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
   * Writes a note unless one exists.
   *
   * @return the note's version; empty if a note exists
   * @throws IOException if the bucket does not answer; the note may have been written
   */
  public Optional<String> claim(String id, String json) throws IOException {
    return conditional(send(SdkHttpMethod.PUT, noteKey(id), json, Condition.IF_NEW, ""));
  }

  /**
   * Replaces a note that was read or written before.
   *
   * @param version that note's version
   * @return the new note's version; empty if the note has changed
   * @throws IOException if the bucket does not answer; the note may have been written
   */
  public Optional<String> replace(String id, String json, String version) throws IOException {
    return conditional(send(SdkHttpMethod.PUT, noteKey(id), json, Condition.IF_UNCHANGED, version));
  }

  private Optional<String> conditional(Answer answer) throws IOException {
    // 409: another conditional write of the same key is in progress; 404: the object to replace is
    // missing (S3 user guide, "How to prevent object overwrites with conditional writes").
    if (answer.status == 412 || answer.status == 409 || answer.status == 404) {
      return Optional.empty();
    }
    requireOk(answer);
    return Optional.of(answer.version);
  }

  /** Writes a note unconditionally. */
  public void note(String id, String json) throws IOException {
    requireOk(send(SdkHttpMethod.PUT, noteKey(id), json, Condition.NONE, ""));
  }

  /** Reads a note. */
  public Optional<Note> note(String id) throws IOException {
    return get(noteKey(id)).map(answer -> new Note(answer.body, answer.version));
  }

  /**
   * Writes the outcome of work. Call it before publishing, so that the outcome is found if the
   * event is lost.
   *
   * @param envelopeJson the reply envelope as it is published
   */
  public void outcome(String id, String envelopeJson) throws IOException {
    requireOk(send(SdkHttpMethod.PUT, outcomeKey(id), envelopeJson, Condition.NONE, ""));
  }

  /** Reads the outcome of work; empty if the work has not ended. */
  public Optional<String> outcome(String id) throws IOException {
    return get(outcomeKey(id)).map(Answer::body);
  }

  private Optional<Answer> get(String key) throws IOException {
    Answer answer = send(SdkHttpMethod.GET, key, null, Condition.NONE, "");
    if (answer.status == 404) {
      return Optional.empty();
    }
    requireOk(answer);
    return Optional.of(answer);
  }

  private void requireOk(Answer answer) throws IOException {
    if (answer.status / 100 != 2) {
      throw new IOException("the bucket " + bucket + " answered " + answer.status);
    }
  }

  private Answer send(
      SdkHttpMethod method, String key, @Nullable String body, Condition condition, String version)
      throws IOException {
    byte[] bytes = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
    SdkHttpRequest.Builder unsigned =
        SdkHttpRequest.builder().method(method).uri(URI.create(base + key));
    switch (condition) {
      case IF_NEW -> unsigned.putHeader("If-None-Match", "*");
      case IF_UNCHANGED -> unsigned.putHeader("If-Match", version);
      case NONE -> {}
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
    return exchange(request);
  }

  /** Limits the whole exchange, because a socket's time-out restarts with each byte. */
  private Answer exchange(HttpUriRequestBase request) throws IOException {
    FutureTask<Answer> answer = new FutureTask<>(() -> client.execute(request, WorkStore::answer));
    Thread.ofVirtual().name("work-store").start(answer);
    try {
      return answer.get(exchangeMillis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      request.cancel();
      throw new IOException(
          "the bucket " + bucket + " did not answer completely within " + exchangeMillis + " ms",
          e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      request.cancel();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted during a call to the bucket " + bucket);
    }
  }

  private static Answer answer(ClassicHttpResponse response) throws IOException {
    byte[] content = new byte[0];
    if (response.getEntity() != null) {
      content = response.getEntity().getContent().readNBytes(MAX_OBJECT_BYTES + 1);
      if (content.length > MAX_OBJECT_BYTES) {
        throw new IOException("an object has more than " + MAX_OBJECT_BYTES + " bytes");
      }
    }
    Header version = response.getFirstHeader("ETag");
    return new Answer(
        response.getCode(),
        new String(content, StandardCharsets.UTF_8),
        version == null ? "" : version.getValue());
  }

  /** Whether an id is valid in an object's key: 1 to 128 letters, digits, dashes, underscores. */
  public static boolean isId(String id) {
    return ID.matcher(id).matches();
  }

  /** Validates an id, which becomes part of an object's key and of a URL. */
  private static String checked(String id) {
    if (!isId(id)) {
      throw new IllegalArgumentException(
          "a work's id must be 1 to 128 letters, digits, dashes or underscores");
    }
    return id;
  }

  private static String noteKey(String id) {
    return "work/" + checked(id) + "/note.json";
  }

  private static String outcomeKey(String id) {
    return "work/" + checked(id) + "/outcome.json";
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
