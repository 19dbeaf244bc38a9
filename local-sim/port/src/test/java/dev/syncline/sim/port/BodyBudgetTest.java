// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.service.http.HttpEndpoint;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Bodies under way are bounded over all connections, and stalled ones end. */
@Timeout(60)
class BodyBudgetTest {
  private static final int PART = 100_000;

  @TempDir Path work;
  private final PortParts parts = new PortParts(new ClockMode.Skipping());
  private final CountDownLatch answer = new CountDownLatch(1);
  private final List<Socket> sockets = new ArrayList<>();
  private @Nullable PortServer started;

  private void start(long bytes, Duration silence) {
    parts.router.add(
        new HttpEndpoint() {
          @Override
          public boolean claims(HttpRequest request) {
            return true;
          }

          @Override
          public HttpResponse answer(HttpRequest request) throws Exception {
            if (request.rawPath().equals("/held")) {
              answer.await();
            }
            return HttpResponse.text(200, request.body().length + " bytes");
          }
        });
    started = parts.server(work, -1, PortLimits.DEFAULT.withBodies(bytes, silence)).start();
  }

  private PortServer server() {
    return Objects.requireNonNull(started);
  }

  @AfterEach
  void stop() throws IOException {
    answer.countDown();
    for (Socket socket : sockets) {
      socket.close();
    }
    server().close();
    parts.close();
  }

  @Test
  void requestsBeyondTheTotalAreRefusedAndSmallerOnesContinue() throws IOException {
    start(3 * PART, Duration.ofMinutes(5));
    Socket first = send("/a", 10 * PART, 2 * PART);
    until(2 * PART);
    Socket second = send("/b", 10 * PART, 2 * PART);

    String refused = all(second);
    assertThat(refused)
        .startsWith("HTTP/1.1 503 ")
        .containsIgnoringCase("connection: close")
        .contains("may have at most 300000 bytes together");
    until(2 * PART);
    assertThat(head(send("/c", 1000, 1000))).startsWith("HTTP/1.1 200 ");

    first.close();
    until(0);
    assertThat(head(send("/d", 2 * PART, 2 * PART))).startsWith("HTTP/1.1 200 ");
    until(0);
  }

  @Test
  void aBodyCountsUntilItsRequestIsAnswered() throws IOException {
    start(3 * PART, Duration.ofMinutes(5));
    Socket held = send("/held", 2 * PART, 2 * PART);
    until(2 * PART);
    assertThat(all(send("/b", 2 * PART, 2 * PART))).startsWith("HTTP/1.1 503 ");
    answer.countDown();
    assertThat(head(held)).startsWith("HTTP/1.1 200 ");
    until(0);
  }

  @Test
  void aBodyThatDoesNotComeOnIsRefusedAndForgotten() throws IOException {
    start(3 * PART, Duration.ofMillis(200));
    assertThat(all(send("/a", 10 * PART, PART)))
        .startsWith("HTTP/1.1 408 ")
        .containsIgnoringCase("connection: close");
    assertThat(all(send("/a", 10 * PART, 0))).startsWith("HTTP/1.1 408 ");
    until(0);
  }

  @Test
  void aSlowAnswerIsNoSilence() throws IOException {
    start(3 * PART, Duration.ofMillis(50));
    Socket held = send("/held", PART, PART);
    Socket stalled = send("/a", PART, 10);
    // By then several times of silence have passed for both.
    assertThat(all(stalled)).startsWith("HTTP/1.1 408 ");
    assertThat(all(send("/a", PART, 10))).startsWith("HTTP/1.1 408 ");
    answer.countDown();
    assertThat(head(held)).startsWith("HTTP/1.1 200 ");
  }

  private Socket send(String path, int claimed, int sent) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), server().port());
    sockets.add(socket);
    String request =
        "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + claimed + "\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().write(new byte[sent]);
    socket.getOutputStream().flush();
    return socket;
  }

  private static String all(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
  }

  private static String head(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    var head = new StringBuilder();
    while (head.indexOf("\r\n") < 0) {
      head.append((char) in.read());
    }
    return head.toString();
  }

  /** Waits until exactly that many bytes are under way; the test's time-out ends it. */
  private void until(long bytes) {
    while (server().bodyBytes() != bytes) {
      Thread.onSpinWait();
    }
  }
}
