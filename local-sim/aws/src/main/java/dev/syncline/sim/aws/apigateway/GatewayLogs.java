// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.apigateway;

import dev.syncline.sim.aws.port.HttpResponse;
import dev.syncline.sim.aws.service.LogSink;
import dev.syncline.sim.kernel.SimClock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Access logs in the stage's format, and execution logs at the method's level. */
final class GatewayLogs {
  private final SimClock clock;
  private final LogSink sink;

  GatewayLogs(SimClock clock, LogSink sink) {
    this.clock = clock;
    this.sink = sink;
  }

  void finished(
      Exchange exchange,
      RouteNode.@Nullable Match match,
      HttpResponse response,
      @Nullable Refusal refusal,
      long latencyMillis) {
    Instant now = clock.now();
    if (!exchange.stage().accessLogGroup().isEmpty()
        && !exchange.stage().accessLogFormat().isEmpty()) {
      Map<String, String> values = new LinkedHashMap<>(exchange.context());
      values.put("context.status", Integer.toString(response.status()));
      values.put("context.responseLength", Integer.toString(response.body().length));
      values.put("context.responseLatency", Long.toString(latencyMillis));
      if (match != null) {
        values.put("context.resourcePath", match.method().resourcePath());
        values.put("context.resourceId", match.method().resourceId());
        values.put("context.integrationLatency", Long.toString(latencyMillis));
      }
      if (refusal != null) {
        values.put("context.error.message", refusal.text());
        values.put("context.error.messageString", "\"" + refusal.text() + "\"");
        values.put("context.error.responseType", refusal.type().name());
        values.put("context.integrationErrorMessage", refusal.reason());
      }
      sink.append(
          exchange.stage().accessLogGroup(),
          exchange.apiId() + "-" + exchange.stage().name(),
          now,
          Templates.render(exchange.stage().accessLogFormat(), values, "-"));
    }
    if (match != null) {
      execution(exchange, match, response, refusal, now);
    }
  }

  private void execution(
      Exchange exchange,
      RouteNode.Match match,
      HttpResponse response,
      @Nullable Refusal refusal,
      Instant now) {
    String level = exchange.stage().setting(match.method(), "loggingLevel").asText("OFF");
    if (level.equals("OFF") || (level.equals("ERROR") && refusal == null)) {
      return;
    }
    if (level.equals("INFO")) {
      line(exchange, now, "Extended Request Id: " + exchange.extendedRequestId());
      line(
          exchange,
          now,
          "Starting execution for request: "
              + exchange.requestId()
              + "; HTTP Method: "
              + exchange.request().method()
              + ", Resource Path: "
              + match.method().resourcePath());
    }
    if (refusal != null) {
      line(exchange, now, refusal.reason());
    }
    line(exchange, now, "Method completed with status: " + response.status());
  }

  private void line(Exchange exchange, Instant now, String text) {
    sink.append(
        "API-Gateway-Execution-Logs_" + exchange.apiId() + "/" + exchange.stage().name(),
        exchange.stage().deploymentId(),
        now,
        "(" + exchange.requestId() + ") " + text);
  }
}
