// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import dev.syncline.testing.TestTls;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.SocketFactory;

/** Sends a request exactly as it is written, Host and Origin included. */
final class RawHttp {
  private final SocketFactory sockets;
  private final int port;

  private RawHttp(SocketFactory sockets, int port) {
    this.sockets = sockets;
    this.port = port;
  }

  /** An answer; {@code headers} by lower-case name. */
  record Answer(int status, Map<String, String> headers, String body) {}

  static RawHttp plain(int port) {
    return new RawHttp(SocketFactory.getDefault(), port);
  }

  /** Over TLS, trusting that authority. */
  static RawHttp tls(int port, Path authority) throws Exception {
    return new RawHttp(TestTls.trusting(authority).getSocketFactory(), port);
  }

  int port() {
    return port;
  }

  /** Sends it on a connection of its own; a 101 is answered as soon as its head is there. */
  Answer send(String requestLine, List<String> headers, String body) throws IOException {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    var head = new StringBuilder(requestLine).append(" HTTP/1.1\r\n");
    headers.forEach(header -> head.append(header).append("\r\n"));
    if (headers.stream().noneMatch(header -> header.startsWith("Connection:"))) {
      head.append("Connection: close\r\n");
    }
    head.append("Content-Length: ").append(content.length).append("\r\n\r\n");
    try (Socket socket = sockets.createSocket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().write(content);
      socket.getOutputStream().flush();
      return read(socket.getInputStream());
    }
  }

  private static Answer read(InputStream in) throws IOException {
    String[] status = line(in).split(" ");
    var headers = new LinkedHashMap<String, String>();
    String header = line(in);
    while (!header.isEmpty()) {
      int colon = header.indexOf(':');
      headers.put(
          header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).strip());
      header = line(in);
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    return new Answer(Integer.parseInt(status[1]), headers, body);
  }

  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    int next = in.read();
    while (next >= 0 && next != '\n') {
      if (next != '\r') {
        line.append((char) next);
      }
      next = in.read();
    }
    if (next < 0) {
      throw new IOException("the connection ended in a header: '" + line + "'");
    }
    return line.toString();
  }
}
