// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.backend;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.syncline.work.aws.WorkStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An S3 bucket with conditional writes and faults. Thread-safe. */
final class FakeBucket implements AutoCloseable {

  private record Stored(String text, String tag) {}

  volatile boolean down;
  volatile boolean stall;
  volatile Runnable beforeReplace = () -> {};

  private final Map<String, Stored> objects = new HashMap<>();
  private final AtomicInteger failingWrites = new AtomicInteger();
  private final AtomicInteger failingAnswers = new AtomicInteger();
  private final AtomicInteger versions = new AtomicInteger();
  private final CountDownLatch over = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  FakeBucket() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** The next writes are refused. */
  void failWrites(int count) {
    failingWrites.set(count);
  }

  /** The next writes succeed, but their responses report a failure. */
  void failAnswers(int count) {
    failingAnswers.set(count);
  }

  WorkStore store() {
    return WorkStore.fromEnvironment(
            Map.of(
                "RESULT_BUCKET", "results",
                "AWS_REGION", "eu-west-1",
                "AWS_ACCESS_KEY_ID", "test",
                "AWS_SECRET_ACCESS_KEY", "test",
                "AWS_ENDPOINT_URL", "http://127.0.0.1:" + server.getAddress().getPort()),
            Clock.systemUTC())
        .orElseThrow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String key = exchange.getRequestURI().getPath();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (exchange.getRequestHeaders().containsKey("If-Match")) {
      beforeReplace.run();
    }
    int status;
    byte[] content = new byte[0];
    if (down) {
      status = 503;
    } else if (exchange.getRequestMethod().equals("PUT")) {
      status = put(exchange, key, body);
    } else {
      Stored found;
      synchronized (objects) {
        found = objects.get(key);
      }
      status = found == null ? 404 : 200;
      if (found != null) {
        content = found.text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("ETag", found.tag);
      }
    }
    exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
    if (stall && content.length > 0) {
      exchange.getResponseBody().write(content, 0, 1);
      exchange.getResponseBody().flush();
      try {
        over.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    } else {
      exchange.getResponseBody().write(content);
    }
    exchange.close();
  }

  private int put(HttpExchange exchange, String key, String body) {
    if (failingWrites.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      return 503;
    }
    String ifMatch = exchange.getRequestHeaders().getFirst("If-Match");
    synchronized (objects) {
      Stored before = objects.get(key);
      if (exchange.getRequestHeaders().containsKey("If-None-Match") && before != null) {
        return 412;
      }
      if (ifMatch != null && (before == null || !before.tag.equals(ifMatch))) {
        return before == null ? 404 : 412;
      }
      String tag = "\"v" + versions.incrementAndGet() + "\"";
      objects.put(key, new Stored(body, tag));
      exchange.getResponseHeaders().add("ETag", tag);
    }
    return failingAnswers.getAndUpdate(left -> Math.max(0, left - 1)) > 0 ? 500 : 200;
  }

  @Override
  public void close() {
    over.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
