// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests that two servers in a row could take for different ones, RFC 9112 sections 2 to 7 and
 * 11. Each hides a {@code GET /smuggled} that must never be served. Nothing of it leaks a buffer.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SmugglingTest {
  private static final String HIDDEN = "GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n";

  @TempDir Path work;
  private EchoPort port;

  @BeforeEach
  void start() {
    port = new EchoPort(work, EchoPort.LIMITS);
  }

  @AfterEach
  void nothingIsLeft() {
    port.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\n0\r\n\r\n",
        "Content-Length: 0\r\nContent-Length: 5\r\n\r\n",
        "Content-Length: 0, 5\r\n\r\n",
        "Content-Length: +0\r\n\r\n",
        "Content-Length: 0x0\r\n\r\n",
        "Content-Length: 99999999999999999999\r\n\r\n",
        "Content-Length : 0\r\n\r\n",
        "Content-Length\u0000: 0\r\n\r\n",
        "Content-Length: 0\r\n X-Folded: 5\r\n\r\n",
        "Transfer-Encoding: xchunked\r\n\r\n",
        "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n0x0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n100000000\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n1\r\naX\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n1;\n\r\na\r\n0\r\n\r\n",
        "Host: y\r\n\r\n",
        "X-Bare: 1\nContent-Length: 0\r\n\r\n",
        "X-Bare: 1\rContent-Length: 0\r\n\r\n",
        "X-Nul: a\u0000b\r\n\r\n",
        ": nameless\r\n\r\n",
      })
  void ambiguousRequestsAreRefusedAndEndTheConnection(String framing) throws Exception {
    String answer = raw("POST /first HTTP/1.1\r\nHost: localhost\r\n" + framing + HIDDEN);
    assertThat(answer).startsWith("HTTP/1.1 400").doesNotContain("HTTP/1.1 200");
    assertThat(port.requests).noneMatch(request -> request.contains("/smuggled"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /first HTTP/1.1\nHost: localhost\nContent-Length: 0\n\n",
        "POST /first HTTP/1.0\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /first HTTP/1.1 \r\nHost: localhost\r\n\r\n",
        "POST /first\r\nHost: localhost\r\n\r\n",
        "POST\u0000 /first HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "POST /fi\u0001rst HTTP/1.1\r\nHost: localhost\r\n\r\n",
      })
  void aRequestLineThatIsNotExactIsRefusedAndEndsTheConnection(String request) throws Exception {
    String answer = raw(request + HIDDEN);
    assertThat(answer).startsWith("HTTP/1.1 400").doesNotContain("HTTP/1.1 200");
    assertThat(port.requests).noneMatch(seen -> seen.contains("/smuggled"));
  }

  /** 5.2 lets a server take a folded line for a space: then it is no header of its own. */
  @Test
  void aFoldedLineIsNoHeader() throws Exception {
    raw(
        "POST /first HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-First: 1\r\n"
            + " Content-Length: 3\r\n\r\nabc");
    assertThat(EchoPort.next(port.requests)).isEqualTo("POST /first ");
    assertThat(port.requests).isEmpty();
  }

  @Test
  void anotherVersionIsA505() throws Exception {
    assertThat(raw("POST /first HTTP/2.0\r\nHost: localhost\r\n\r\n" + HIDDEN))
        .startsWith("HTTP/1.1 505")
        .doesNotContain("HTTP/1.1 200");
  }

  @Test
  void oneMegabyteOfHeadersIsA431AndTakesNoMemory() throws Exception {
    for (String headers :
        new String[] {
          "X: " + "a".repeat(1 << 20) + "\r\n", "X: 1\r\n".repeat(175_000),
        }) {
      assertThat(raw("GET /first HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n"))
          .startsWith("HTTP/1.1 431");
    }
    assertThat(port.requests).isEmpty();
  }

  /** Bytes behind the handshake arrive before a listener exists. */
  @Test
  void bytesSentWithAHandshakeAreNoRequest() throws Exception {
    String answer =
        raw(
            "GET /ws HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: good\r\n"
                + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
                + HIDDEN);
    assertThat(answer).startsWith("HTTP/1.1 400").doesNotContain("HTTP/1.1 200");
    assertThat(port.requests).isEmpty();
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port.port())) {
      socket.setSoTimeout(30_000);
      Thread.startVirtualThread(
          () -> {
            try {
              socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            } catch (IOException refusedEarly) {
              // The server need not take all of it.
            }
          });
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
