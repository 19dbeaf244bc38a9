// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import dev.syncline.bridge.BridgeMetrics.Counter;
import dev.syncline.bridge.backend.Backend;
import dev.syncline.bridge.correlate.PendingReplies;
import dev.syncline.bridge.correlate.TimedJoin;
import dev.syncline.bridge.http.Problem;
import dev.syncline.bridge.http.ProblemException;
import dev.syncline.bridge.http.BridgeRequest;
import dev.syncline.bridge.http.BridgeResponse;
import dev.syncline.bridge.http.Route;
import dev.syncline.bridge.realtime.RealtimeTransport;
import dev.syncline.bridge.realtime.ReplyConnection;
import dev.syncline.publisher.CredentialSource;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * The bridge without Lambda around it: requests in, responses out, many at once. Every failure
 * becomes a problem document and every request one log line.
 *
 * <p>Thread-safe.
 */
final class Bridge implements AutoCloseable {

  /** Lambda answers with at most 6 MB, and the body is escaped into a JSON string before that. */
  private static final int MAX_RESPONSE_BYTES = 2_500_000;

  private static final int MAX_REMEMBERED = 1_000;
  private static final long MAX_REMEMBERED_CHARS = 4L * 1024 * 1024;

  /**
   * What the bridge stands on, replaceable one by one.
   *
   * @param calls runs calls of the backend, which are waited for until a deadline; on the request's
   *     own thread where time is virtual, so that no time is skipped while a call is under way
   */
  record Ground(
      Clock clock,
      ScheduledExecutorService scheduler,
      RandomGenerator random,
      Supplier<Backend> backend,
      RealtimeTransport transport,
      CredentialSource authorization,
      KeySecret keySecret,
      Executor io,
      Executor calls,
      TimedJoin.Blocking blocking,
      BridgeLog log) {}

  private final Ground ground;
  private final LazyValue<Backend> backend;
  private final BridgeMetrics metrics = new BridgeMetrics();
  private final ReplyInbox inbox;
  private final Submission submission;
  private final StatusQuery statusQuery;
  private final RequestLog requestLog;

  Bridge(BridgeConfig config, Ground ground) {
    this.ground = ground;
    this.backend = new LazyValue<>(ground.backend());
    PendingReplies pending = new PendingReplies(MAX_REMEMBERED, MAX_REMEMBERED_CHARS);
    TimedJoin timedJoin = new TimedJoin(ground.clock(), ground.scheduler(), ground.blocking());
    this.inbox =
        config
            .replies()
            .<ReplyInbox>map(replies -> inbox(replies, ground, pending, metrics))
            .orElseGet(NoReplyInbox::new);
    BoundedCalls calls = new BoundedCalls(ground.calls(), timedJoin);
    WorkStarter starter =
        new WorkStarter(
            pending,
            backend,
            calls,
            ground.clock(),
            timedJoin,
            ground.random(),
            config.doubtMillis(),
            metrics,
            ground.log());
    Reconciler reconciler = new Reconciler(pending, backend, calls, metrics, ground.log());
    this.submission =
        new Submission(
            config,
            pending,
            inbox,
            starter,
            reconciler,
            calls,
            ground.clock(),
            timedJoin,
            ground.random(),
            ground.keySecret(),
            metrics);
    this.statusQuery =
        new StatusQuery(config, pending, inbox, reconciler, ground.clock(), timedJoin);
    this.requestLog =
        new RequestLog(
            ground.log(), metrics, config.backend().name(), config.metrics(), config.logPayload());
  }

  private static EventsReplyInbox inbox(
      BridgeConfig.Replies replies, Ground ground, PendingReplies pending, BridgeMetrics metrics) {
    MissedReplies missed = new MissedReplies(ground.scheduler(), metrics, ground.log());
    ReplyConnection.Settings settings =
        new ReplyConnection.Settings(
            replies.endpoint().realtimeUri(),
            replies.endpoint().httpHost(),
            replies.subscribeTimeoutMillis());
    ReplyConnection.Ground under =
        new ReplyConnection.Ground(
            ground.authorization(),
            ground.transport(),
            ground.clock(),
            ground.scheduler(),
            ground.random(),
            ground.io());
    return new EventsReplyInbox(
        replies.namespace(),
        replies.mode(),
        ground.clock(),
        ground.random(),
        listener -> new ReplyConnection(settings, under, listener),
        new ReplyDispatcher(pending, missed, metrics, ground.log()),
        missed);
  }

