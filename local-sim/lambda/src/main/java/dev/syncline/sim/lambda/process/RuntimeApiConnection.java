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
 * One HTTP/1.1 connection of a runtime: the part of HTTP that runtimes use. Bodies have a length or
 * come in chunks, with trailers. Not thread-safe.
 */
final class RuntimeApiConnection {
  /** A header may have AWS X-Ray's cause of an error, of up to 1 MiB. */
  private static final int MAX_HEAD = 1280 * 1024;

  private static final int MAX_HEADERS = 1_000;

  /** Receives a body. */
  @FunctionalInterface
  interface Sink {
    /** The next bytes; the array is used again. */
    void add(byte[] buffer, int count);
  }

  /**
   * The head of a request.
   *
   * @param headers by lower-case name
   */
  record Request(String method, String path, String protocol, Map<String, String> headers) {
    /** Whether the client sends no further request on the connection. */
    boolean isLast() {
      String connection = headers.getOrDefault("connection", "").toLowerCase(Locale.ROOT);
      return protocol.equals("HTTP/1.0")
          ? !connection.contains("keep-alive")
          : connection.contains("close");
    }

    private boolean isChunked() {
      return headers
          .getOrDefault("transfer-encoding", "")
          .toLowerCase(Locale.ROOT)
          .contains("chunked");
    }
  }

  private final InputStream in;
  private final OutputStream out;
  private int headLeft;
  private boolean last;
  private boolean bodyPending;

  RuntimeApiConnection(Socket socket) throws IOException {
    // Answers are small and written at once, so Nagle's algorithm would only delay them.
    socket.setTcpNoDelay(true);
    this.in = new BufferedInputStream(socket.getInputStream());
    this.out = socket.getOutputStream();
  }

  /**
   * The head of the next request, null at the end of the connection; its body is to be read next.
   */
  @Nullable Request read() throws IOException {
    if (last) {
      return null;
    }
    headLeft = MAX_HEAD;
    String requestLine = line();
    if (requestLine == null) {
      return null;
    }
    String[] parts = requestLine.split(" ", -1);
    if (parts.length != 3) {
      throw new IOException("not an HTTP request: " + requestLine);
    }
    var request = new Request(parts[0], parts[1], parts[2], fields("headers"));
    last = request.isLast();
    bodyPending = true;
    return request;
  }

  /**
   * Reads the body of the request, once.
   *
   * @return the trailers by lower-case name, empty without chunks
   * @throws EOFException when the body was cut off
   */
  Map<String, String> body(Request request, Sink sink) throws IOException {
    bodyPending = false;
    if (request.headers().getOrDefault("expect", "").equalsIgnoreCase("100-continue")) {
      out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    if (!request.isChunked()) {
      copy(number(request.headers().getOrDefault("content-length", "0"), 10), sink);
      return Map.of();
    }
    while (true) {
      headLeft = MAX_HEAD;
      String size = line();
      if (size == null) {
        throw new EOFException("the request ended in its body");
      }
      int extension = size.indexOf(';');
      long length = number(extension < 0 ? size : size.substring(0, extension), 16);
      if (length == 0) {
        return fields("trailers");
      }
      copy(length, sink);
      if (line() == null) {
        throw new EOFException("the request ended in its body");
      }
    }
  }

  /** Skips the body of the request if it has not been read. */
  void skip(Request request) throws IOException {
    if (bodyPending) {
      body(request, (buffer, count) -> {});
    }
  }

  /** Answers with a JSON body; {@code headers} are alternating names and values. */
  void write(int status, byte[] body, String... headers) throws IOException {
    var head = new StringBuilder("HTTP/1.1 ").append(status).append(' ').append(reason(status));
    // Without Content-Type AWS's client for Java crashes its process.
    head.append("\r\nContent-Type: application/json\r\nContent-Length: ").append(body.length);
    if (last) {
      head.append("\r\nConnection: close");
    }
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

  private Map<String, String> fields(String what) throws IOException {
    var fields = new HashMap<String, String>();
    while (true) {
      String field = line();
      if (field == null) {
        throw new EOFException("the request ended in its " + what);
      }
      if (field.isEmpty()) {
        return fields;
      }
      if (fields.size() >= MAX_HEADERS) {
        throw new IOException("a request has more than " + MAX_HEADERS + " " + what);
      }
      int colon = field.indexOf(':');
      if (colon > 0) {
        fields.put(
            field.substring(0, colon).toLowerCase(Locale.ROOT), field.substring(colon + 1).trim());
      }
    }
  }

  private static long number(String text, int radix) throws IOException {
    try {
      long number = Long.parseLong(text.trim(), radix);
      if (number < 0) {
        throw new IOException("the length of a body is negative: " + text);
      }
      return number;
    } catch (NumberFormatException damaged) {
      throw new IOException("not the length of a body: " + text, damaged);
    }
  }

  private void copy(long length, Sink sink) throws IOException {
    var buffer = new byte[(int) Math.min(64 * 1024, Math.max(1, length))];
    long left = length;
    while (left > 0) {
      int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (count < 0) {
        throw new EOFException("the request ended in its body");
      }
      sink.add(buffer, count);
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
        if (--headLeft < 0) {
          throw new IOException("the head of a request is longer than " + MAX_HEAD + " bytes");
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
}
