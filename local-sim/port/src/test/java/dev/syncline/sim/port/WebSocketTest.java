// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.testing.TestTls;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** WebSockets over the port: messages, closes, TLS. */
class WebSocketTest extends WebSocketFixture {
  @Test
  void theChosenSubprotocolComesBackAndMessagesKeepTheirOrder() throws Exception {
    WebSocket socket = connect();
    assertThat(socket.getSubprotocol()).isEqualTo("good-abc_-");
    for (int i = 0; i < 500; i++) {
      socket.sendText("é😀" + i, true).join();
    }
    for (int i = 0; i < 500; i++) {
      assertThat(heard.next()).isEqualTo("<é😀" + i + ">");
    }
    assertThat(listenerThread.join()).isEqualTo("virtual");
  }

  @Test
  void fragmentsAreAssembledAndPingsAnswered() throws Exception {
    WebSocket socket = connect();
    byte[] emoji = "😀".getBytes(StandardCharsets.UTF_8);
    assertThat(emoji).hasSize(4);
    socket.sendText("one ", false).join();
    socket.sendPing(ByteBuffer.wrap("p".getBytes(StandardCharsets.UTF_8))).join();
    socket.sendText("two", true).join();
    assertThat(heard.next()).isEqualTo("pong p");
    assertThat(heard.next()).isEqualTo("<one two>");
  }

  @Test
  void aServerCloseComesAfterWhatWasQueuedAndOnlyOnce() throws Exception {
    connect().sendText("bye", true).join();
    assertThat(heard.next()).isEqualTo("last");
    assertThat(heard.next()).isEqualTo("close 4000 as asked");
    assertThat(serverSaw.poll(20, TimeUnit.SECONDS)).isEqualTo("bye");
    assertThat(serverSaw.poll(20, TimeUnit.SECONDS)).startsWith("closed 4000");
    assertThat(opened.join().sendText("too late")).isFalse();
  }

  @Test
  void aClientCloseReachesTheListenerOnce() throws Exception {
    connect().sendClose(1000, "done").join();
    assertThat(serverSaw.poll(20, TimeUnit.SECONDS)).isEqualTo("closed 1000 done");
    assertThat(heard.next()).startsWith("close 1000");
  }

  @Test
  void aCutReachesBothSides() throws Exception {
    connect();
    opened.join().cut();
    assertThat(serverSaw.poll(20, TimeUnit.SECONDS)).isEqualTo("closed 1006 ");
    assertThat(heard.next()).matches("(error|close 1006).*");
  }

  @Test
  void aDefectOfTheListenerIsClosedWith1011AndRecorded() throws Exception {
    connect().sendText("fail", true).join();
    assertThat(heard.next()).startsWith("close 1011");
    assertThat(parts.journal.select(entry -> entry.event().type().equals("port.HandlerFailed")))
        .hasSize(1);
  }

  @Test
  void stoppingClosesWith1001() throws Exception {
    connect();
    opened.join();
    server.close();
    assertThat(heard.next()).startsWith("close 1001");
  }

  @Test
  void overTlsWithTheGeneratedCaAndAgainAfterARestart() throws Exception {
    byte[] firstCa = Files.readAllBytes(server.caCertificate().orElseThrow());
    assertSecure();
    server.close();
    server = parts.server(work, 0, PortLimits.DEFAULT).start();
    assertThat(Files.readAllBytes(server.caCertificate().orElseThrow())).isEqualTo(firstCa);
    assertSecure();
  }

  private void assertSecure() throws Exception {
    SSLContext context = TestTls.trusting(server.caCertificate().orElseThrow());
    HttpClient client = HttpClient.newBuilder().sslContext(context).build();
    String at = "localhost:" + server.tlsPort();
    assertThat(
            client
                .send(
                    java.net.http.HttpRequest.newBuilder(URI.create("https://" + at + "/nothing"))
                        .build(),
                    BodyHandlers.ofString())
                .statusCode())
        .isEqualTo(404);
    Heard secure = new Heard();
    WebSocket socket =
        client
            .newWebSocketBuilder()
            .subprotocols("good")
            .buildAsync(URI.create("wss://" + at + "/ws"), secure)
            .join();
    socket.sendText("over TLS", true).join();
    assertThat(secure.next()).isEqualTo("<over TLS>");
    socket.abort();
  }
}
