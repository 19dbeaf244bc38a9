// SPDX-License-Identifier: Apache-2.0
package dev.syncline.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * As much of Lambda's Runtime API as one function in one process needs, with the moments at which
 * it asks. Thread-safe.
 */
final class MinimalRuntimeApi implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;

  /** Completed with the time of {@link System#nanoTime} when first asked for an invocation. */
  final CompletableFuture<Long> ready = new CompletableFuture<>();

  /** The same for the question that comes after the hooks before a snapshot. */
  final CompletableFuture<Long> snapshotTaken = new CompletableFuture<>();

  private final CompletableFuture<Void> restored = new CompletableFuture<>();
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final HttpServer server;

  MinimalRuntimeApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/2018-06-01/runtime/", this::handle);
    server.start();
  }

  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Lets the process continue as after a restore from a snapshot. */
  void restore() {
    restored.complete(null);
  }

  /** One invocation; returns what the function answered. */
  String invoke(String event) throws InterruptedException {
    events.add(event);
    String answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (answer == null) {
      throw new IllegalStateException("the function does not answer");
    }
    return answer;
  }

  private void handle(HttpExchange exchange) throws IOException {
    long now = System.nanoTime();
    String path = exchange.getRequestURI().getPath();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (path.endsWith("/invocation/next")) {
      ready.complete(now);
      next(exchange);
    } else if (path.endsWith("/restore/next")) {
      snapshotTaken.complete(now);
      restored.join();
      exchange.sendResponseHeaders(200, -1);
    } else if (path.endsWith("/response")) {
      answers.add(body);
      exchange.sendResponseHeaders(202, -1);
    } else {
      ready.completeExceptionally(new IllegalStateException(path + ": " + body));
      answers.add(path + ": " + body);
      exchange.sendResponseHeaders(202, -1);
    }
    exchange.close();
  }

  private void next(HttpExchange exchange) throws IOException {
    try {
      String event = events.take();
      var headers = exchange.getResponseHeaders();
      headers.set("Content-Type", "application/json");
      headers.set("Lambda-Runtime-Aws-Request-Id", "00000000-0000-4000-8000-000000000000");
      headers.set(
          "Lambda-Runtime-Deadline-Ms", String.valueOf(System.currentTimeMillis() + 300_000));
      headers.set(
          "Lambda-Runtime-Invoked-Function-Arn",
          "arn:aws:lambda:us-east-1:111111111111:function:bridge");
      byte[] text = event.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, text.length);
      exchange.getResponseBody().write(text);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
