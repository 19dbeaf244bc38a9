// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.service.http.WebSocketPeer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Handshakes and frames that break the protocol. */
class WebSocketRefusalTest extends WebSocketFixture {
  @Test
  void aMessageTooLargeIsClosedWith1009InOneFrameOrMany() throws Exception {
    WebSocket socket = connect();
    socket.sendText("a".repeat(100_000), true).join();
    assertThat(heard.next()).hasSize(100_002);
    socket.sendText("a".repeat(100_001), true);
    assertThat(heard.next()).startsWith("close 1009");

    Heard second = new Heard();
    WebSocket other =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .subprotocols("good")
            .buildAsync(URI.create("ws://127.0.0.1:" + server.port() + "/ws"), second)
            .join();
    other.sendText("a".repeat(60_000), false).join();
    other.sendText("a".repeat(60_000), true);
    assertThat(second.next()).startsWith("close 1009");
  }

  @Test
  void aBinaryMessageIsClosedWith1003() throws Exception {
    connect().sendBinary(ByteBuffer.wrap(new byte[3]), true).join();
    assertThat(heard.next()).startsWith("close 1003");
  }

  @Test
  void invalidUtf8IsClosedWith1007AndAnUnmaskedFrameWith1002() throws Exception {
    try (Socket socket = handshake()) {
      socket.getOutputStream().write(new byte[] {(byte) 0x81, (byte) 0x82, 0, 0, 0, 0, -1, -2});
      assertThat(closeCode(socket)).isEqualTo(1007);
    }
    try (Socket socket = handshake()) {
      socket.getOutputStream().write(new byte[] {(byte) 0x81, 0x01, 'a'});
      assertThat(closeCode(socket)).isEqualTo(1002);
    }
  }

  @Test
  void aCloseWithoutACodeIsAnsweredWithOneWithout() throws Exception {
    try (Socket socket = handshake()) {
      socket.getOutputStream().write(new byte[] {(byte) 0x88, (byte) 0x80, 0, 0, 0, 0});
      assertThat(socket.getInputStream().readAllBytes()).containsExactly(0x88, 0);
    }
  }

  @Test
  void aPeerThatDoesNotReadIsClosedAndNoSenderWaitsForIt() throws Exception {
    try (Socket socket = handshake()) {
      WebSocketPeer peer = opened.get(20, TimeUnit.SECONDS);
      String large = "x".repeat(100_000);
      boolean taken = true;
      for (int i = 0; i < 10_000 && taken; i++) {
        taken = peer.sendText(large);
      }
      assertThat(taken).isFalse();
      assertThat(serverSaw.poll(20, TimeUnit.SECONDS)).startsWith("closed 1013");
      assertThat(socket.isConnected()).isTrue();
    }
  }

  @Test
  void aHandshakeThatIsNotAllowedIsRefused() throws Exception {
    assertThat(upgrade("GET", "13", "bad", "AAAAAAAAAAAAAAAAAAAAAA==")).startsWith("HTTP/1.1 400");
    assertThat(upgrade("GET", "8", "good", "AAAAAAAAAAAAAAAAAAAAAA==")).startsWith("HTTP/1.1 426");
    assertThat(upgrade("GET", "13", "good", "short")).startsWith("HTTP/1.1 400");
    assertThat(upgrade("POST", "13", "good", "AAAAAAAAAAAAAAAAAAAAAA=="))
        .startsWith("HTTP/1.1 400");
    assertThat(
            HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + server.port() + "/other"), heard)
                .handle((socket, failure) -> failure)
                .join())
        .isInstanceOf(CompletionException.class);
  }

  private String upgrade(String method, String version, String protocol, String key)
      throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      send(socket, method, version, protocol, key, "Connection: close, Upgrade");
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private Socket handshake() throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(20_000);
    send(socket, "GET", "13", "good", "AAAAAAAAAAAAAAAAAAAAAA==", "Connection: Upgrade");
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) socket.getInputStream().read());
    }
    assertThat(head.toString()).startsWith("HTTP/1.1 101");
    return socket;
  }

  private static void send(
      Socket socket, String method, String version, String protocol, String key, String connection)
      throws IOException {
    String request =
        method
            + " /ws HTTP/1.1\r\nHost: localhost\r\n"
            + connection
            + "\r\nUpgrade: websocket\r\nSec-WebSocket-Version: "
            + version
            + "\r\nSec-WebSocket-Protocol: "
            + protocol
            + "\r\nSec-WebSocket-Key: "
            + key
            + "\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static int closeCode(Socket socket) throws IOException {
    var in = socket.getInputStream();
    assertThat(in.read()).isEqualTo(0x88);
    in.read();
    return in.read() * 256 + in.read();
  }
}
