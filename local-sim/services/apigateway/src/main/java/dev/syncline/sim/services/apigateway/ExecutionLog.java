// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import dev.syncline.sim.service.contract.LogSink;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Execution logs at the method's level. Lines are cut at 1,024 bytes, as on AWS; bodies of clients
 * and functions are in them only if the stage enables data tracing. Thread-safe.
 */
record ExecutionLog(LogSink sink) {
  private static final int MAX_LINE = 1024;

  void finished(
      Exchange exchange,
      RouteNode.Match match,
      HttpResponse response,
      @Nullable GatewayRejection refusal,
      Instant now) {
    DeployedStage stage = exchange.stage();
    String level = stage.setting(match.method(), "loggingLevel").asText("OFF");
    if (level.equals("OFF") || (level.equals("ERROR") && refusal == null)) {
      return;
    }
    boolean trace = stage.setting(match.method(), "dataTraceEnabled").asBoolean();
    if (level.equals("INFO")) {
      begun(exchange, match, trace, now);
      for (ExchangeFacts.Note note : exchange.facts().notes()) {
        if (trace || !note.trace()) {
          line(exchange, now, note.line());
        }
      }
    }
    if (refusal != null) {
      line(exchange, now, refusal.reason());
    }
    if (level.equals("INFO") && refusal == null) {
      if (trace) {
        line(exchange, now, "Method response body after transformations: " + text(response.body()));
      }
      line(exchange, now, "Successfully completed execution");
    }
    line(exchange, now, "Method completed with status: " + response.status());
    if (exchange.facts().isIntegrated()) {
      line(
          exchange,
          now,
          "AWS Integration Endpoint RequestId : "
              + exchange.facts().values().get("context.integration.requestId"));
    }
  }

  private void begun(Exchange exchange, RouteNode.Match match, boolean trace, Instant now) {
    HttpRequest request = exchange.request();
    String key = exchange.facts().apiKeyId();
    String stage = exchange.apiId() + "/" + exchange.stage().name();
    line(exchange, now, "Extended Request Id: " + exchange.extendedRequestId());
    line(
        exchange,
        now,
        "Verifying Usage Plan for request: "
            + exchange.requestId()
            + ". API Key: "
            + key
            + " API Stage: "
            + stage);
    if (!match.method().keyRequired()) {
      line(
          exchange,
          now,
          "API Key authorized because method '"
              + request.method()
              + " "
              + match.method().resourcePath()
              + "' does not require API Key. Request will not contribute to throttle or quota"
              + " limits");
    }
    if (!match.method().keyRequired() || !key.isEmpty()) {
      line(
          exchange,
          now,
          "Usage Plan check succeeded for API Key " + key + " and API Stage " + stage);
    }
    line(exchange, now, "Starting execution for request: " + exchange.requestId());
    line(exchange, now, "HTTP Method: " + request.method() + ", Resource Path: " + exchange.path());
    if (trace) {
      line(exchange, now, "Method request path: " + match.parameters());
      line(exchange, now, "Method request query string: " + request.query());
      line(
          exchange,
          now,
          "Method request headers: "
              + request.headers().entries().stream()
                  .filter(header -> !header.getKey().equalsIgnoreCase("authorization"))
                  .filter(header -> !header.getKey().equalsIgnoreCase("x-api-key"))
                  .map(header -> header.getKey() + "=" + header.getValue())
                  .collect(Collectors.joining(", ", "{", "}")));
      line(exchange, now, "Method request body before transformations: " + text(request.body()));
    }
  }

  private void line(Exchange exchange, Instant now, String text) {
    String whole = "(" + exchange.requestId() + ") " + text;
    byte[] bytes = whole.getBytes(StandardCharsets.UTF_8);
    sink.append(
        "API-Gateway-Execution-Logs_" + exchange.apiId() + "/" + exchange.stage().name(),
        exchange.stage().deploymentId(),
        now,
        bytes.length <= MAX_LINE
            ? whole
            : new String(bytes, 0, MAX_LINE - 11, StandardCharsets.UTF_8) + "[TRUNCATED]");
  }

  private static String text(byte[] body) {
    return new String(body, 0, Math.min(body.length, MAX_LINE), StandardCharsets.UTF_8);
  }
}
