// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.service.http.BodyStream;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpEndpoint;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Answers whose bodies are made while they are sent. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StreamedAnswerTest {
  private final PortParts parts = new PortParts(new ClockMode.Real());
  private final CompletableFuture<Boolean> go = new CompletableFuture<>();
  private final CompletableFuture<Throwable> ended = new CompletableFuture<>();
  @TempDir Path work;
  private PortServer server;

  @BeforeEach
  void start() {
    parts.router.add(
        new HttpEndpoint() {
          @Override
          public boolean claims(HttpRequest request) {
            return true;
          }

          @Override
          public HttpResponse answer(HttpRequest request) {
            return HttpResponse.streamed(
                201, Headers.of("X-Kind", "stream"), out -> write(request.rawPath(), out));
          }
        });
    server = parts.server(work, -1, EchoPort.LIMITS).start();
  }

  @AfterEach
  void stop() {
    server.close();
    parts.close();
  }

  private void write(String path, BodyStream.Parts out) throws Exception {
    try {
      out.write("first".getBytes(StandardCharsets.UTF_8));
      switch (path) {
        case "/wait" -> {
          go.get(30, TimeUnit.SECONDS);
          out.write(new byte[0]);
          out.write("second".getBytes(StandardCharsets.UTF_8));
        }
        case "/fail" -> throw new IllegalStateException("as asked");
        case "/endless" -> {
          byte[] part = new byte[64 * 1024];
          while (true) {
            out.write(part);
          }
        }
        default -> {}
      }
      ended.complete(new Throwable("completed"));
    } catch (Exception failure) {
      ended.complete(failure);
      throw failure;
    }
  }

  private Socket ask(String head) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket
        .getOutputStream()
        .write((head + "\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static String readUntil(InputStream in, String end) throws IOException {
    var text = new StringBuilder();
    while (text.indexOf(end) < 0) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      text.append((char) next);
    }
    return text.toString();
  }

  @Test
  void eachPartArrivesBeforeTheNextIsMadeAndTheConnectionGoesOn() throws Exception {
    try (Socket socket = ask("GET /wait HTTP/1.1")) {
      InputStream in = socket.getInputStream();
      assertThat(readUntil(in, "\r\n\r\n"))
          .startsWith("HTTP/1.1 201 Created\r\n")
          .containsIgnoringCase("x-kind: stream\r\n")
          .containsIgnoringCase("transfer-encoding: chunked\r\n")
          .doesNotContainIgnoringCase("content-length");
      assertThat(readUntil(in, "first\r\n")).isEqualTo("5\r\nfirst\r\n");
      go.complete(true);
      assertThat(readUntil(in, "0\r\n\r\n")).isEqualTo("6\r\nsecond\r\n0\r\n\r\n");

      socket
          .getOutputStream()
          .write(
              "GET /short HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(readUntil(in, "0\r\n\r\n")).contains("5\r\nfirst\r\n");
    }
  }

  @Test
  void aBodyThatFailsIsCutOff() throws Exception {
    try (Socket socket = ask("GET /fail HTTP/1.1")) {
      String all = readUntil(socket.getInputStream(), "no such text");

      assertThat(all).endsWith("5\r\nfirst\r\n").doesNotContain("0\r\n\r\n");
    }
  }

  @Test
  void oldClientsGetTheBodyToTheEndOfTheConnection() throws Exception {
    try (Socket socket = ask("GET /short HTTP/1.0")) {
      assertThat(readUntil(socket.getInputStream(), "no such text"))
          .endsWith("\r\n\r\nfirst")
          .doesNotContainIgnoringCase("chunked");
    }
  }

  @Test
  void aHeadRequestGetsNoBody() throws Exception {
    try (Socket socket = ask("HEAD /short HTTP/1.1")) {
      assertThat(readUntil(socket.getInputStream(), "\r\n\r\n")).startsWith("HTTP/1.1 201");
      assertThat(ended.get(30, TimeUnit.SECONDS)).hasMessage("completed");
    }
  }

  @Test
  void aClientThatGoesEndsTheBody() throws Exception {
    try (Socket socket = ask("GET /endless HTTP/1.1")) {
      readUntil(socket.getInputStream(), "first");
    }

    assertThat(ended.get(30, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
  }

  @Test
  void insideTheSimulatorTheBodyIsReadToItsEnd() {
    HttpResponse streamed =
        HttpResponse.streamed(200, Headers.EMPTY, out -> out.write(new byte[] {1, 2}));

    assertThat(streamed.complete().body()).containsExactly(1, 2);
    assertThat(streamed.with(Headers.of("a", "b")).complete().body()).hasSize(2);
    var stopped = new CompletableFuture<Throwable>();
    BodyStream endless =
        out -> {
          try {
            while (true) {
              out.write(new byte[1]);
            }
          } catch (IOException end) {
            stopped.complete(end);
            throw end;
          }
        };
    endless.abandon();
    assertThat(stopped).isCompleted();
    HttpResponse broken =
        HttpResponse.streamed(
            200,
            Headers.EMPTY,
            out -> {
              throw new IOException("as asked");
            });
    assertThatThrownBy(broken::complete).hasMessageContaining("cut off");
  }
}