  /**
   * Makes, off the calling thread, what the first request would otherwise wait for: the clients and
   * the API key. Chooses nothing and connects to no channel. What fails here is tried again by the
   * first request, which then reports it.
   */
  void warmUp() {
    ground
        .io()
        .execute(
            () -> {
              try {
                ground.authorization().credential();
                ground.transport().prepare();
              } catch (RuntimeException e) {
                ground.log().warn("could not be prepared", Map.of("detail", String.valueOf(e)));
              }
            });
    ground
        .io()
        .execute(
            () -> {
              try {
                byte[] unused = ground.keySecret().get();
              } catch (RuntimeException e) {
                ground.log().warn("could not be prepared", Map.of("detail", String.valueOf(e)));
              }
            });
    ground
        .io()
        .execute(
            () -> {
              try {
                backend.get();
              } catch (RuntimeException e) {
                ground.log().warn("could not be prepared", Map.of("detail", String.valueOf(e)));
              }
            });
  }

  /**
   * Makes and loads what needs no network, then lets go of every connection. What fails here is
   * tried again by the first request.
   */
  void prepareForSnapshot() {
    try {
      WarmUp.run();
      backend.get();
    } catch (RuntimeException e) {
      ground.log().warn("could not be prepared", Map.of("detail", String.valueOf(e)));
    }
    renew();
  }

  /** Forgets connections, channels and credentials: what comes next makes its own. */
  void renew() {
    inbox.renew();
    ground.transport().close();
    ground.keySecret().renew();
    if (ground.authorization() instanceof LazyCredentialSource lazy) {
      lazy.renew();
    }
  }

  /**
   * Answers one request; never throws.
   *
   * @param remainingMillis how long the function may still run
   * @param invocationId Lambda's id of this invocation
   */
  BridgeResponse handle(BridgeRequest request, long remainingMillis, String invocationId) {
    long began = ground.clock().millis();
    metrics.count(Counter.REQUESTS);
    RequestTrace trace = new RequestTrace(request, invocationId, began);
    BridgeResponse response;
    String problem = "";
    try {
      response =
          switch (Route.of(request)) {
            case Route.Submit submit -> submission.answer(request, remainingMillis, trace);
            case Route.Status status ->
                statusQuery.answer(request, status.id(), remainingMillis, trace);
          };
      int bytes = response.body().getBytes(StandardCharsets.UTF_8).length;
      if (bytes > MAX_RESPONSE_BYTES) {
        throw ResponseMapper.tooLarge(bytes, MAX_RESPONSE_BYTES);
      }
    } catch (ProblemException e) {
      problem = e.problem().kind();
      response = e.problem().with("correlationId", trace.correlationId()).toResponse();
      if (response.status() < 500) {
        metrics.count(Counter.REJECTED);
      }
    } catch (RuntimeException e) {
      problem = "internal-error";
      ground
          .log()
          .warn(
              "unexpected failure",
              Map.of(
                  "correlationId", trace.correlationId(),
                  "detail", String.valueOf(e),
                  "where", where(e)));
      response = internalError(trace.correlationId());
    }
    response = response.with("X-Correlation-Id", trace.correlationId());
    if (trace.traceparent().isPresent()) {
      response = response.with("traceparent", trace.traceparent().get());
    }
    requestLog.answered(
        request, response, trace, invocationId, ground.clock().millis() - began, problem);
    return response;
  }

  /** The answer to what is not even a request. */
  BridgeResponse refuse(String invocationId, String reason) {
    metrics.count(Counter.REQUESTS);
    metrics.count(Counter.REJECTED);
    ground.log().warn("not a proxy event", Map.of("requestId", invocationId, "reason", reason));
    return new Problem(
            400, "not-a-proxy-event", "Not a proxy event", "Call this through API Gateway.")
        .with("correlationId", invocationId)
        .toResponse();
  }

  BridgeMetrics metrics() {
    return metrics;
  }

  @Override
  public void close() {
    inbox.close();
    try {
      ground.transport().close();
      Backend made = backend.ifMade();
      if (made != null) {
        made.close();
      }
    } catch (Exception e) {
      ground.log().warn("could not be closed", Map.of("detail", String.valueOf(e)));
    }
  }

  /** The innermost frames, for the log. */
  private static String where(Throwable failure) {
    return Arrays.stream(failure.getStackTrace())
        .limit(8)
        .map(
            frame ->
                frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber())
        .collect(Collectors.joining(" < "));
  }

  private static BridgeResponse internalError(String correlationId) {
    return new Problem(
            500,
            "internal-error",
            "Internal error",
            "The bridge failed; its log has more under the correlation id.")
        .with("correlationId", correlationId)
        .toResponse();
  }
}
