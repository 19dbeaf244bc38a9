// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.WebSocketEndpoint;
import dev.syncline.sim.service.http.WebSocketListener;
import dev.syncline.sim.service.http.WebSocketPeer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WebSocketTest {
  private final SimClock clock = new SimClock(new ClockMode.Real());
  private final Journal journal = new Journal(clock);
  private final Ids ids = new Ids(1);
  private final Router router =
      new Router(
          new Dispatcher(clock, new FaultPlan(journal, ids)),
          journal,
          ids,
          "111111111111",
          "us-east-1");
  private final BlockingQueue<String> serverSaw = new LinkedBlockingQueue<>();
  private final CompletableFuture<WebSocketPeer> opened = new CompletableFuture<>();
  private final CompletableFuture<String> listenerThread = new CompletableFuture<>();
  @TempDir Path work;
  private PortServer server;

  @BeforeEach
  void start() {
    router.add(new Echo());
    var limits =
        new PortLimits(
            32 * 1024,
            1 << 20,
            100_000,
            new MailboxLimits(2_000, 4_000_000, 16_000_000, Overflow.CLOSE));
    server =
        new PortServer(
                new PortSettings(InetAddress.getLoopbackAddress(), 0, 0, -1, "us-east-1", work),
                router,
                clock,
                journal,
                limits)
            .start();
  }

  @AfterEach
  void stop() {
    server.close();
    clock.close();
  }

  /** Answers each text with itself, and does what some texts say. */
  private final class Echo implements WebSocketEndpoint {
    @Override
    public boolean claims(HttpRequest upgrade) {
      return upgrade.rawPath().equals("/ws");
    }

    @Override
    public Optional<String> subprotocol(HttpRequest upgrade) {
      return upgrade.headers().all("sec-websocket-protocol").stream()
          .flatMap(line -> java.util.Arrays.stream(line.split(",")))
          .map(String::strip)
          .filter(offered -> offered.startsWith("good"))
          .findFirst();
    }

    @Override
    public WebSocketListener open(HttpRequest upgrade, WebSocketPeer peer) {
      opened.complete(peer);
      return new WebSocketListener() {
        @Override
        public void onText(String message) {
          listenerThread.complete(
              Thread.currentThread().isVirtual() ? "virtual" : Thread.currentThread().getName());
          serverSaw.add(message);
          switch (message) {
            case "fail" -> throw new IllegalStateException("boom");
            case "bye" -> {
              peer.sendText("last");
              peer.close(4000, "as asked");
              peer.close(4001, "again");
            }
            default -> peer.sendUtf8(("<" + message + ">").getBytes(StandardCharsets.UTF_8));
          }
        }

        @Override
        public void onClosed(int code, String reason) {
          serverSaw.add("closed " + code + " " + reason);
        }
      };
    }
  }

  /** What a client hears: texts, and the close as {@code close <code> <reason>}. */
  private static final class Heard implements WebSocket.Listener {
    final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    private final StringBuilder partial = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      partial.append(data);
      if (last) {
        texts.add(partial.toString());
        partial.setLength(0);
      }
      socket.request(1);
      return CompletableFuture.completedFuture("");
    }

    @Override
    public CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
      texts.add("pong " + StandardCharsets.UTF_8.decode(message));
      socket.request(1);
      return CompletableFuture.completedFuture("");
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      texts.add("close " + code + " " + reason);
      return CompletableFuture.completedFuture("");
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      texts.add("error " + error);
    }

    String next() throws InterruptedException {
      String text = texts.poll(20, TimeUnit.SECONDS);
      return text == null ? "nothing" : text;
    }
  }

  private final Heard heard = new Heard();

  private WebSocket connect() {
    return HttpClient.newHttpClient()
        .newWebSocketBuilder()
        .subprotocols("other", "good-abc_-")
        .buildAsync(URI.create("ws://127.0.0.1:" + server.port() + "/ws"), heard)
        .join();
  }

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
  void aDefectOfTheListenerIsClosedWith1011AndRecorded() throws Exception {
    connect().sendText("fail", true).join();
    assertThat(heard.next()).startsWith("close 1011");
    assertThat(journal.select(entry -> entry.event().type().equals("port.HandlerFailed")))
        .hasSize(1);
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
  void aPeerThatDoesNotReadIsClosedAndNobodyWaitsForIt() throws Exception {
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
    server =
        new PortServer(
                new PortSettings(InetAddress.getLoopbackAddress(), 0, 0, -1, "us-east-1", work),
                router,
                clock,
                journal)
            .start();
    assertThat(Files.readAllBytes(server.caCertificate().orElseThrow())).isEqualTo(firstCa);
    assertSecure();
  }

  private void assertSecure() throws Exception {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    try (var in = Files.newInputStream(server.caCertificate().orElseThrow())) {
      trusted.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
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
