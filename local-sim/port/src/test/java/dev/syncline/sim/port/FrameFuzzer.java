// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/**
 * After any bytes of a client behind the handshake, the server answers with whole frames and ends
 * the connection when the client does; its listener hears the end once, and nothing remains.
 *
 * <p>{@link #fuzzerTestOneInput} is what Jazzer calls; docs/adr/0012 says how.
 */
public final class FrameFuzzer {
  private static @Nullable EchoPort port;

  private FrameFuzzer() {}

  /** One connection with frames made of these bytes. */
  public static void fuzzerTestOneInput(byte[] data) throws Exception {
    session(running(), data);
  }

  private static synchronized EchoPort running() throws IOException {
    EchoPort present = port;
    if (present == null) {
      present = new EchoPort(Files.createTempDirectory("syncline-fuzz"), EchoPort.LIMITS);
      port = present;
      EchoPort started = present;
      Runtime.getRuntime().addShutdownHook(new Thread(started::close));
    }
    return present;
  }

  static void session(EchoPort port, byte[] data) throws Exception {
    port.events.clear();
    port.heard.clear();
    try (RawWebSocket client = RawWebSocket.open(port.port())) {
      send(client, data);
      int frames = 0;
      boolean closed = false;
      RawWebSocket.Frame frame = read(client);
      while (frame != null) {
        assertThat(closed).as("a frame after the close").isFalse();
        closed = check(frame);
        frames++;
        frame = read(client);
      }
      assertThat(frames).isLessThan(20_000);
      String heard = EchoPort.next(port.heard);
      while (!heard.matches("closed \\d+")) {
        heard = EchoPort.next(port.heard);
      }
    }
    assertThat(port.heard).as("after the end").isEmpty();
    assertThat(port.events).noneMatch(event -> event.type().equals("port.HandlerFailed"));
    assertThat(port.server.mailboxes().open()).isZero();
    assertThat(port.server.mailboxes().bytes()).isZero();
    port.peers.clear();
  }

  private static void send(RawWebSocket client, byte[] data) {
    try {
      client.bytes(frames(data));
      client.frame(RawWebSocket.FINAL | RawWebSocket.PING, "last");
      client.frame(RawWebSocket.FINAL | RawWebSocket.CLOSE, (byte) 3, (byte) 0xE8);
      client.socket().shutdownOutput();
    } catch (IOException closedEarly) {
      // The server ended the connection at the first wrong frame.
    }
  }

  private static RawWebSocket.@Nullable Frame read(RawWebSocket client) {
    try {
      return client.read();
    } catch (java.net.SocketTimeoutException stalled) {
      throw new IllegalStateException("the server neither answers nor ends", stalled);
    } catch (IOException reset) {
      // Bytes after a wrong frame may reset the connection; that is an end too.
      return null;
    }
  }

  /** Looks at a frame of the server; true for a close frame. */
  private static boolean check(RawWebSocket.Frame frame) throws CharacterCodingException {
    switch (frame.first() ^ RawWebSocket.FINAL) {
      case RawWebSocket.TEXT ->
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(frame.content()));
      case RawWebSocket.PONG -> assertThat(frame.content().length).isLessThan(126);
      case RawWebSocket.CLOSE -> {
        assertThat(frame.content().length).isNotEqualTo(1).isLessThan(126);
        if (frame.content().length > 0) {
          assertThat(WebSocketCloseStatus.isValidStatusCode(frame.code()))
              .as("close code " + frame.code())
              .isTrue();
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(frame.content(), 2, frame.content().length - 2));
        }
        return true;
      }
      default -> throw new AssertionError("a frame that begins with " + frame.first());
    }
    return false;
  }

  /**
   * The bytes as frames: of each a byte that says how it is written, its first byte, a length, and
   * the content. So most of what a search tries is nearly right.
   */
  private static byte[] frames(byte[] data) {
    var out = new ByteArrayOutputStream();
    ByteBuffer in = ByteBuffer.wrap(data);
    while (in.remaining() >= 3) {
      int how = in.get() & 0xFF;
      int first = in.get() & 0xFF;
      int length = in.get() & 0xFF;
      if ((how & 0x80) != 0) {
        length *= 257;
      }
      if ((how & 0x40) != 0) {
        // As they are: a header that is all wrong, or the end of one.
        byte[] raw = new byte[Math.min(first, in.remaining())];
        in.get(raw);
        out.writeBytes(raw);
        continue;
      }
      byte[] content = new byte[length];
      in.get(content, 0, Math.min(length, in.remaining()));
      write(out, how, first, content);
    }
    return out.toByteArray();
  }

  private static void write(ByteArrayOutputStream out, int how, int first, byte[] content) {
    boolean masked = (how & 1) == 0;
    int mask = masked ? 0x80 : 0;
    long announced = content.length + ((how & 8) != 0 ? 1 : 0);
    out.write(first);
    int form = (how >> 1) & 3;
    if (form == 0 && announced < 126) {
      out.write(mask | (int) announced);
    } else if (form < 2 && announced <= 0xFFFF) {
      out.write(mask | 126);
      out.write((int) (announced >> 8));
      out.write((int) announced);
    } else {
      out.write(mask | 127);
      out.writeBytes(
          ByteBuffer.allocate(8)
              .putLong(form == 3 ? announced | Long.MIN_VALUE : announced)
              .array());
    }
    if (masked) {
      out.writeBytes(new byte[4]);
    }
    out.writeBytes(content);
  }
}
