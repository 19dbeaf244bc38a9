// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syncline.sim.kernel.ClockMode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ports that are opened while the server runs. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FurtherPortsTest {
  private final PortParts parts = new PortParts(new ClockMode.Skipping());
  @TempDir private Path work;

  @AfterEach
  void stop() {
    parts.close();
  }

  private PortServer server() {
    return new PortServer(parts.settings(work, -1, -1), parts.router, parts.clock, parts.journal);
  }

  /** The first bytes of the answer, sent byte by byte; empty when the server closes at once. */
  private static String answer(int port, byte[] request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      for (byte one : request) {
        socket.getOutputStream().write(one);
        socket.getOutputStream().flush();
      }
      return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
    }
  }

  private static byte[] request() {
    return "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        .getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void aFurtherPortAnswersAsTheFirstOneUntilItIsClosed() throws Exception {
    try (PortServer server = server().start()) {
      int port = server.open(0);

      assertThat(server.isFurther(port)).isTrue();
      assertThat(answer(port, request())).isEqualTo(answer(server.port(), request()));
      server.close(port);
      assertThat(server.isFurther(port)).isFalse();
      assertThatThrownBy(() -> answer(port, request())).isInstanceOf(IOException.class);
    }
  }

  @Test
  void anotherPortIsTakenForOneInUse() throws Exception {
    try (PortServer server = server().start();
        var used = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(server.open(used.getLocalPort())).isNotEqualTo(used.getLocalPort());
    }
  }

  @Test
  void aServerThatHasNotStartedOpensNone() {
    try (PortServer server = server()) {
      assertThatThrownBy(() -> server.open(0)).isInstanceOf(IllegalStateException.class);
    }
  }
}
