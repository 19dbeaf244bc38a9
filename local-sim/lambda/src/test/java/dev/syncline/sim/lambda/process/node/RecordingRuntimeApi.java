// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A Runtime API that gives the listed invocations and keeps what is posted. */
final class RecordingRuntimeApi implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> KEPT =
      List.of(
          "content-type",
          "lambda-runtime-function-error-type",
          "lambda-runtime-function-xray-error-cause",
          "lambda-runtime-function-response-mode");

  /** One request; header and trailer names are in lower case. */
  record Post(
      String path, Map<String, String> headers, String body, Map<String, String> trailers) {}

  private final ServerSocket server;
  private final List<JsonNode> events;
  private final AtomicInteger given = new AtomicInteger();
  private final List<Post> posts = new CopyOnWriteArrayList<>();
  private final CountDownLatch idle = new CountDownLatch(1);

  RecordingRuntimeApi(List<JsonNode> events) throws IOException {
    this.events = events;
    this.server = new ServerSocket(0, 16, InetAddress.getByName("127.0.0.1"));
    Thread.ofVirtual().start(this::accept);
  }

  String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  List<Post> posts() {
    return posts;
  }

  /** Whether all invocations were given and the client asks for one more. */
  boolean idle() {
    return idle.getCount() == 0;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      String first = line(in);
      while (first != null) {
        String path = first.split(" ", 3)[1];
        Map<String, String> headers = headers(in);
        if (first.startsWith("GET ")) {
          int number = given.getAndIncrement();
          if (number >= events.size()) {
            // The answer never comes: the client waits in this request until it is ended.
            idle.countDown();
            in.transferTo(ByteArrayOutputStream.nullOutputStream());
            return;
          }
          give(socket, number);
        } else {
          post(in, path, headers);
          write(socket, "202 Accepted", Map.of(), "{\"status\":\"OK\"}\n");
        }
        first = line(in);
      }
    } catch (IOException gone) {
      // The process has ended; the test looks at its status.
    }
  }

  private void give(Socket socket, int number) throws IOException {
    var headers = new LinkedHashMap<String, String>();
    headers.put("Lambda-Runtime-Aws-Request-Id", "req-" + (number + 1));
    long deadline = Instant.now().toEpochMilli() + 60_000;
    headers.put("Lambda-Runtime-Deadline-Ms", Long.toString(deadline));
    headers.put(
        "Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:us-east-1:111111111111:function:f");
    headers.put("Lambda-Runtime-Trace-Id", "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1");
    JsonNode event = events.get(number);
    event
        .path("headers")
        .properties()
        .forEach(
            header -> {
              if (header.getValue().isNull()) {
                headers.remove(header.getKey());
              } else {
                headers.put(header.getKey(), header.getValue().asText());
              }
            });
    String body = event.has("raw") ? event.get("raw").asText() : event.get("event").toString();
    write(socket, "200 OK", headers, body);
  }

  private void post(InputStream in, String path, Map<String, String> headers) throws IOException {
    var trailers = new LinkedHashMap<String, String>();
    byte[] body;
    if ("chunked".equals(headers.get("transfer-encoding"))) {
      body = chunks(in);
      trailers.putAll(headers(in));
    } else {
      body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    }
    var kept = new LinkedHashMap<String, String>();
    for (String name : KEPT) {
      String value = headers.get(name);
      if (value != null) {
        kept.put(name, value);
      }
    }
    posts.add(new Post(path, kept, new String(body, StandardCharsets.UTF_8), trailers));
  }

  private static byte[] chunks(InputStream in) throws IOException {
    var body = new ByteArrayOutputStream();
    while (true) {
      String size = line(in);
      if (size == null) {
        throw new IOException("a chunked body was cut off");
      }
      int length = Integer.parseInt(size, 16);
      if (length == 0) {
        return body.toByteArray();
      }
      body.write(in.readNBytes(length));
      line(in);
    }
  }

  private static Map<String, String> headers(InputStream in) throws IOException {
    var headers = new LinkedHashMap<String, String>();
    String line = line(in);
    while (line != null && !line.isEmpty()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      line = line(in);
    }
    return headers;
  }

  private static @Nullable String line(InputStream in) throws IOException {
    var bytes = new ByteArrayOutputStream();
    int next = in.read();
    while (next >= 0 && next != '\n') {
      if (next != '\r') {
        bytes.write(next);
      }
      next = in.read();
    }
    return next < 0 && bytes.size() == 0 ? null : bytes.toString(StandardCharsets.UTF_8);
  }

  private static void write(Socket socket, String status, Map<String, String> headers, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    var head = new StringBuilder("HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
    var out = new ByteArrayOutputStream();
    out.write(head.toString().getBytes(StandardCharsets.UTF_8));
    out.write(body);
    out.writeTo(socket.getOutputStream());
  }

  /** The events of a case; one empty object when it names none. */
  static List<JsonNode> events(JsonNode given) throws IOException {
    var events = new ArrayList<JsonNode>();
    given.forEach(events::add);
    return events.isEmpty() ? List.of(JSON.readTree("{\"event\":{}}")) : events;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
