// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 connection of a runtime: the part of HTTP that runtimes use, with bodies by length
 * or in chunks. Not thread-safe.
 */
final class RuntimeApiConnection {
  private static final int MAX_LINE = 16 * 1024;

  /**
   * A request.
   *
   * @param headers by lower-case name
   * @param tooLarge whether the body was longer than allowed; then it is empty
   */
  record Request(
      String method, String path, Map<String, String> headers, byte[] body, boolean tooLarge) {}

  private final InputStream in;
  private final OutputStream out;
  private final int maxBody;

  RuntimeApiConnection(Socket socket, int maxBody) throws IOException {
    // Answers are small and written at once, so Nagle's algorithm would only delay them.
    socket.setTcpNoDelay(true);
    this.in = new BufferedInputStream(socket.getInputStream());
    this.out = socket.getOutputStream();
    this.maxBody = maxBody;
  }

  /** The next request, null when the peer has closed. */
  @Nullable Request read() throws IOException {
    String requestLine = line();
    if (requestLine == null) {
      return null;
    }
    String[] parts = requestLine.split(" ");
    if (parts.length != 3) {
      throw new IOException("not an HTTP request: " + requestLine);
    }
    var headers = new HashMap<String, String>();
    while (true) {
      String header = line();
      if (header == null) {
        throw new EOFException("the request ended in its headers");
      }
      if (header.isEmpty()) {
        break;
      }
      int colon = header.indexOf(':');
      if (colon > 0) {
        headers.put(
            header.substring(0, colon).toLowerCase(Locale.ROOT),
            header.substring(colon + 1).trim());
      }
    }
    if (headers.getOrDefault("expect", "").equalsIgnoreCase("100-continue")) {
      out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    var body = new Body(maxBody);
    if (headers
        .getOrDefault("transfer-encoding", "")
        .toLowerCase(Locale.ROOT)
        .contains("chunked")) {
      readChunks(body);
    } else {
      copy(Long.parseLong(headers.getOrDefault("content-length", "0")), body);
    }
    return new Request(parts[0], parts[1], headers, body.bytes(), body.tooLarge);
  }

  /** Answers with a JSON body; {@code headers} are alternating names and values. */
  void write(int status, byte[] body, String... headers) throws IOException {
    var head = new StringBuilder("HTTP/1.1 ").append(status).append(' ').append(reason(status));
    // Without Content-Type AWS's client for Java crashes its process.
    head.append("\r\nContent-Type: application/json\r\nContent-Length: ").append(body.length);
    for (int i = 0; i < headers.length; i += 2) {
      head.append("\r\n").append(headers[i]).append(": ").append(headers[i + 1]);
    }
    head.append("\r\n\r\n");
    byte[] start = head.toString().getBytes(StandardCharsets.UTF_8);
    var whole = new byte[start.length + body.length];
    System.arraycopy(start, 0, whole, 0, start.length);
    System.arraycopy(body, 0, whole, start.length, body.length);
    out.write(whole);
    out.flush();
  }

  private void readChunks(Body body) throws IOException {
    while (true) {
      String size = line();
      if (size == null) {
        throw new EOFException("the request ended in its body");
      }
      int extension = size.indexOf(';');
      long length =
          Long.parseLong((extension < 0 ? size : size.substring(0, extension)).trim(), 16);
      if (length == 0) {
        break;
      }
      copy(length, body);
      line();
    }
    // Trailers, up to the empty line.
    String trailer = line();
    while (trailer != null && !trailer.isEmpty()) {
      trailer = line();
    }
  }

  private void copy(long length, Body body) throws IOException {
    var buffer = new byte[(int) Math.min(64 * 1024, Math.max(1, length))];
    long left = length;
    while (left > 0) {
      int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (count < 0) {
        throw new EOFException("the request ended in its body");
      }
      body.add(buffer, count);
      left -= count;
    }
  }

  private @Nullable String line() throws IOException {
    var bytes = new ByteArrayOutputStream(128);
    while (true) {
      int next = in.read();
      if (next < 0) {
        return bytes.size() == 0 ? null : bytes.toString(StandardCharsets.UTF_8);
      }
      if (next == '\n') {
        return bytes.toString(StandardCharsets.UTF_8);
      }
      if (next != '\r') {
        bytes.write(next);
        if (bytes.size() > MAX_LINE) {
          throw new IOException("a header is longer than " + MAX_LINE + " bytes");
        }
      }
    }
  }

  private static String reason(int status) {
    return switch (status) {
      case 200 -> "OK";
      case 202 -> "Accepted";
      case 400 -> "Bad Request";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 413 -> "Payload Too Large";
      default -> "Status";
    };
  }

  /** Keeps a body within the limit, and drops a longer one. */
  private static final class Body {
    private final int max;
    private ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private boolean tooLarge;

    Body(int max) {
      this.max = max;
    }

    void add(byte[] buffer, int count) {
      if (tooLarge) {
        return;
      }
      if (kept.size() + count > max) {
        tooLarge = true;
        kept = new ByteArrayOutputStream();
        return;
      }
      kept.write(buffer, 0, count);
    }

    byte[] bytes() {
      return kept.toByteArray();
    }
  }
}
