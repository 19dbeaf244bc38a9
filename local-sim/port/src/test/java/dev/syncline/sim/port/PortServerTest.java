// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpEndpoint;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PortServerTest {
  private final PortParts parts = new PortParts(new ClockMode.Skipping());
  private final HttpClient client = HttpClient.newHttpClient();
  @TempDir Path work;
  private PortServer server;

  @BeforeEach
  void start() {
    parts.router.add(
        new HttpEndpoint() {
          @Override
          public boolean claims(HttpRequest request) {
            return request.rawPath().startsWith("/t/");
          }

          @Override
          public HttpResponse answer(HttpRequest request) throws Exception {
            return PortServerTest.this.answer(request);
          }
        });
    var limits = new PortLimits(32 * 1024, 1 << 20, 1_300_000, MailboxLimits.DEFAULT);
    server = parts.server(work, -1, limits).start();
  }

  @AfterEach
  void stop() {
    server.close();
    parts.close();
  }

  private HttpResponse answer(HttpRequest request) {
    return switch (request.rawPath()) {
      case "/t/echo" -> HttpResponse.text(200, text(request.body()));
      case "/t/length" -> HttpResponse.text(200, Integer.toString(request.body().length));
      case "/t/none" -> new HttpResponse(204, Headers.EMPTY, new byte[0]);
      case "/t/split" -> new HttpResponse(200, Headers.of("X-Bad", "a\r\nX-Evil: 1"), new byte[0]);
      case "/t/wait" -> {
        var over = new CompletableFuture<Boolean>();
        parts.clock.schedule(Duration.ofHours(5), () -> over.complete(true));
        parts.clock.await(over);
        yield HttpResponse.text(200, request.rawQuery());
      }
      case "/t/break" -> throw new IllegalStateException("boom");
      case "/t/linkage" -> throw new NoClassDefFoundError("gone");
      case "/t/memory" -> throw new OutOfMemoryError("full");
      case "/t/deep" -> throw new StackOverflowError();
      default ->
          HttpResponse.text(
              200,
              request.method()
                  + " "
                  + request.rawPath()
                  + "?"
                  + request.rawQuery()
                  + " "
                  + request.headers().all("x-many")
                  + " "
                  + request.remoteAddress()
                  + " "
                  + request.secure());
    };
  }

  @Test
  void aRequestArrivesWholeAndUndecoded() throws Exception {
    var response =
        client.send(
            request("/t/a%2Fb?x=%20&y").header("x-many", "1").header("x-many", "2").build(),
            BodyHandlers.ofString());
    assertThat(response.body()).isEqualTo("GET /t/a%2Fb?x=%20&y [1, 2] 127.0.0.1 false");
    assertThat(response.headers().firstValue("date")).isPresent();
  }

  @Test
  void aWaitingRequestLetsASkippingClockSkip() throws Exception {
    var before = parts.clock.now();
    var response = client.send(request("/t/wait?q").build(), BodyHandlers.ofString());
    assertThat(response.body()).isEqualTo("q");
    assertThat(parts.clock.now()).isAfterOrEqualTo(before.plus(Duration.ofHours(5)));
  }

  @Test
  void manyRequestsAtOnceEachGetTheirOwnAnswer() {
    var pending = new ArrayList<CompletableFuture<String>>();
    for (int i = 0; i < 300; i++) {
      pending.add(
          client
              .sendAsync(
                  request("/t/echo").POST(BodyPublishers.ofString("body " + i)).build(),
                  BodyHandlers.ofString())
              .thenApply(java.net.http.HttpResponse::body));
    }
    for (int i = 0; i < pending.size(); i++) {
      assertThat(pending.get(i).join()).isEqualTo("body " + i);
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws Exception {
    var requests = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      requests.append(
          "POST /t/echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\nn=%02d"
              .formatted(i));
    }
    requests.append("GET /t/none HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    String answers = raw(requests.toString());
    int at = 0;
    for (int i = 0; i < 50; i++) {
      int found = answers.indexOf("n=%02d".formatted(i), at);
      assertThat(found).as("answer %s", i).isGreaterThan(at);
      at = found;
    }
    assertThat(answers).contains("HTTP/1.1 204").endsWith("\r\n\r\n");
  }

  @Test
  void aChunkedBodyIsPutTogether() throws Exception {
    assertThat(
            raw(
                "POST /t/echo HTTP/1.1\r\n"
                    + "Host: localhost\r\n"
                    + "Transfer-Encoding: chunked\r\n"
                    + "Connection: close\r\n\r\n"
                    + "3\r\n"
                    + "abc\r\n"
                    + "2;x=y\r\n"
                    + "de\r\n"
                    + "0\r\n"
                    + "Trailer: t\r\n\r\n"))
        .startsWith("HTTP/1.1 200")
        .endsWith("abcde");
  }

  @Test
  void aClientThatAsksIsToldToContinue() throws Exception {
    try (Socket socket = connect()) {
      send(
          socket,
          "POST /t/echo HTTP/1.1\r\n"
              + "Host: localhost\r\n"
              + "Content-Length: 2\r\n"
              + "Expect: 100-continue\r\n"
              + "Connection: close\r\n\r\n");
      String interim = readUntil(socket, "\r\n\r\n");
      assertThat(interim).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      send(socket, "hi");
      assertThat(rest(socket)).startsWith("HTTP/1.1 200").endsWith("hi");
    }
  }

  @Test
  void anotherExpectationIsA417() throws Exception {
    assertThat(raw("GET /t/x HTTP/1.1\r\nHost: localhost\r\nExpect: miracles\r\n\r\n"))
        .startsWith("HTTP/1.1 417");
  }

  @Test
  void headHasTheLengthAndNoBody() throws Exception {
    String answer = raw("HEAD /t/abc HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertThat(answer).contains("content-length: ").endsWith("\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GARBAGE\r\n\r\n",
        "GET /t/x HTTP/1.1\r\nHost: localhost\r\nBad Header: 1\r\n\r\n",
        "GET /t/x HTTP/1.1\r\n\r\n",
        "GET t HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "POST /t/echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: many\r\n\r\n",
        "POST /t/echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        "POST /t/echo HTTP/1.1\r\n"
            + "Host: localhost\r\n"
            + "Content-Length: 1\r\n"
            + "Content-Length: 2\r\n\r\n",
        "POST /t/echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n",
      })
  void malformedHttpIsA400AndTheEndOfTheConnection(String request) throws Exception {
    assertThat(raw(request)).startsWith("HTTP/1.1 400");
    assertStillServing();
  }

  @Test
  void tooManyHeadersAreA431() throws Exception {
    assertThat(raw("GET /t/x HTTP/1.1\r\nHost: localhost\r\nX: " + "a".repeat(40_000) + "\r\n\r\n"))
        .startsWith("HTTP/1.1 431");
    assertThat(raw("GET /t/" + "a".repeat(40_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .startsWith("HTTP/1.1 414");
    assertStillServing();
  }

  @Test
  void aBodyTooLargeIsA413WhetherAnnouncedOrNot() throws Exception {
    assertThat(raw("POST /t/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999\r\n\r\n"))
        .startsWith("HTTP/1.1 413");
    var chunk = "10000\r\n" + "a".repeat(0x10000) + "\r\n";
    assertThat(
            raw(
                "POST /t/x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + chunk.repeat(17)
                    + "0\r\n\r\n"))
        .startsWith("HTTP/1.1 413");
    var fits =
        client.send(
            request("/t/length").POST(BodyPublishers.ofByteArray(new byte[1 << 20])).build(),
            BodyHandlers.ofString());
    assertThat(fits.body()).isEqualTo(Integer.toString(1 << 20));
  }

  @Test
  void aHandlersDefectIsA500AndTheServerContinues() throws Exception {
    assertThat(client.send(request("/t/break").build(), BodyHandlers.ofString()).statusCode())
        .isEqualTo(500);
    assertThat(client.send(request("/t/split").build(), BodyHandlers.ofString()).statusCode())
        .isEqualTo(500);
    assertThat(parts.journal.select(entry -> entry.event().type().equals("port.HandlerFailed")))
        .hasSize(2);
    assertStillServing();
  }

  @Test
  void anErrorIsAnsweredTooAndTheConnectionStaysOpen() throws Exception {
    for (String path : new String[] {"/t/linkage", "/t/memory"}) {
      assertThat(client.send(request(path).build(), BodyHandlers.ofString()).statusCode())
          .isEqualTo(500);
    }
    var deep = client.send(request("/t/deep").build(), BodyHandlers.ofString());
    assertThat(deep.statusCode()).isEqualTo(400);
    assertThat(deep.body()).contains("nested too deeply");
    assertThat(parts.journal.select(entry -> entry.event().type().equals("port.HandlerFailed")))
        .hasSize(3);
    assertStillServing();
  }

  @Test
  void aPortInUseIsOneClearLine() {
    var config =
        new PortSettings(
            InetAddress.getLoopbackAddress(), server.port(), -1, -1, "us-east-1", work);
    var second = new PortServer(config, parts.router, parts.clock, parts.journal);
    assertThatThrownBy(second::start)
        .isInstanceOf(PortUnavailableException.class)
        .hasMessageContaining("port " + server.port())
        .message()
        .doesNotContain("\n");
  }

  @Test
  void aSecondTlsPortThatIsInUseSaysThatItIsThat() {
    var settings =
        new PortSettings(InetAddress.getLoopbackAddress(), 0, -1, server.port(), "us-east-1", work);
    var second = new PortServer(settings, parts.router, parts.clock, parts.journal);
    assertThatThrownBy(second::start)
        .isInstanceOfSatisfying(
            PortUnavailableException.class,
            taken -> assertThat(taken.which()).isEqualTo(PortUnavailableException.Which.SECOND_TLS))
        .hasMessageContaining("second TLS port " + server.port());
  }

  @Test
  void closingEndsOpenConnectionsAndFreesThePort() throws Exception {
    try (Socket idle = connect()) {
      int port = server.port();
      // Answered once, it has been accepted: else the system itself may reset it.
      idle.getOutputStream()
          .write(
              "GET /t/ok HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(idle.getInputStream().read()).isEqualTo('H');
      server.close();
      assertThat(idle.getInputStream().readAllBytes()).isNotEmpty();
      try (var again =
          new PortServer(
                  new PortSettings(
                      InetAddress.getLoopbackAddress(), port, -1, -1, "us-east-1", work),
                  parts.router,
                  parts.clock,
                  parts.journal)
              .start()) {
        assertThat(again.port()).isEqualTo(port);
      }
    }
  }

  private void assertStillServing() throws Exception {
    assertThat(client.send(request("/t/ok").build(), BodyHandlers.ofString()).statusCode())
        .isEqualTo(200);
  }

  private java.net.http.HttpRequest.Builder request(String path) {
    return java.net.http.HttpRequest.newBuilder(
        URI.create("http://127.0.0.1:" + server.port() + path));
  }

  private Socket connect() throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(20_000);
    return socket;
  }

  private String raw(String request) throws IOException {
    try (Socket socket = connect()) {
      Thread writer =
          Thread.startVirtualThread(
              () -> {
                try {
                  send(socket, request);
                } catch (IOException closedEarly) {
                  // The server may refuse before all has been sent.
                }
              });
      String answer = rest(socket);
      writer.interrupt();
      return answer;
    }
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  private static String rest(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  private static String readUntil(Socket socket, String end) throws IOException {
    var read = new StringBuilder();
    while (!read.toString().endsWith(end)) {
      read.append((char) socket.getInputStream().read());
    }
    return read.toString();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
