// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.lambda.FunctionOutcome;
import dev.syncline.sim.lambda.Invocation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Access to the runtime API of an environment. */
@Timeout(60)
class RuntimeApiTest {
  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-01-01T12:00:00Z"), ZoneOffset.UTC);

  private final RuntimeSecret secret = new RuntimeSecret();
  private RuntimeApi api;
  private String hostAndPort;
  private String path;
  private int port;

  @BeforeEach
  void start() throws IOException {
    api = new RuntimeApi(secret, 1, NOON, CompletableFuture::completedFuture);
    String[] parts = api.address().split("/", 2);
    hostAndPort = parts[0];
    path = "/" + parts[1];
    port = Integer.parseInt(hostAndPort.substring(hostAndPort.indexOf(':') + 1));
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private CompletableFuture<FunctionOutcome> deliver() {
    return api.deliver(
        new Invocation(
            "r1", "arn", "{\"a\":1}".getBytes(StandardCharsets.UTF_8), null, null, false),
        0);
  }

  /** Sends a request; the path of the address replaces {@code {secret}}. */
  private String send(String request, String headers, String body) throws IOException {
    String text =
        request.replace("{secret}", path)
            + " HTTP/1.1\r\n"
            + headers.replace("{host}", hostAndPort).replace("|", "\r\n")
            + "\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body;
    try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', Host: {host}",
    "/, Host: {host}",
    "//, Host: {host}",
    "/00000000000000000000000000000000, Host: {host}",
    "/x{secret}, Host: {host}",
    "{secret}0, Host: {host}",
    "{secret}, Host: evil.example:80",
    "{secret}, Host: localhost",
    "{secret}, X-Host: {host}",
    "{secret}, Host: {host}|Origin: https://evil.example",
    "{secret}, Host: {host}|Origin: null",
    "{secret}, Host: {host}|Sec-Fetch-Site: cross-site",
  })
  void withoutTheSecretOrFromAPageNothingIsHandedOutOrTaken(String prefix, String headers)
      throws Exception {
    CompletableFuture<FunctionOutcome> outcome = deliver();
    String root = prefix + "/2018-06-01/runtime/";

    assertThat(send("GET " + root + "invocation/next", headers, ""))
        .startsWith("HTTP/1.1 403 ")
        .doesNotContain("r1", path);
    assertThat(send("POST " + root + "invocation/r1/response", headers, "forged"))
        .startsWith("HTTP/1.1 403 ");
    assertThat(send("POST " + root + "invocation/r1/error", headers, "{}"))
        .startsWith("HTTP/1.1 403 ");
    assertThat(send("POST " + root + "init/error", headers, "{}")).startsWith("HTTP/1.1 403 ");

    assertThat(outcome).isNotDone();
    assertThat(api.ready()).isNotDone();
    // The runtime itself still gets it.
    String root1 = "{secret}/2018-06-01/runtime/invocation/";
    assertThat(send("GET " + root1 + "next", "Host: {host}", ""))
        .startsWith("HTTP/1.1 200 ")
        .contains("Lambda-Runtime-Aws-Request-Id: r1")
        .endsWith("{\"a\":1}");
    assertThat(send("POST " + root1 + "r1/response", "Host: {host}", "\"true\""))
        .startsWith("HTTP/1.1 202 ");
    assertThat(outcome.get(30, TimeUnit.SECONDS).payload())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("\"true\"");
  }

  @Test
  void anErrorThatIsTooLargeIsNotAnEmptyAnswer() throws Exception {
    CompletableFuture<FunctionOutcome> outcome = deliver();
    String root = "{secret}/2018-06-01/runtime/invocation/";
    send("GET " + root + "next", "Host: {host}", "");

    assertThat(send("POST " + root + "r1/error", "Host: {host}", "x".repeat(6_300_000)))
        .startsWith("HTTP/1.1 202 ");

    assertThat(outcome.get(30, TimeUnit.SECONDS).payload())
        .asString(StandardCharsets.UTF_8)
        .startsWith("{\"errorType\":\"Function.ResponseSizeTooLarge\"");
  }

  @Test
  void everyEnvironmentHasASecretOfItsOwnThatIsNotShown() throws Exception {
    String text = path.substring(1);
    assertThat(text).matches("[0-9a-f]{32}");
    assertThat(new RuntimeSecret().opens(path + "/2018-06-01/runtime/invocation/next")).isFalse();
    assertThat(secret.toString()).doesNotContain(text);
    assertThat(secret.masked("cannot reach http://" + api.address() + "/2018-06-01"))
        .isEqualTo("cannot reach http://" + hostAndPort + "/***/2018-06-01");
    assertThat(send("GET {secret}/other", "Host: {host}", ""))
        .contains("There is no /other")
        .doesNotContain(text);
  }
}
