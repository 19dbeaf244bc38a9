// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** One port that answers the SDK with queued responses. */
final class FakeAws implements AutoCloseable {

  /** A call of the SDK. */
  record Call(
      String method,
      String path,
      String target,
      String invocationType,
      String authorization,
      String body) {}

  private record Reply(int status, String errorType, String body, boolean stalls) {}

  final List<Call> calls = new CopyOnWriteArrayList<>();
  private final Queue<Reply> replies = new ConcurrentLinkedQueue<>();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch over = new CountDownLatch(1);

  FakeAws() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  Map<String, String> environment() {
    return Map.of(
        "AWS_ENDPOINT_URL", "http://127.0.0.1:" + server.getAddress().getPort(),
        "AWS_REGION", "eu-west-1",
        "AWS_ACCESS_KEY_ID", "test",
        "AWS_SECRET_ACCESS_KEY", "test");
  }

  /** A shipped backend that speaks to this port. */
  Backend backend(String name, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(environment());
    // Long enough for a machine under load.
    all.put("FIND_TIMEOUT_MS", "60000");
    all.putAll(settings);
    BackendFactory factory = Backends.named(name);
    factory.check(all);
    return factory.create(new BackendContext(all, Clock.systemUTC(), Thread::startVirtualThread));
  }

  void reply(int status, String body) {
    replies.add(new Reply(status, "", body, false));
  }

  /** Headers and one byte, then silence. */
  void stall(int status) {
    replies.add(new Reply(status, "", "", true));
  }

  void refuse(int status, String errorType) {
    replies.add(
        new Reply(
            status,
            errorType,
            "{\"__type\":\"" + errorType + "\",\"message\":\"no, really\"}",
            false));
  }

  /** The result of a start that the peer refuses. */
  StartResult.NotStarted refusedStart(
      Backend backend, WorkRequest work, int status, String errorType) {
    refuse(status, errorType);
    StartResult result = backend.start(work);
    assertThat(result).isInstanceOf(StartResult.NotStarted.class);
    return (StartResult.NotStarted) result;
  }

  @Override
  public void close() {
    over.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    calls.add(
        new Call(
            exchange.getRequestMethod(),
            exchange.getRequestURI().getRawPath(),
            header(exchange, "X-Amz-Target"),
            header(exchange, "X-Amz-Invocation-Type"),
            header(exchange, "Authorization"),
            new String(body, StandardCharsets.UTF_8)));
    Reply reply = replies.poll();
    if (reply == null) {
      exchange.close();
      return;
    }
    exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
    if (!reply.errorType.isEmpty()) {
      exchange.getResponseHeaders().add("x-amzn-ErrorType", reply.errorType);
    }
    byte[] text = reply.body.getBytes(StandardCharsets.UTF_8);
    if (reply.stalls) {
      exchange.sendResponseHeaders(reply.status, 50);
      exchange.getResponseBody().write('{');
      exchange.getResponseBody().flush();
      try {
        over.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      exchange.close();
      return;
    }
    exchange.sendResponseHeaders(reply.status, text.length == 0 ? -1 : text.length);
    exchange.getResponseBody().write(text);
    exchange.close();
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }
}
