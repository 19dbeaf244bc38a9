// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.lambda.FunctionOutcome;
import dev.syncline.sim.lambda.Invocation;
import dev.syncline.sim.lambda.ResponseSink;
import dev.syncline.sim.lambda.RuntimeErrors;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The protocol of the Runtime API, as runtimes of every language use it. */
@Timeout(60)
class RuntimeApiProtocolTest {
  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-01-01T12:00:00Z"), ZoneOffset.UTC);

  private RuntimeApi api;
  private String host;
  private String root;

  @BeforeEach
  void start() throws IOException {
    api = new RuntimeApi(new RuntimeSecret(), 1, NOON, CompletableFuture::completedFuture);
    String[] parts = api.address().split("/", 2);
    host = parts[0];
    root = "/" + parts[1] + "/2018-06-01/runtime/";
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private static Invocation invocation(String id, @Nullable ResponseSink sink) {
    return new Invocation(
        id,
        "arn",
        "{}".getBytes(StandardCharsets.UTF_8),
        null,
        null,
        false,
        "{\"i\":1}",
        "t",
        sink);
  }

  private CompletableFuture<FunctionOutcome> deliver(String id, @Nullable ResponseSink sink) {
    return api.deliver(invocation(id, sink), 5);
  }

  /** One connection, which may send several requests. */
  private final class Client implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader in;

    Client() throws IOException {
      int port = Integer.parseInt(host.substring(host.indexOf(':') + 1));
      socket = new Socket(InetAddress.getByName("127.0.0.1"), port);
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    }

    void write(String text) throws IOException {
      socket
          .getOutputStream()
          .write(text.replace("|", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
    }

    /** The status line, the headers and the body. */
    String answer() throws IOException {
      var head = new StringBuilder();
      int length = 0;
      String line = in.readLine();
      while (line != null && !line.isEmpty()) {
        head.append(line).append('\n');
        if (line.startsWith("Content-Length: ")) {
          length = Integer.parseInt(line.substring("Content-Length: ".length()));
        }
        line = in.readLine();
      }
      var body = new char[length];
      int read = 0;
      while (read < length) {
        int count = in.read(body, read, length - read);
        if (count < 0) {
          throw new IOException("the answer is cut off");
        }
        read += count;
      }
      return head.append(body).toString();
    }

    String get(String path) throws IOException {
      write("GET " + root + path + " HTTP/1.1|Host: " + host + "||");
      return answer();
    }

    String post(String path, String body, String... headers) throws IOException {
      var more = new StringBuilder();
      for (String header : headers) {
        more.append(header).append('|');
      }
      write(
          "POST "
              + root
              + path
              + " HTTP/1.1|Host: "
              + host
              + "|"
              + more
              + "Content-Length: "
              + body.length()
              + "||"
              + body);
      return answer();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private static FunctionOutcome get(CompletableFuture<FunctionOutcome> outcome) throws Exception {
    return outcome.get(30, TimeUnit.SECONDS);
  }

  private static String text(FunctionOutcome outcome) {
    return new String(outcome.payload(), StandardCharsets.ISO_8859_1);
  }

  @Test
  void anEnvironmentIsFreeAtItsNextRequestAndNotAtItsAnswer() throws Exception {
    CompletableFuture<FunctionOutcome> first = deliver("r1", null);
    try (var client = new Client()) {
      assertThat(client.get("invocation/next"))
          .contains("Lambda-Runtime-Aws-Request-Id: r1")
          .contains("Lambda-Runtime-Deadline-Ms: 5")
          .contains("Lambda-Runtime-Cognito-Identity: {\"i\":1}")
          .contains("Lambda-Runtime-Aws-Tenant-Id: t")
          .contains("Content-Type: application/json");
      assertThat(client.post("invocation/r1/response", "1"))
          .startsWith("HTTP/1.1 202")
          .endsWith("{\"status\":\"OK\"}\n");
      // The caller has the answer although the runtime works on.
      assertThat(text(get(first))).isEqualTo("1");
      CompletableFuture<Void> free = api.free("r1");
      assertThat(free).isNotDone();

      CompletableFuture<FunctionOutcome> second = deliver("r2", null);
      assertThat(client.get("invocation/next")).contains("Request-Id: r2");
      assertThat(free).isDone();
      assertThat(second).isNotDone();
    }
  }

  @Test
  void anInvocationThatWasNotTakenFailsWithTheProcessAndAnAnsweredOneDoesNot() throws Exception {
    CompletableFuture<FunctionOutcome> first = deliver("r1", null);
    CompletableFuture<FunctionOutcome> second = deliver("r2", null);
    try (var client = new Client()) {
      client.get("invocation/next");
      client.post("invocation/r1/error", "{\"errorType\":\"E\"}");
      CompletableFuture<Void> free = api.free("r1");

      api.fail(id -> RuntimeErrors.exited(id, 128));

      assertThat(free).isDone();
      assertThat(text(get(first))).isEqualTo("{\"errorType\":\"E\"}");
      assertThat(text(get(second))).contains("Runtime.ExitError", "r2");
    }
  }

  @Test
  void answersOutOfOrderAreRefused() throws Exception {
    CompletableFuture<FunctionOutcome> outcome = deliver("r1", null);
    try (var client = new Client()) {
      assertThat(client.post("invocation/r1/response", "early"))
          .startsWith("HTTP/1.1 400")
          .endsWith("{\"errorType\":\"InvalidRequestID\",\"errorMessage\":\"Invalid request ID\"}");
      client.get("invocation/next");
      assertThat(client.get("invocation/next"))
          .startsWith("HTTP/1.1 403")
          .contains("InvalidStateTransition");
      assertThat(client.post("invocation/other/response", "x")).contains("InvalidRequestID");
      assertThat(client.post("init/error", "{}"))
          .startsWith("HTTP/1.1 403")
          .contains("InvalidStateTransition");
      client.post("invocation/r1/response", "ok");
      assertThat(client.post("invocation/r1/response", "again"))
          .startsWith("HTTP/1.1 403")
          .contains("InvalidStateTransition");
      assertThat(client.get("nothing")).startsWith("HTTP/1.1 404");
    }
    assertThat(text(get(outcome))).isEqualTo("ok");
  }

  @Test
  void aResponseIsAnyBytes() throws Exception {
    CompletableFuture<FunctionOutcome> outcome = deliver("r1", null);
    try (var client = new Client()) {
      client.get("invocation/next");
      client.post(
          "invocation/r1/response", "\u0000\u00ff{not json", "Content-Type: application/unknown");
    }
    assertThat(text(get(outcome))).isEqualTo("\u0000\u00ff{not json");
  }

  private static final class Parts implements ResponseSink {
    final List<String> all = new ArrayList<>();

    @Override
    public void start(String contentType) {
      all.add(contentType);
    }

    @Override
    public void part(byte[] bytes) {
      all.add(new String(bytes, StandardCharsets.ISO_8859_1));
    }
  }

  private static final String STREAMED =
      "|Transfer-Encoding: chunked|Lambda-Runtime-Function-Response-Mode: streaming|";

  @Test
  void aStreamedResponseIsPassedOnWithTheErrorOfItsTrailers() throws Exception {
    var parts = new Parts();
    CompletableFuture<FunctionOutcome> outcome = deliver("r1", parts);
    String error = "{\"errorType\":\"Error\",\"errorMessage\":\"midway\"}";
    String body = Base64.getEncoder().encodeToString(error.getBytes(StandardCharsets.UTF_8));
    try (var client = new Client()) {
      client.get("invocation/next");
      client.write(
          "POST "
              + root
              + "invocation/r1/response HTTP/1.1|Host: "
              + host
              + STREAMED
              + "Trailer: Lambda-Runtime-Function-Error-Type|Content-Type: text/plain||"
              + "5|first|6;x=y|second|0|Lambda-Runtime-Function-Error-Type: Error|"
              + "Lambda-Runtime-Function-Error-Body: "
              + body
              + "||");
      assertThat(client.answer()).startsWith("HTTP/1.1 202");
    }
    FunctionOutcome failed = get(outcome);
    assertThat(parts.all).containsExactly("text/plain", "first", "second");
    assertThat(failed.errorType()).isEqualTo("Error");
    assertThat(text(failed)).isEqualTo(error);
  }

  @Test
  void aStreamedResponseOfAnOrdinaryInvocationIsItsResult() throws Exception {
    CompletableFuture<FunctionOutcome> outcome = deliver("r1", null);
    try (var client = new Client()) {
      client.get("invocation/next");
      client.write(
          "POST "
              + root
              + "invocation/r1/response HTTP/1.1|Host: "
              + host
              + STREAMED
              + "|3|one|3|two|0||");
      assertThat(client.answer()).startsWith("HTTP/1.1 202");
    }
    assertThat(text(get(outcome))).isEqualTo("onetwo");
  }

  @Test
  void aResponseThatIsCutOffFails() throws Exception {
    CompletableFuture<FunctionOutcome> outcome = deliver("r1", null);
    try (var client = new Client()) {
      client.get("invocation/next");
      client.write(
          "POST " + root + "invocation/r1/response HTTP/1.1|Host: " + host + STREAMED + "|9|one");
    }
    assertThat(text(get(outcome))).contains("Runtime.TruncatedResponse");
  }

  @Test
  void aResponseModeThatDoesNotExistIsRefused() throws Exception {
    CompletableFuture<FunctionOutcome> outcome = deliver("r1", null);
    try (var client = new Client()) {
      client.get("invocation/next");
      assertThat(
              client.post(
                  "invocation/r1/response", "x", "Lambda-Runtime-Function-Response-Mode: fast"))
          .startsWith("HTTP/1.1 400")
          .contains("InvalidFunctionResponseMode");
    }
    assertThat(text(get(outcome))).contains("Runtime.InvalidResponseModeHeader");
  }

  @Test
  void aResponseOfMoreThanSixMegabytesIsRefusedAndTheEnvironmentStays() throws Exception {
    CompletableFuture<FunctionOutcome> outcome = deliver("r1", null);
    try (var client = new Client()) {
      client.get("invocation/next");
      assertThat(
              client.post(
                  "invocation/r1/response", "x".repeat(RuntimeErrors.MAX_SYNCHRONOUS_PAYLOAD + 1)))
          .startsWith("HTTP/1.1 413");
      deliver("r2", null);
      assertThat(client.get("invocation/next")).contains("Request-Id: r2");
    }
    FunctionOutcome failed = get(outcome);
    assertThat(failed.errorType()).isEqualTo("Function.ResponseSizeTooLarge");
    assertThat(failed.lost()).isFalse();
  }

  @Test
  void curlAndOtherClientsAreUnderstood() throws Exception {
    CompletableFuture<FunctionOutcome> outcome = deliver("r1", null);
    try (var client = new Client()) {
      client.write("GET " + root + "invocation/next HTTP/1.0|Host: " + host + "||");
      assertThat(client.answer()).contains("Connection: close", "Request-Id: r1");
      assertThat(client.socket.getInputStream().read()).isEqualTo(-1);
    }
    try (var client = new Client()) {
      String cause = "x".repeat(1024 * 1024);
      client.write(
          "POST "
              + root
              + "invocation/r1/error HTTP/1.1|Host: "
              + host
              + "|Expect: 100-continue|Lambda-Runtime-Function-XRay-Error-Cause: "
              + cause
              + "|Content-Length: 2||");
      assertThat(client.answer()).startsWith("HTTP/1.1 100 Continue");
      client.write("{}");
      assertThat(client.answer()).startsWith("HTTP/1.1 202");
    }
    assertThat(get(outcome).errorType()).isEqualTo("Runtime.UnknownReason");
  }

  @Test
  void tooManyHeadersEndTheConnection() throws Exception {
    deliver("r1", null);
    try (var client = new Client()) {
      client.write("GET " + root + "invocation/next HTTP/1.1|Host: " + host + "|");
      try {
        for (int i = 0; i < 10_000; i++) {
          client.write("X-" + i + ": y|");
        }
        client.write("|");
        assertThat(client.answer()).isEmpty();
      } catch (IOException reset) {
        // The connection may be gone before everything was written.
        assertThat(reset).isNotNull();
      }
    }
  }
}
