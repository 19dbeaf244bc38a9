// SPDX-License-Identifier: Apache-2.0
package dev.syncline.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An HTTP server on loopback that answers requests by a script, and accepts every request after the
 * script has ended. Records every request.
 */
public final class ScriptedEventApi implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Queue<Step> script = new ConcurrentLinkedQueue<>();
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);

  /** The handling of one request. */
  @FunctionalInterface
  public interface Step {
    /** Answers the request, or closes the exchange. */
    void answer(HttpExchange exchange, Received request) throws IOException;
  }

  /**
   * A recorded request.
   *
   * @param headers all of them, by lower-case name
   * @param text the exact body
   */
  public record Received(
      String method,
      URI uri,
      String host,
      String apiKey,
      String contentType,
      Map<String, String> headers,
      String text,
      JsonNode body) {
    /** The channel published to. */
    public String channel() {
      return body.path("channel").asText();
    }

    /** The event texts. */
    public List<String> events() {
      List<String> events = new ArrayList<>();
      body.path("events").forEach(event -> events.add(event.asText()));
      return events;
    }
  }

  /** Starts on a free port. */
  public ScriptedEventApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Adds steps to the script. */
  public ScriptedEventApi then(Step... steps) {
    script.addAll(List.of(steps));
    return this;
  }

  /** The server's address, in the format of {@code AWS_ENDPOINT_URL}. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Every request so far. */
  public List<Received> received() {
    return List.copyOf(received);
  }

  /** Accepts every event. */
  public static Step accept() {
    return failing(List.of(), "");
  }

  /** Accepts the request but not the events at these positions. */
  public static Step failing(List<Integer> positions, String code) {
    return (exchange, request) -> {
      List<String> good = new ArrayList<>();
      List<String> bad = new ArrayList<>();
      for (int i = 0; i < request.events().size(); i++) {
        if (positions.contains(i)) {
          bad.add(
              "{\"identifier\":\"bad-%d\",\"index\":%d,\"code\":\"%s\",\"message\":\"refused\"}"
                  .formatted(i, i, code));
        } else {
          good.add(
              "{\"identifier\":\"of %s\",\"index\":%d}"
                  .formatted(request.events().get(i).hashCode(), i));
        }
      }
      respond(
          exchange,
          200,
          "{\"failed\":["
              + String.join(",", bad)
              + "],\"successful\":["
              + String.join(",", good)
              + "]}");
    };
  }

  /** Answers with a status and the service's error body. */
  public static Step refuse(int status, String type, String message) {
    return reply(
        status,
        "{\"errors\":[{\"errorType\":\"%s\",\"message\":\"%s\"}]}".formatted(type, message));
  }

  /** Answers with this status and body. */
  public static Step reply(int status, String body) {
    return (exchange, request) -> respond(exchange, status, body);
  }

  /** Closes the connection instead of answering. */
  public static Step hangUp() {
    return (exchange, request) -> exchange.close();
  }

  /** Closes the connection in the middle of its answer. */
  public static Step hangUpMidway() {
    return (exchange, request) -> {
      exchange.sendResponseHeaders(200, 1_000);
      exchange.getResponseBody().write("{\"failed\":[".getBytes(StandardCharsets.UTF_8));
      exchange.getResponseBody().flush();
      exchange.close();
    };
  }

  /** Does not answer until the server is closed. */
  public Step silence() {
    return (exchange, request) -> {
      try {
        closing.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      exchange.close();
    };
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    Received request =
        new Received(
            exchange.getRequestMethod(),
            exchange.getRequestURI(),
            header(exchange, "Host"),
            header(exchange, "x-api-key"),
            header(exchange, "Content-Type"),
            headers(exchange),
            new String(body, StandardCharsets.UTF_8),
            JSON.readTree(body));
    received.add(request);
    Step step = script.poll();
    (step == null ? accept() : step).answer(exchange, request);
  }

  private static Map<String, String> headers(HttpExchange exchange) {
    Map<String, String> all = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> all.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
    return all;
  }

  private static String header(HttpExchange exchange, String name) {
    List<String> values = exchange.getRequestHeaders().get(name);
    return values == null ? "" : String.join(", ", values);
  }

  private static void respond(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
