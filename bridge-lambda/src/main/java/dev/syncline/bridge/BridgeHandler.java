// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.syncline.bridge.backend.BackendContext;
import dev.syncline.bridge.http.BridgeRequest;
import dev.syncline.bridge.http.BridgeRequestReader;
import dev.syncline.bridge.http.BridgeResponse;
import dev.syncline.bridge.realtime.JdkWebSocketTransport;
import dev.syncline.publisher.aws.EventsAuthorization;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * The Lambda function behind {@code POST /event} and {@code GET /event/{id}} of an API Gateway REST
 * API with proxy integration. It holds the caller while a backend works, and returns the result
 * that the backend publishes.
 *
 * <p>Thread-safe: one handler answers concurrent requests, each on its own thread, and all share
 * one reply subscription. Lambda creates one per execution environment. The constructor prepares
 * clients and the API key in the background, except for a snapshot. Nothing random is chosen, and
 * no channel is connected, before the first request, so a snapshot can be cloned.
 *
 * <p>Configuration: {@link BridgeConfig#fromEnvironment}, and for credentials {@link
 * EventsAuthorization#fromEnvironment}.
 */
public final class BridgeHandler implements RequestStreamHandler, AutoCloseable {

  private final Bridge bridge;

  /** Kept here because the runtime holds it weakly; null without SnapStart. */
  @SuppressWarnings({"FieldCanBeLocal", "unused"})
  private @Nullable SnapStartHook snapshot;

  /**
   * The function in Lambda: the process's environment, real time.
   *
   * @throws IllegalArgumentException naming the variable that is missing or wrong
   */
  public BridgeHandler() {
    this(bridge(System.getenv(), Clock.systemUTC(), daemonTimer(), BridgeHandler::onThread));
    if ("snap-start".equals(System.getenv("AWS_LAMBDA_INITIALIZATION_TYPE"))) {
      // A snapshot must not hold sockets, and not a key that may have expired when it is restored.
      snapshot = SnapStartHook.register(bridge);
    } else {
      bridge.warmUp();
    }
  }

  /**
   * Uses the given time, which may be virtual. A request's thread waits only in {@link
   * CompletableFuture#join()}, until a task of the scheduler wakes it.
   *
   * @param clock read in milliseconds
   * @param scheduler runs short tasks after a delay, in the same time as the clock
   * @throws IllegalArgumentException naming the variable that is missing or wrong
   */
  public BridgeHandler(Clock clock, ScheduledExecutorService scheduler) {
    this(System.getenv(), clock, scheduler);
  }

  /**
   * Uses the given environment and time, to run inside another program.
   *
   * @throws IllegalArgumentException naming the variable that is missing or wrong
   */
  public BridgeHandler(
      Map<String, String> environment, Clock clock, ScheduledExecutorService scheduler) {
    this(bridge(environment, clock, scheduler, Runnable::run));
  }

  BridgeHandler(Bridge bridge) {
    this.bridge = bridge;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    String invocationId = String.valueOf(context.getAwsRequestId());
    BridgeResponse response;
    try {
      BridgeRequest request = BridgeRequestReader.read(input);
      response = bridge.handle(request, context.getRemainingTimeInMillis(), invocationId);
    } catch (IOException e) {
      // Only the class: a parser's message may quote the input.
      response = bridge.refuse(invocationId, e.getClass().getSimpleName());
    }
    response.writeTo(output);
  }

  /** The counters since this handler was created. */
  public BridgeMetrics metrics() {
    return bridge.metrics();
  }

  /** Closes the socket and the clients, but not the scheduler. */
  @Override
  public void close() {
    bridge.close();
  }

  private static Bridge bridge(
      Map<String, String> given, Clock clock, ScheduledExecutorService scheduler, Executor calls) {
    Map<String, String> environment = SampleEnvironment.translate(given);
    BridgeConfig config = BridgeConfig.fromEnvironment(environment);
    Executor io = BridgeHandler::onThread;
    return new Bridge(
        config,
        new BridgeDependencies(
            clock,
            scheduler,
            () -> Secure.RANDOM.nextLong(),
            () -> config.backend().create(new BackendContext(environment, clock, io)),
            new JdkWebSocketTransport(),
            // Created lazily: loading the SDK adds 300 ms to a cold start.
            new LazyAuthorization(() -> EventsAuthorization.fromEnvironment(environment, clock)),
            KeySecret.fromEnvironment(environment),
            io,
            calls,
            CompletableFuture::join,
            new BridgeLog(clock, standardOutput())));
  }

  private static void onThread(Runnable task) {
    Thread.ofVirtual().name("bridge-io").start(task);
  }

  /** The runtime's standard output, always in UTF-8. */
  private static PrintStream standardOutput() {
    return new PrintStream(System.out, true, StandardCharsets.UTF_8);
  }

  private static ScheduledExecutorService daemonTimer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            1, task -> Thread.ofPlatform().daemon().name("bridge-timer").unstarted(task));
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  /** Seeded at its first use, not during the function's initialisation. */
  private static final class Secure {
    static final SecureRandom RANDOM = new SecureRandom();
  }
}
