// SPDX-License-Identifier: Apache-2.0
package dev.syncline.benchmarks.fanout;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * A subscriber that costs next to nothing: it speaks the protocol until it is subscribed, and from
 * then on only counts bytes. Over TLS it counts what records say they hold, and decrypts nothing:
 * what a record holds besides is learnt from one whose content is known.
 */
final class Subscriber {
  private static final int RECORD_HEADER = 5;

  /** Of TLS 1.3 with AES-GCM or ChaCha20, without padding: the tag, and the content's type. */
  private static final int MIN_RECORD_EXTRA = 17;

  /** The JDK pads by a constant 16 bytes; no known JVM pads by more than this. */
  private static final int MAX_RECORD_EXTRA = MIN_RECORD_EXTRA + 255;

  private static final int APPLICATION_DATA = 23;

  private final SocketChannel channel;
  private final boolean secure;
  private long bytes;
  private long records;
  private long recordExtra;
  private long frames;
  private long sentAt;

  private final byte[] recordHeader = new byte[RECORD_HEADER];
  private int headerRead;
  private int recordLeft;

  private Subscriber(SocketChannel channel, boolean secure) {
    this.channel = channel;
    this.secure = secure;
  }

  /** Connects, subscribes to the topic and waits until that has been acknowledged. */
  static Subscriber open(ServerProcess server, boolean secure, @Nullable String topic)
      throws IOException, GeneralSecurityException {
    int port = secure ? server.tlsPort() : server.port();
    SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    Socket socket =
        secure
            ? Trusting.FACTORY.createSocket(channel.socket(), "localhost", port, true)
            : channel.socket();
    var in = new DataInputStream(socket.getInputStream());
    OutputStream out = socket.getOutputStream();
    upgrade(server, in, out);
    send(out, "{\"type\":\"connection_init\"}");
    expect(in, "connection_ack");
    if (topic != null) {
      send(out, server.wire().subscribe(topic, server.key()));
      expect(in, server.wire().subscribed());
    }
    channel.configureBlocking(false);
    return new Subscriber(channel, secure);
  }

  /** Whether the server has cut the connection, found out without reading; not over TLS. */
  boolean wasClosed() {
    try {
      // An unsolicited pong: writing to a closed connection fails.
      channel.write(ByteBuffer.wrap(new byte[] {(byte) 0x8A, (byte) 0x80, 0, 0, 0, 0}));
      return false;
    } catch (IOException cut) {
      return true;
    }
  }

  SocketChannel channel() {
    return channel;
  }

  /** When the newest event for it was published; for those that await one at a time. */
  void sentAt(long nanos) {
    sentAt = nanos;
  }

  long sentAt() {
    return sentAt;
  }

  /** The bytes of frames so far, and what records hold besides if that has not been learnt yet. */
  long bytes() {
    return bytes - records * recordExtra;
  }

  /** Learns from what has come so far, which is one frame of that length and nothing else. */
  void learn(long frameLength) throws IOException {
    long extra = bytes - frameLength;
    boolean sound =
        secure
            ? records == 1 && extra >= MIN_RECORD_EXTRA && extra <= MAX_RECORD_EXTRA
            : extra == 0;
    if (!sound) {
      throw new IOException(
          "a frame of " + frameLength + " bytes came as " + bytes + ", in records: " + records);
    }
    recordExtra = extra;
  }

  /**
   * Counts what is in the buffer; the result is how many frames of that length are whole now that
   * were not before.
   */
  long count(ByteBuffer buffer, long frameLength) {
    bytes += secure ? contentOf(buffer) : buffer.remaining();
    long whole = bytes() / frameLength;
    long more = whole - frames;
    frames = whole;
    return more;
  }

  /** Resets the counters. */
  void reset() {
    bytes = 0;
    records = 0;
    frames = 0;
  }

  private long contentOf(ByteBuffer buffer) {
    long content = 0;
    while (buffer.hasRemaining()) {
      if (recordLeft > 0) {
        int skipped = Math.min(recordLeft, buffer.remaining());
        buffer.position(buffer.position() + skipped);
        recordLeft -= skipped;
        if (recordLeft == 0 && recordHeader[0] == APPLICATION_DATA) {
          content += recordLength();
          records++;
        }
        continue;
      }
      recordHeader[headerRead++] = buffer.get();
      if (headerRead == RECORD_HEADER) {
        headerRead = 0;
        recordLeft = recordLength();
      }
    }
    return content;
  }

  private int recordLength() {
    return (recordHeader[3] & 0xFF) << 8 | recordHeader[4] & 0xFF;
  }

  private static void upgrade(ServerProcess server, DataInputStream in, OutputStream out)
      throws IOException {
    String credentials =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(
                ("{\"host\":\"localhost\",\"x-api-key\":\"" + server.key() + "\"}")
                    .getBytes(StandardCharsets.UTF_8));
    out.write(
        ("GET "
                + server.path()
                + "/realtime HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
                + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                + "Sec-WebSocket-Protocol: "
                + server.wire().subprotocol()
                + ", header-"
                + credentials
                + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    int lineFeeds = 0;
    var head = new StringBuilder();
    while (lineFeeds < 2) {
      char next = (char) in.readUnsignedByte();
      head.append(next);
      lineFeeds = next == '\n' ? lineFeeds + 1 : next == '\r' ? lineFeeds : 0;
    }
    if (!head.toString().startsWith("HTTP/1.1 101")) {
      throw new IOException("refused: " + head);
    }
  }

  /** Sends a text frame, masked with zeros. */
  private static void send(OutputStream out, String text) throws IOException {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer frame = ByteBuffer.allocate(content.length + 8);
    frame.put((byte) 0x81);
    if (content.length < 126) {
      frame.put((byte) (0x80 | content.length));
    } else {
      frame.put((byte) 0xFE).putShort((short) content.length);
    }
    frame.putInt(0).put(content);
    out.write(frame.array(), 0, frame.position());
  }

  private static void expect(DataInputStream in, String type) throws IOException {
    String text = frame(in);
    while (text.equals("{\"type\":\"ka\"}")) {
      text = frame(in);
    }
    if (!text.contains(type)) {
      throw new IOException("expected " + type + ", got " + text);
    }
  }

  private static String frame(DataInputStream in) throws IOException {
    in.readUnsignedByte();
    int length = in.readUnsignedByte();
    byte[] content = new byte[length == 126 ? in.readUnsignedShort() : length];
    in.readFully(content);
    return new String(content, StandardCharsets.UTF_8);
  }

  /** Trusts everybody: what is measured here is not the certificate. */
  private static final class Trusting implements X509TrustManager {
    static final SSLSocketFactory FACTORY = factory();

    private static SSLSocketFactory factory() {
      try {
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(null, new TrustManager[] {new Trusting()}, new SecureRandom());
        return context.getSocketFactory();
      } catch (GeneralSecurityException missing) {
        throw new IllegalStateException(missing);
      }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
