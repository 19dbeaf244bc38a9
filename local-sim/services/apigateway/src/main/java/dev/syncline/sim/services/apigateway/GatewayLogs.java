// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.contract.LogSink;
import dev.syncline.sim.service.http.HttpResponse;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Access logs in the stage's format, and execution logs. Thread-safe. */
record GatewayLogs(SimClock clock, LogSink sink) {
  void finished(
      Exchange exchange,
      RouteNode.@Nullable Match match,
      HttpResponse response,
      @Nullable GatewayRejection refusal,
      long latencyMillis) {
    Instant now = clock.now();
    DeployedStage stage = exchange.stage();
    if (!stage.accessLogGroup().isEmpty() && !stage.accessLogFormat().isEmpty()) {
      sink.append(
          stage.accessLogGroup(),
          exchange.apiId() + "-" + stage.name(),
          now,
          Templates.render(
              stage.accessLogFormat(),
              values(exchange, match, response, refusal, latencyMillis),
              "-"));
    }
    if (match != null) {
      new ExecutionLog(sink).finished(exchange, match, response, refusal, now);
    }
  }

  private static Map<String, String> values(
      Exchange exchange,
      RouteNode.@Nullable Match match,
      HttpResponse response,
      @Nullable GatewayRejection refusal,
      long latencyMillis) {
    Map<String, String> values = new LinkedHashMap<>(exchange.context());
    values.put("context.status", Integer.toString(response.status()));
    values.put("context.responseLength", Integer.toString(response.body().length));
    values.put("context.responseLatency", Long.toString(latencyMillis));
    if (match != null) {
      values.put("context.resourcePath", match.method().resourcePath());
      values.put("context.resourceId", match.method().resourceId());
    }
    if (refusal != null) {
      values.putAll(refusal.context());
      if (exchange.facts().isIntegrated()) {
        values.put("context.integrationErrorMessage", refusal.reason());
        values.put("context.integration.error", refusal.reason());
      }
    }
    return values;
  }

  /** A text as JSON shows it, for {@code …String} references. */
  static String quoted(String text) {
    return JsonNodeFactory.instance.textNode(text).toString();
  }
}
