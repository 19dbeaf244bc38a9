// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A WebSocket client that sends what it is told, right or wrong. Not thread-safe. */
final class RawWebSocket implements AutoCloseable {
  static final int FINAL = 0x80;
  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  private static final byte[] MASK = {1, 2, 3, 4};

  /**
   * A frame as it came.
   *
   * @param first its first byte
   */
  record Frame(int first, byte[] content) {
    String text() {
      return new String(content, StandardCharsets.UTF_8);
    }

    /** Of a close frame; -1 without one. */
    int code() {
      return content.length < 2 ? -1 : (content[0] & 0xFF) << 8 | content[1] & 0xFF;
    }
  }

  private final Socket socket;
  private final DataInputStream in;

  private RawWebSocket(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(socket.getInputStream());
  }

  static RawWebSocket open(int port) throws IOException {
    return open(new Socket(), port);
  }

  /** One whose system takes little for it, so that it is full soon. */
  static RawWebSocket openSmall(int port) throws IOException {
    var socket = new Socket();
    socket.setReceiveBufferSize(16 * 1024);
    return open(socket, port);
  }

  private static RawWebSocket open(Socket socket, int port) throws IOException {
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setSoTimeout(30_000);
    socket.setTcpNoDelay(true);
    var client = new RawWebSocket(socket);
    client.bytes(
        ("GET /ws HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: good\r\n"
                + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) client.in.readUnsignedByte());
    }
    assertThat(head.toString()).startsWith("HTTP/1.1 101");
    return client;
  }

  /** Sends bytes as they are. */
  RawWebSocket bytes(byte... raw) throws IOException {
    socket.getOutputStream().write(raw);
    return this;
  }

  /** Sends a masked frame; {@code first} is its first byte. */
  RawWebSocket frame(int first, byte... content) throws IOException {
    return bytes(encoded(first, content));
  }

  RawWebSocket frame(int first, String text) throws IOException {
    return frame(first, text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] encoded(int first, byte... content) {
    ByteBuffer frame = ByteBuffer.allocate(content.length + 14).put((byte) first);
    if (content.length < 126) {
      frame.put((byte) (0x80 | content.length));
    } else if (content.length <= 0xFFFF) {
      frame.put((byte) 0xFE).putShort((short) content.length);
    } else {
      frame.put((byte) 0xFF).putLong(content.length);
    }
    frame.put(MASK);
    for (int i = 0; i < content.length; i++) {
      frame.put((byte) (content[i] ^ MASK[i % 4]));
    }
    byte[] whole = new byte[frame.position()];
    frame.flip().get(whole);
    return whole;
  }

  /** The next frame; null at the end of the connection. */
  @Nullable Frame read() throws IOException {
    int first;
    try {
      first = in.readUnsignedByte();
    } catch (EOFException end) {
      return null;
    }
    int length = in.readUnsignedByte();
    assertThat(length & 0x80).as("a server does not mask").isZero();
    long size = length == 126 ? in.readUnsignedShort() : length == 127 ? in.readLong() : length;
    byte[] content = new byte[Math.toIntExact(size)];
    in.readFully(content);
    return new Frame(first, content);
  }

  /** The next frame, of which there must be one. */
  Frame next() throws IOException {
    Frame frame = read();
    if (frame == null) {
      throw new AssertionError("the connection ended where a frame was awaited");
    }
    return frame;
  }

  /** Reads until the server's close frame, and the end after it; the result is its code. */
  int closeCode() throws IOException {
    Frame frame = next();
    while (frame.first() != (FINAL | CLOSE)) {
      frame = next();
    }
    return frame.code();
  }

  Socket socket() {
    return socket;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
