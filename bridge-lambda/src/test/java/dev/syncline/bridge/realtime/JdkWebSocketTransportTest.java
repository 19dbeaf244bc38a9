// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class JdkWebSocketTransportTest {

  private static final List<String> SUBPROTOCOLS =
      List.of("aws-appsync-event-ws", "header-eyJob3N0IjoieCJ9");

  @AutoClose private final JdkWebSocketTransport transport = new JdkWebSocketTransport();
  private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

  private final class Recorder implements RealtimeTransport.Listener {
    private final List<String> sends;

    Recorder(String... sends) {
      this.sends = List.of(sends);
    }

    @Override
    public void opened(RealtimeTransport.Connection connection) {
      sends.forEach(connection::send);
      seen.add("opened");
    }

    @Override
    public void text(String message) {
      seen.add("text " + message);
    }

    @Override
    public void closed(String reason, boolean unauthorized) {
      seen.add("closed " + unauthorized + " " + reason);
    }
  }

  private String next() throws InterruptedException {
    String event = seen.poll(20, TimeUnit.SECONDS);
    return event == null ? "nothing came" : event;
  }

  @Test
  void bothSubprotocolsAreOfferedAndMessagesInPartsAreAssembled() throws Exception {
    String emoji = "\uD83D\uDC69\u200D\uD83D\uDCBB";
    String large = "x".repeat(300_000);
    try (ScriptedPeer peer =
        new ScriptedPeer(
            p -> {
              // As on AWS the client speaks first. The JDK's client sometimes reads a large message
              // wrongly when it begins together with the answer to the handshake.
              p.read();
              p.text("{\"a\":", "\"", emoji, "\"}");
              p.text(large);
              p.text("last");
              p.read();
            })) {
      transport.connect(peer.uri(), SUBPROTOCOLS, new Recorder("connection_init"));
      assertThat(next()).isEqualTo("opened");
      assertThat(next()).isEqualTo("text {\"a\":\"" + emoji + "\"}");
      assertThat(next()).isEqualTo("text " + large);
      assertThat(next()).isEqualTo("text last");
      assertThat(String.join("\n", peer.handshake))
          .contains("aws-appsync-event-ws, header-eyJob3N0IjoieCJ9");
    }
  }

  @Test
  void framesSentAtOnceArriveInOrderAndPingsAreAnswered() throws Exception {
    try (ScriptedPeer peer =
        new ScriptedPeer(
            p -> {
              StringBuilder all = new StringBuilder();
              for (int i = 0; i < 3; i++) {
                all.append(p.read()).append(' ');
              }
              p.ping();
              all.append(p.read());
              p.text(all.toString());
              p.read();
            })) {
      transport.connect(peer.uri(), SUBPROTOCOLS, new Recorder("one", "two", "three"));
      assertThat(next()).isEqualTo("opened");
      assertThat(next()).isEqualTo("text 1:one 1:two 1:three 10:are you there");
    }
  }

  @Test
  void aCloseByTheServiceIsToldOnce() throws Exception {
    try (ScriptedPeer peer = new ScriptedPeer(p -> p.closeFrame(1001))) {
      transport.connect(peer.uri(), SUBPROTOCOLS, new Recorder());
      assertThat(next()).isEqualTo("opened");
      assertThat(next()).isEqualTo("closed false the socket closed by the service with 1001");
      assertThat(seen).isEmpty();
    }
  }

  @Test
  void aBrokenConnectionIsToldOnce() throws Exception {
    try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.Peer::drop)) {
      transport.connect(peer.uri(), SUBPROTOCOLS, new Recorder());
      String first = next();
      assertThat(first.equals("opened") ? next() : first).startsWith("closed false");
      assertThat(seen).isEmpty();
    }
  }

  @Test
  void aHandshakeRefusedWith401IsUnauthorized() throws Exception {
    try (ScriptedPeer peer = new ScriptedPeer("HTTP/1.1 401 Unauthorized", p -> {})) {
      transport.connect(peer.uri(), SUBPROTOCOLS, new Recorder());
      assertThat(next()).isEqualTo("closed true the socket could not be opened: HTTP status 401");
    }
  }

  @Test
  void aRefusedConnectionIsTold() throws Exception {
    URI nobody;
    try (ScriptedPeer peer = new ScriptedPeer(p -> {})) {
      nobody = peer.uri();
    }
    transport.connect(nobody, SUBPROTOCOLS, new Recorder());
    assertThat(next()).startsWith("closed false the socket could not be opened");
  }

  @Test
  void nothingIsToldAfterClose() throws IOException, InterruptedException {
    try (ScriptedPeer peer =
        new ScriptedPeer(
            p -> {
              p.read();
              p.text("too late");
            })) {
      RealtimeTransport.Connection connection =
          transport.connect(peer.uri(), SUBPROTOCOLS, new Recorder());
      assertThat(next()).isEqualTo("opened");
      connection.close();
      assertThat(seen.poll(200, TimeUnit.MILLISECONDS)).isNull();
    }
  }
}
