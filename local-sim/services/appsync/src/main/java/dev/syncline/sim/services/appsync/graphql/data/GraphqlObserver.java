// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.data;

import dev.syncline.sim.events.Refusal;
import dev.syncline.sim.graphql.execution.GraphqlRequest;
import dev.syncline.sim.graphql.execution.GraphqlResponse;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.contract.LogSink;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.services.appsync.auth.GraphqlCaller;
import dev.syncline.sim.services.appsync.graphql.GraphqlApiRecord;
import dev.syncline.sim.services.appsync.graphql.GraphqlApiSettings.LogConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes the logs, metrics and journal events of requests. Thread-safe. */
record GraphqlObserver(
    SimClock clock, GraphqlRuns runs, GraphqlMetrics metrics, Supplier<LogSink> logs) {
  /** A request that was received at an API. */
  record Received(
      GraphqlApiRecord api,
      String requestId,
      HttpRequest request,
      Instant at,
      @Nullable GraphqlRequestLog log) {}

  /** A request was received. */
  Received received(GraphqlApiRecord api, String requestId, HttpRequest request) {
    LogConfig config = api.settings().logConfig();
    Instant now = clock.now();
    GraphqlRequestLog log =
        config == null ? null : new GraphqlRequestLog(api.apiId(), requestId, config, now);
    runs.begin(requestId, log);
    return new Received(api, requestId, request, now, log);
  }

  /** Its document was read. */
  void read(Received received, GraphqlRequest request) {
    GraphqlRequestLog log = received.log();
    if (log != null) {
      log.began(request.query(), request.operationName(), request.variables());
    }
  }

  /** It was executed. */
  void executed(
      Received received, GraphqlRequest request, GraphqlCaller caller, GraphqlResponse response) {
    String operation = request.operationName();
    runs.journal()
        .record(
            new GraphqlJournal.GraphqlAnswered(
                received.api().apiId(),
                received.requestId(),
                caller.mode().name(),
                operation == null ? "" : operation,
                GraphqlTexts.shown(request.query()),
                GraphqlTexts.shown(request.variables()),
                response.status(),
                response.body().path("errors").size(),
                response.resolverRuns(),
                Duration.between(received.at(), clock.now()),
                GraphqlTexts.shown(response.body())));
  }

  /** It was refused. */
  void refused(Received received, Refusal refusal) {
    runs.journal()
        .record(
            new GraphqlJournal.GraphqlRefused(
                received.api().apiId(),
                received.requestId(),
                refusal.status(),
                refusal.errorType(),
                refusal.reason()));
  }

  /** It was answered. */
  void answered(Received received, HttpResponse response) {
    Instant now = clock.now();
    runs.end(received.requestId());
    metrics.answered(
        received.api().apiId(),
        now,
        response.status(),
        Duration.between(received.at(), now),
        GraphqlAnswers.TOKENS);
    GraphqlRequestLog log = received.log();
    if (log != null) {
      log.ended(
          logs.get(),
          now,
          response.status(),
          GraphqlAnswers.TOKENS,
          received.request().headers().byName(),
          response.headers().byName());
    }
  }
}
