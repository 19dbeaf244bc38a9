// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process;

import dev.syncline.sim.lambda.FunctionOutcome;
import dev.syncline.sim.lambda.Invocation;
import dev.syncline.sim.lambda.RuntimeErrors;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The Lambda Runtime API, version 2018-06-01, for one environment: on its own loopback port, so
 * that the port identifies the environment. It serves clients that have the environment's {@link
 * RuntimeSecret} and are not web pages; others get 403 and their connection is closed. Each
 * connection has a virtual thread. Thread-safe.
 */
final class RuntimeApi implements AutoCloseable {
  private static final String PREFIX = "/2018-06-01/runtime/";
  private static final byte[] ACCEPTED = "{\"status\":\"OK\"}".getBytes(StandardCharsets.UTF_8);

  /** After reporting one of these AWS's client for Java ends its process. */
  private static final Set<String> FATAL =
      Set.of(
          "java.io.IOError",
          "java.lang.InternalError",
          "java.lang.OutOfMemoryError",
          "java.lang.StackOverflowError",
          "java.lang.UnknownError");

  private record Delivery(Invocation invocation, long deadlineMillis) {}

  private final ServerSocket server;
  private final RuntimeSecret secret;
  private final int concurrency;
  private final Function<FunctionOutcome, CompletableFuture<FunctionOutcome>> settle;
  private final CompletableFuture<FunctionOutcome> ready = new CompletableFuture<>();
  // Counted separately: an invocation that is being delivered is in flight, but does not run yet.
  private final AtomicInteger atWork = new AtomicInteger();
  private final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
  private final Map<String, CompletableFuture<FunctionOutcome>> inFlight =
      new ConcurrentHashMap<>();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Clock realClock;
  private final CompletableFuture<Void> wanted = new CompletableFuture<>();
  private volatile long restoredFromMillis = -1;
  private volatile @Nullable Duration restoreDuration;
  private volatile boolean closed;

  /**
   * Listens.
   *
   * @param secret the secret of clients
   * @param concurrency how many invocations the runtime may have at once
   * @param settle called with each outcome before it is reported; completes when all output before
   *     it has been read
   */
  RuntimeApi(
      RuntimeSecret secret,
      int concurrency,
      Clock realClock,
      Function<FunctionOutcome, CompletableFuture<FunctionOutcome>> settle)
      throws IOException {
    this.secret = secret;
    this.server = new ServerSocket(0, 64, InetAddress.getByName("127.0.0.1"));
    this.concurrency = concurrency;
    this.realClock = realClock;
    this.settle = settle;
    startThread(this::acceptAll);
  }

  /** {@code host:port/secret}, for {@code AWS_LAMBDA_RUNTIME_API}. */
  String address() {
    return secret.addressAt(hostAndPort());
  }

  private String hostAndPort() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  /**
   * Completes with the first {@code next}, of an invocation or of the restore from a snapshot, or
   * with the error that the runtime posted.
   */
  CompletableFuture<FunctionOutcome> ready() {
    return ready;
  }

  /** Passes an invocation to the runtime. */
  CompletableFuture<FunctionOutcome> deliver(Invocation invocation, long deadlineMillis) {
    var outcome = new CompletableFuture<FunctionOutcome>();
    inFlight.put(invocation.requestId(), outcome);
    deliveries.add(new Delivery(invocation, deadlineMillis));
    wanted.complete(null);
    return outcome;
  }

  /** How long the restore took, empty without a restore. */
  Optional<Duration> restoreDuration() {
    return Optional.ofNullable(restoreDuration);
  }

