// SPDX-License-Identifier: Apache-2.0
package dev.syncline.benchmarks.fanout;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** A kept-alive connection that publishes over HTTP and does not wait for answers. */
final class Publisher {
  private static final String SOUND = "HTTP/1.1 200";

  private final SocketChannel channel;
  private final ServerProcess server;

  Publisher(ServerProcess server) throws IOException {
    this.server = server;
    this.channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", server.port()));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
  }

  SocketChannel channel() {
    return channel;
  }

  /** A request that publishes that many events to the channel, each of {@code bytes} bytes. */
  static ByteBuffer request(ServerProcess server, String topic, int events, int bytes) {
    String body = server.wire().publication(topic, events, bytes);
    return ByteBuffer.wrap(
        ("POST "
                + server.path()
                + " HTTP/1.1\r\nHost: localhost\r\nx-api-key: "
                + server.key()
                + "\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n"
                + body)
            .getBytes(StandardCharsets.US_ASCII));
  }

  /** Sends a request; the caller keeps receiving while the server does not accept it. */
  void send(ByteBuffer request, Receiving receiving) throws IOException {
    ByteBuffer left = request.duplicate();
    channel.write(left);
    while (left.hasRemaining()) {
      receiving.receive();
      channel.write(left);
    }
  }

  /** Work to do while waiting. */
  interface Receiving {
    void receive() throws IOException;
  }

  /** Looks at what came back; only its first line is checked. */
  void answered(ByteBuffer buffer) throws IOException {
    if (buffer.remaining() < SOUND.length()) {
      return;
    }
    byte[] start = new byte[buffer.remaining()];
    buffer.get(start);
    String text = new String(start, StandardCharsets.US_ASCII);
    if (text.startsWith("HTTP/1.1 ") && !text.startsWith(SOUND)) {
      throw new IOException(server.name() + " refused a publication: " + text);
    }
  }
}
