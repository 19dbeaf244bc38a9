// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.realtime;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** A minimal RFC 6455 server: one connection with scripted frames. */
final class ScriptedPeer implements AutoCloseable {

  /** The script of the server for its one connection. */
  interface Script {
    void run(Peer peer) throws IOException;
  }

  final List<String> handshake = new CopyOnWriteArrayList<>();
  private final ServerSocket server;
  private final String statusLine;

  ScriptedPeer(Script script) throws IOException {
    this("HTTP/1.1 101 Switching Protocols", script);
  }

  ScriptedPeer(String statusLine, Script script) throws IOException {
    this.statusLine = statusLine;
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(() -> serve(script));
  }

  URI uri() {
    return URI.create("ws://127.0.0.1:" + server.getLocalPort() + "/event/realtime");
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void serve(Script script) {
    try (Socket socket = server.accept()) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      String key = "";
      for (String line = line(in); !line.isEmpty(); line = line(in)) {
        handshake.add(line);
        if (line.toLowerCase(Locale.ROOT).startsWith("sec-websocket-key:")) {
          key = line.substring(line.indexOf(':') + 1).strip();
        }
      }
      String answer = statusLine + "\r\n";
      if (statusLine.contains("101")) {
        answer +=
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Protocol: "
                + "aws-appsync-event-ws\r\nSec-WebSocket-Accept: "
                + accept(key)
                + "\r\n";
      } else {
        answer += "Content-Length: 0\r\n";
      }
      OutputStream out = socket.getOutputStream();
      out.write((answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.flush();
      script.run(new Peer(in, out, socket));
    } catch (IOException e) {
      // The client may disconnect before the script ends; the test checks what the client received.
      return;
    }
  }

  private static String accept(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1")
              .digest(
                  (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                      .getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String line(DataInputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the client is gone");
      }
      if (c != '\r') {
        line.write(c);
      }
    }
    return line.toString(StandardCharsets.US_ASCII);
  }

  /** The connection, from the server's side. */
  record Peer(DataInputStream in, OutputStream out, Socket socket) {

    /** A text message in as many frames as parts. */
    void text(String... parts) throws IOException {
      for (int i = 0; i < parts.length; i++) {
        boolean last = i == parts.length - 1;
        frame((last ? 0x80 : 0) | (i == 0 ? 1 : 0), parts[i].getBytes(StandardCharsets.UTF_8));
      }
    }

    void ping() throws IOException {
      frame(0x89, "are you there".getBytes(StandardCharsets.UTF_8));
    }

    void closeFrame(int status) throws IOException {
      frame(0x88, new byte[] {(byte) (status >> 8), (byte) status});
    }

    /** The next frame's opcode and text. */
    String read() throws IOException {
      int opcode = in.readUnsignedByte() & 0x0f;
      long length = in.readUnsignedByte() & 0x7f;
      if (length == 126) {
        length = in.readUnsignedShort();
      } else if (length == 127) {
        length = in.readLong();
      }
      byte[] mask = in.readNBytes(4);
      byte[] data = in.readNBytes((int) length);
      for (int i = 0; i < data.length; i++) {
        data[i] ^= mask[i % 4];
      }
      return opcode + ":" + new String(data, StandardCharsets.UTF_8);
    }

    void drop() {
      try {
        socket.setSoLinger(true, 0);
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void frame(int first, byte[] data) throws IOException {
      ByteArrayOutputStream frame = new ByteArrayOutputStream();
      frame.write(first);
      if (data.length < 126) {
        frame.write(data.length);
      } else {
        frame.write(127);
        for (int shift = 56; shift >= 0; shift -= 8) {
          frame.write((int) ((long) data.length >> shift));
        }
      }
      frame.writeBytes(data);
      out.write(frame.toByteArray());
      out.flush();
    }
  }
}