  /** Ends everything that is still open with an error made from the request id. */
  void fail(Function<String, FunctionOutcome> error) {
    ready.complete(error.apply(""));
    for (String requestId : new ArrayList<>(inFlight.keySet())) {
      CompletableFuture<FunctionOutcome> outcome = inFlight.remove(requestId);
      if (outcome != null) {
        outcome.complete(error.apply(requestId));
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    wanted.complete(null);
    closeQuietly(server);
    sockets.forEach(RuntimeApi::closeQuietly);
    threads.forEach(Thread::interrupt);
  }

  private void startThread(Runnable work) {
    Thread thread =
        Thread.ofVirtual()
            .name("runtime-api")
            .unstarted(
                () -> {
                  try {
                    work.run();
                  } finally {
                    threads.remove(Thread.currentThread());
                  }
                });
    threads.add(thread);
    thread.start();
  }

  private void acceptAll() {
    while (!closed) {
      try {
        Socket socket = server.accept();
        sockets.add(socket);
        startThread(() -> serve(socket));
      } catch (IOException stopped) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      var connection = new RuntimeApiConnection(socket, RuntimeErrors.MAX_SYNCHRONOUS_PAYLOAD);
      RuntimeApiConnection.Request request = connection.read();
      while (request != null && !closed) {
        if (!isOfRuntime(request)) {
          error(
              connection,
              403,
              "Forbidden",
              "This is the Runtime API of one Lambda function's environment, for its own processes;"
                  + " they find the address in AWS_LAMBDA_RUNTIME_API");
          return;
        }
        answer(connection, request, secret.behind(request.path()));
        request = connection.read();
      }
    } catch (IOException gone) {
      // The runtime's process ended, or we are closing; the exit itself is watched elsewhere.
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } finally {
      sockets.remove(socket);
    }
  }

  /** Whether the client has the secret, addresses this host, and is not a web page. */
  private boolean isOfRuntime(RuntimeApiConnection.Request request) {
    return secret.opens(request.path())
        && hostAndPort().equals(request.headers().get("host"))
        && !request.headers().containsKey("origin")
        && !request.headers().containsKey("sec-fetch-site");
  }

  private void answer(
      RuntimeApiConnection connection, RuntimeApiConnection.Request request, String path)
      throws IOException, InterruptedException {
    if (!path.startsWith(PREFIX)) {
      error(connection, 404, "NotFound", "There is no " + path);
      return;
    }
    String route = request.method() + " " + path.substring(PREFIX.length());
    switch (route) {
      case "GET invocation/next" -> next(connection);
      case "POST init/error" -> initError(connection, request);
      case "GET restore/next" -> restore(connection);
      case "POST restore/error" -> restoreError(connection, request);
      default -> {
        String[] parts = route.split("/");
        if (parts.length == 3 && parts[0].equals("POST invocation")) {
          if (parts[2].equals("response")) {
            response(connection, request, parts[1]);
            return;
          }
          if (parts[2].equals("error")) {
            invocationError(connection, request, parts[1]);
            return;
          }
        }
        error(connection, 404, "NotFound", "There is no " + route);
      }
    }
  }

  private void next(RuntimeApiConnection connection) throws IOException, InterruptedException {
    if (atWork.get() >= concurrency) {
      invalidTransition(connection, "Running", "Ready");
      return;
    }
    ready.complete(FunctionOutcome.success(new byte[0]));
    if (restoredFromMillis >= 0 && restoreDuration == null) {
      restoreDuration = Duration.ofMillis(realClock.millis() - restoredFromMillis);
    }
    Delivery delivery = deliveries.take();
    atWork.incrementAndGet();
    Invocation invocation = delivery.invocation();
    var headers = new ArrayList<String>();
    put(headers, "Lambda-Runtime-Aws-Request-Id", invocation.requestId());
    put(headers, "Lambda-Runtime-Deadline-Ms", Long.toString(delivery.deadlineMillis()));
    put(headers, "Lambda-Runtime-Invoked-Function-Arn", invocation.invokedArn());
    put(headers, "Lambda-Runtime-Trace-Id", invocation.traceId());
    put(headers, "Lambda-Runtime-Client-Context", invocation.clientContext());
    connection.write(200, invocation.payload(), headers.toArray(String[]::new));
  }

  private void response(
      RuntimeApiConnection connection, RuntimeApiConnection.Request request, String requestId)
      throws IOException {
    CompletableFuture<FunctionOutcome> outcome = take(connection, requestId);
    if (outcome == null) {
      return;
    }
    if (request.tooLarge()) {
      // AWS's client exits when its answer is refused, so it must get no further invocation.
      pass(RuntimeErrors.responseTooLarge(true), outcome);
      error(
          connection,
          413,
          "RequestEntityTooLarge",
          "Exceeded maximum allowed payload size ("
              + RuntimeErrors.MAX_SYNCHRONOUS_PAYLOAD
              + " bytes).");
      return;
    }
    pass(FunctionOutcome.success(request.body()), outcome);
    connection.write(202, ACCEPTED);
  }

  private void invocationError(
      RuntimeApiConnection connection, RuntimeApiConnection.Request request, String requestId)
      throws IOException {
    CompletableFuture<FunctionOutcome> outcome = take(connection, requestId);
    if (outcome == null) {
      return;
    }
    FunctionOutcome failed = failure(request, "Runtime.UnknownReason", false);
    pass(
        FATAL.contains(String.valueOf(failed.errorType()))
            ? FunctionOutcome.failure(failed.payload(), String.valueOf(failed.errorType()), true)
            : failed,
        outcome);
    connection.write(202, ACCEPTED);
  }

  private void initError(RuntimeApiConnection connection, RuntimeApiConnection.Request request)
      throws IOException {
    if (ready.isDone()) {
      invalidTransition(connection, "Ready", "InitError");
      return;
    }
    settle.apply(failure(request, "Runtime.Unknown", true)).thenAccept(ready::complete);
    connection.write(202, ACCEPTED);
  }

  /** The snapshot is taken here; the first invocation restores it. */
  private void restore(RuntimeApiConnection connection) throws IOException {
    if (ready.isDone()) {
      invalidTransition(connection, "Ready", "Restoring");
      return;
    }
    ready.complete(FunctionOutcome.success(new byte[0]));
    wanted.join();
    restoredFromMillis = realClock.millis();
    connection.write(200, new byte[0]);
  }

  private void restoreError(RuntimeApiConnection connection, RuntimeApiConnection.Request request)
      throws IOException {
    FunctionOutcome failed = failure(request, "Runtime.RestoreError", true);
    deliveries.clear();
    for (CompletableFuture<FunctionOutcome> outcome : takeAll()) {
      pass(failed, outcome);
    }
    connection.write(202, ACCEPTED);
  }

  private List<CompletableFuture<FunctionOutcome>> takeAll() {
    var taken = new ArrayList<CompletableFuture<FunctionOutcome>>();
    for (String requestId : new ArrayList<>(inFlight.keySet())) {
      CompletableFuture<FunctionOutcome> outcome = inFlight.remove(requestId);
      if (outcome != null) {
        taken.add(outcome);
      }
    }
    return taken;
  }

  private void pass(FunctionOutcome outcome, CompletableFuture<FunctionOutcome> waiting) {
    settle.apply(outcome).thenAccept(waiting::complete);
  }

  private @Nullable CompletableFuture<FunctionOutcome> take(
      RuntimeApiConnection connection, String requestId) throws IOException {
    CompletableFuture<FunctionOutcome> outcome = inFlight.remove(requestId);
    if (outcome == null) {
      error(connection, 400, "InvalidRequestID", "Invalid request ID");
    } else {
      atWork.decrementAndGet();
    }
    return outcome;
  }

  private static FunctionOutcome failure(
      RuntimeApiConnection.Request request, String fallback, boolean lost) {
    String header = request.headers().get("lambda-runtime-function-error-type");
    String type = RuntimeErrors.typeOf(request.body(), header == null ? fallback : header);
    return FunctionOutcome.failure(request.body(), type, lost);
  }

  private static void invalidTransition(RuntimeApiConnection connection, String from, String to)
      throws IOException {
    error(
        connection,
        403,
        "InvalidStateTransition",
        "State transition from "
            + from
            + " to "
            + to
            + " failed for runtime. Error: State transition is not allowed");
  }

  private static void error(
      RuntimeApiConnection connection, int status, String type, String message) throws IOException {
    connection.write(status, RuntimeErrors.of(type, message, false).payload());
  }

  private static void put(ArrayList<String> headers, String name, @Nullable String value) {
    if (value != null) {
      headers.add(name);
      headers.add(value);
    }
  }

  private static void closeQuietly(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception alreadyGone) {
      // Nothing is lost: the resource is not used any more.
    }
  }
}
