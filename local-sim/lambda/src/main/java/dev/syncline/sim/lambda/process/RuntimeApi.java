// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process;

import dev.syncline.sim.lambda.FunctionOutcome;
import dev.syncline.sim.lambda.Invocation;
import dev.syncline.sim.lambda.ResponseSink;
import dev.syncline.sim.lambda.RuntimeErrors;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
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
  private static final String ERROR_TYPE = "lambda-runtime-function-error-type";
  private static final byte[] ACCEPTED = "{\"status\":\"OK\"}\n".getBytes(StandardCharsets.UTF_8);

  /**
   * How long an answer waits for the runtime's next request, in milliseconds of real time. A
   * runtime usually asks at once; then a caller who got the answer finds the environment free. One
   * that works on is left to it, and its caller has the answer, as on Lambda.
   */
  private static final long MAX_WAIT_FOR_NEXT = 50;

  private final ServerSocket server;
  private final RuntimeSecret secret;
  private final InFlight inFlight;
  private final Function<FunctionOutcome, CompletableFuture<FunctionOutcome>> settle;
  private final CompletableFuture<FunctionOutcome> ready = new CompletableFuture<>();
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
    this.inFlight = new InFlight(concurrency);
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
    InFlight.Entry entry = inFlight.deliver(invocation, deadlineMillis);
    wanted.complete(null);
    return entry.outcome;
  }

  /** Completes when the runtime has asked for another invocation after this one. */
  CompletableFuture<Void> free(String requestId) {
    return inFlight.free(requestId);
  }

  /** How long the restore took, empty without a restore. */
  Optional<Duration> restoreDuration() {
    return Optional.ofNullable(restoreDuration);
  }

  /** Ends everything that is still open with an error made from the request id. */
  void fail(Function<String, FunctionOutcome> error) {
    ready.complete(error.apply(""));
    for (InFlight.Entry entry : inFlight.clear()) {
      if (!entry.isAnswered()) {
        entry.outcome.complete(error.apply(entry.invocation.requestId()));
      }
      entry.free.complete(null);
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
      var connection = new RuntimeApiConnection(socket);
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
        connection.skip(request);
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
      notThere(connection, request, path);
      return;
    }
    String route = request.method() + " " + path.substring(PREFIX.length());
    switch (route) {
      case "GET invocation/next" -> next(connection, request);
      case "POST init/error" -> initError(connection, request);
      case "GET restore/next" -> restore(connection);
      case "POST restore/error" -> restoreError(connection, request);
      default -> {
        String[] parts = route.split("/", -1);
        boolean invocation = parts.length == 3 && parts[0].equals("POST invocation");
        if (invocation && parts[2].equals("response")) {
          response(connection, request, parts[1]);
        } else if (invocation && parts[2].equals("error")) {
          invocationError(connection, request, parts[1]);
        } else {
          notThere(connection, request, route);
        }
      }
    }
  }

  private static void notThere(
      RuntimeApiConnection connection, RuntimeApiConnection.Request request, String what)
      throws IOException {
    connection.skip(request);
    error(connection, 404, "NotFound", "There is no " + what);
  }

  private void next(RuntimeApiConnection connection, RuntimeApiConnection.Request request)
      throws IOException, InterruptedException {
    connection.skip(request);
    if (!inFlight.mayAsk()) {
      invalidTransition(connection, "Running", "Ready");
      return;
    }
    ready.complete(FunctionOutcome.success(new byte[0]));
    if (restoredFromMillis >= 0 && restoreDuration == null) {
      restoreDuration = Duration.ofMillis(realClock.millis() - restoredFromMillis);
    }
    InFlight.Entry next = inFlight.take();
    Invocation invocation = next.invocation;
    var headers = new ArrayList<String>();
    put(headers, "Lambda-Runtime-Aws-Request-Id", invocation.requestId());
    put(headers, "Lambda-Runtime-Deadline-Ms", Long.toString(next.deadlineMillis));
    put(headers, "Lambda-Runtime-Invoked-Function-Arn", invocation.invokedArn());
    put(headers, "Lambda-Runtime-Trace-Id", invocation.traceId());
    put(headers, "Lambda-Runtime-Client-Context", invocation.clientContext());
    put(headers, "Lambda-Runtime-Cognito-Identity", invocation.cognitoIdentity());
    put(headers, "Lambda-Runtime-Aws-Tenant-Id", invocation.tenantId());
    connection.write(200, invocation.payload(), headers.toArray(String[]::new));
  }

  private void response(
      RuntimeApiConnection connection, RuntimeApiConnection.Request request, String requestId)
      throws IOException {
    InFlight.Entry entry = claim(connection, request, requestId);
    if (entry == null) {
      return;
    }
    String mode = request.headers().get("lambda-runtime-function-response-mode");
    if (mode != null && !mode.equalsIgnoreCase("streaming")) {
      String refused = "Invalid response mode " + mode;
      pass(RuntimeErrors.of("Runtime.InvalidResponseModeHeader", refused, false), entry);
      connection.skip(request);
      error(connection, 400, "InvalidFunctionResponseMode", refused);
      return;
    }
    ResponseSink stream = mode == null ? null : entry.invocation.stream();
    PostedBody body = stream == null ? PostedBody.kept() : PostedBody.streamed(stream);
    if (stream != null) {
      stream.start(request.headers().getOrDefault("content-type", "application/octet-stream"));
    }
    Map<String, String> trailers;
    try {
      trailers = connection.body(request, body);
    } catch (IOException cutOff) {
      pass(truncated(), entry);
      error(connection, 400, "TruncatedHTTPRequest", "HTTP request was truncated");
      throw cutOff;
    }
    if (body.tooLarge()) {
      // AWS's clients end their process when their answer is refused.
      pass(RuntimeErrors.responseTooLarge(false), entry);
      error(
          connection,
          413,
          "RequestEntityTooLarge",
          "Exceeded maximum allowed payload size ("
              + RuntimeErrors.MAX_SYNCHRONOUS_PAYLOAD
              + " bytes).");
      return;
    }
    pass(body.response(trailers), entry);
    connection.write(202, ACCEPTED);
  }

  private void invocationError(
      RuntimeApiConnection connection, RuntimeApiConnection.Request request, String requestId)
      throws IOException {
    InFlight.Entry entry = claim(connection, request, requestId);
    if (entry == null) {
      return;
    }
    try {
      pass(failure(connection, request, "Runtime.UnknownReason", false), entry);
    } catch (IOException cutOff) {
      pass(truncated(), entry);
      throw cutOff;
    }
    connection.write(202, ACCEPTED);
  }

  private void initError(RuntimeApiConnection connection, RuntimeApiConnection.Request request)
      throws IOException {
    FunctionOutcome failed = failure(connection, request, "Runtime.Unknown", true);
    if (ready.isDone()) {
      invalidTransition(connection, "Ready", "InitError");
      return;
    }
    settle.apply(failed).thenAccept(ready::complete);
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
    FunctionOutcome failed = failure(connection, request, "Runtime.RestoreError", true);
    for (InFlight.Entry entry : inFlight.clear()) {
      entry.free.complete(null);
      pass(failed, entry);
    }
    connection.write(202, ACCEPTED);
  }

  private static FunctionOutcome truncated() {
    return RuntimeErrors.of("Runtime.TruncatedResponse", "Response was truncated", false);
  }

  /** Reports an outcome after the output before it. */
  private void pass(FunctionOutcome outcome, InFlight.Entry entry) {
    settle
        .apply(outcome)
        .thenCompose(
            settled ->
                entry
                    .free
                    .copy()
                    .completeOnTimeout(null, MAX_WAIT_FOR_NEXT, TimeUnit.MILLISECONDS)
                    .thenApply(free -> settled))
        .thenAccept(entry.outcome::complete);
  }

  private InFlight.@Nullable Entry claim(
      RuntimeApiConnection connection, RuntimeApiConnection.Request request, String requestId)
      throws IOException {
    InFlight.Claim claim = inFlight.answer(requestId);
    switch (claim.answer()) {
      case ACCEPTED -> {
        return claim.entry();
      }
      case UNKNOWN_ID -> {
        connection.skip(request);
        error(connection, 400, "InvalidRequestID", "Invalid request ID");
      }
      case ANSWERED_BEFORE -> {
        connection.skip(request);
        invalidTransition(connection, "InvocationResponseSent", "InvocationResponse");
      }
    }
    return null;
  }

  private static FunctionOutcome failure(
      RuntimeApiConnection connection,
      RuntimeApiConnection.Request request,
      String fallback,
      boolean lost)
      throws IOException {
    var body = PostedBody.kept();
    var unused = connection.body(request, body);
    if (body.tooLarge()) {
      return RuntimeErrors.responseTooLarge(lost);
    }
    String header = request.headers().get(ERROR_TYPE);
    String type = RuntimeErrors.typeOf(body.bytes(), header == null ? fallback : header);
    return FunctionOutcome.failure(body.bytes(), type, lost);
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
