// SPDX-License-Identifier: Apache-2.0
package dev.syncline.benchmarks;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A kept-alive HTTP/1.1 connection that costs next to nothing, so that a benchmark measures the
 * server and not the client. Not thread-safe.
 */
final class PlainConnection implements AutoCloseable {
  private final Socket socket;
  private final String host;
  private final InputStream in;

  /** An answer; its body is text. */
  record Answer(int status, String body) {}

  PlainConnection(URI endpoint) throws IOException {
    this.host = endpoint.getHost() + ":" + endpoint.getPort();
    this.socket = new Socket(endpoint.getHost(), endpoint.getPort());
    socket.setTcpNoDelay(true);
    this.in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
  }

  /** Posts JSON. */
  Answer post(String path, String body) throws IOException {
    return post(path, "Content-Type: application/json\r\n", body);
  }

  /** Posts with additional headers, each ended with CRLF. */
  Answer post(String path, String headers, String body) throws IOException {
    return send("POST", path, headers, body.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends a request with additional headers, each ended with CRLF, and reads the whole answer. */
  Answer send(String method, String path, String headers, byte[] content) throws IOException {
    String head =
        method
            + " "
            + path
            + " HTTP/1.1\r\nHost: "
            + host
            + "\r\n"
            + headers
            + "Content-Length: "
            + content.length
            + "\r\n\r\n";
    byte[] start = head.getBytes(StandardCharsets.ISO_8859_1);
    byte[] request = new byte[start.length + content.length];
    System.arraycopy(start, 0, request, 0, start.length);
    System.arraycopy(content, 0, request, start.length, content.length);
    socket.getOutputStream().write(request);
    int status = Integer.parseInt(line().split(" ", 3)[1]);
    int length = 0;
    for (String header = line(); !header.isEmpty(); header = line()) {
      if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(header.substring(header.indexOf(':') + 1).trim());
      }
    }
    return new Answer(status, new String(in.readNBytes(length), StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the server has closed the connection");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }
}
