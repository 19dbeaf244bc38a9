// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import dev.syncline.bridge.BridgeMetrics.Counter;
import dev.syncline.bridge.backend.Backend;
import dev.syncline.bridge.correlate.PendingReplies;
import dev.syncline.bridge.correlate.ReplyWait;
import dev.syncline.bridge.correlate.TimedJoin;
import dev.syncline.bridge.http.BridgeRequest;
import dev.syncline.bridge.http.BridgeResponse;
import dev.syncline.bridge.http.Problem;
import dev.syncline.bridge.http.ProblemException;
import dev.syncline.bridge.http.Route;
import dev.syncline.bridge.realtime.ReplyConnection;
import dev.syncline.bridge.realtime.ReplyConnectionDependencies;
import dev.syncline.bridge.realtime.ReplyConnectionSettings;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Answers requests concurrently, without the Lambda API. Every failure becomes a problem document,
 * and every request writes one log line.
 *
 * <p>Thread-safe.
 */
final class Bridge implements AutoCloseable {

  /** Lambda's limit is 6 MB, and escaping the body into a JSON string makes it larger. */
  private static final int MAX_RESPONSE_BYTES = 2_500_000;

  private static final int MAX_REMEMBERED = 1_000;
  private static final long MAX_REMEMBERED_CHARS = 4L * 1024 * 1024;

  private final BridgeDependencies dependencies;
  private final LazyValue<Backend> backend;
  private final BridgeMetrics metrics = new BridgeMetrics();
  private final ReplyInbox inbox;
  private final Submission submission;
  private final StatusQuery statusQuery;
  private final RequestLog requestLog;

  Bridge(BridgeConfig config, BridgeDependencies dependencies) {
    this.dependencies = dependencies;
    this.backend = new LazyValue<>(dependencies.backend());
    PendingReplies pending = new PendingReplies(MAX_REMEMBERED, MAX_REMEMBERED_CHARS);
    TimedJoin timedJoin =
        new TimedJoin(dependencies.clock(), dependencies.scheduler(), dependencies.blocking());
    this.inbox =
        config
            .replies()
            .<ReplyInbox>map(replies -> inbox(replies, dependencies, pending, metrics))
            .orElseGet(NoReplyInbox::new);
    BoundedCalls calls = new BoundedCalls(dependencies.calls(), timedJoin);
    StartResults results =
        new StartResults(
            pending, dependencies.clock(), config.doubtMillis(), metrics, dependencies.log());
    WorkStarter starter =
        new WorkStarter(
            new StartAttempts.Dependencies(
                pending,
                backend,
                calls,
                dependencies.clock(),
                timedJoin,
                dependencies.random(),
                results,
                metrics,
                dependencies.log()));
    Reconciler reconciler = new Reconciler(pending, backend, calls, metrics, dependencies.log());
    ReplyWait replyWait =
        new ReplyWait(dependencies.clock(), timedJoin, config.reconcileLeadMillis());
    this.submission =
        new Submission(
            config,
            pending,
            inbox,
            starter,
            reconciler,
            calls,
            dependencies.clock(),
            timedJoin,
            replyWait,
            dependencies.random(),
            dependencies.keySecret(),
            metrics);
    this.statusQuery =
        new StatusQuery(
            config, pending, inbox, reconciler, dependencies.clock(), timedJoin, replyWait);
    this.requestLog =
        new RequestLog(
            dependencies.log(),
            metrics,
            config.backend().name(),
            config.metrics(),
            config.logPayload());
  }

  private static EventsReplyInbox inbox(
      BridgeConfig.Replies replies,
      BridgeDependencies dependencies,
      PendingReplies pending,
      BridgeMetrics metrics) {
    MissedReplies missed = new MissedReplies(dependencies.scheduler(), metrics, dependencies.log());
    ReplyConnectionSettings settings =
        new ReplyConnectionSettings(
            replies.endpoint().realtimeUri(),
            replies.endpoint().httpHost(),
            replies.subscribeTimeoutMillis());
    ReplyConnectionDependencies connectionDependencies =
        new ReplyConnectionDependencies(
            dependencies.authorization(),
            dependencies.transport(),
            dependencies.clock(),
            dependencies.scheduler(),
            dependencies.random(),
            dependencies.io());
    return new EventsReplyInbox(
        replies.namespace(),
        replies.mode(),
        dependencies.clock(),
        dependencies.random(),
        listener -> new ReplyConnection(settings, connectionDependencies, listener),
        new ReplyDispatcher(pending, missed, metrics, dependencies.log()),
        missed);
  }

  /**
   * Creates the clients and reads the keys in the background, so that the first request does not
   * wait for them. Chooses nothing random and connects to no channel. The first request retries
   * what fails here, and reports it.
   */
  void warmUp() {
    prepareInBackground(
        () -> {
          dependencies.authorization().credential();
          dependencies.transport().prepare();
        });
    prepareInBackground(dependencies.keySecret()::get);
    prepareInBackground(backend::get);
  }

  private void prepareInBackground(Runnable step) {
    dependencies.io().execute(() -> prepare(step));
  }

  private void prepare(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      dependencies.log().warn("preparation failed", Map.of("detail", String.valueOf(e)));
    }
  }

  /**
   * Creates and loads what needs no network, then closes every connection. The first request
   * retries what fails here.
   */
  void prepareForSnapshot() {
    prepare(
        () -> {
          WarmUp.run();
          backend.get();
        });
    renew();
  }

  /** Drops connections, channels and credentials; the next request creates new ones. */
  void renew() {
    inbox.renew();
    dependencies.transport().close();
    dependencies.keySecret().renew();
    if (dependencies.authorization() instanceof LazyAuthorization lazy) {
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
    long began = dependencies.clock().millis();
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
      dependencies
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
        request, response, trace, invocationId, dependencies.clock().millis() - began, problem);
    return response;
  }

  /** The response to an invocation that is not an API Gateway event. */
  BridgeResponse refuse(String invocationId, String reason) {
    metrics.count(Counter.REQUESTS);
    metrics.count(Counter.REJECTED);
    dependencies
        .log()
        .warn("not a proxy event", Map.of("requestId", invocationId, "reason", reason));
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
      dependencies.transport().close();
      Backend made = backend.ifMade();
      if (made != null) {
        made.close();
      }
    } catch (Exception e) {
      dependencies.log().warn("close failed", Map.of("detail", String.valueOf(e)));
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
            "The bridge failed; its log has the details under the correlation id.")
        .with("correlationId", correlationId)
        .toResponse();
  }
}
