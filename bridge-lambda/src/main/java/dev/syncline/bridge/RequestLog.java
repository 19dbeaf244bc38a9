// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import dev.syncline.bridge.http.BridgeRequest;
import dev.syncline.bridge.http.BridgeResponse;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes one line per request: its log entry and, in CloudWatch's embedded metric format, its
 * metrics. Thread-safe.
 *
 * @param backend the dimension of the metrics
 * @param payload whether bodies are logged, truncated to {@value #MAX_PAYLOAD_CHARS} characters
 */
record RequestLog(
    BridgeLog log,
    BridgeMetrics metrics,
    String backend,
    boolean embeddedMetrics,
    boolean payload) {
  private static final int MAX_PAYLOAD_CHARS = 2_000;

  /**
   * @param problem the kind of the problem document; empty for a success
   */
  void answered(
      BridgeRequest request,
      BridgeResponse response,
      RequestTrace trace,
      String invocationId,
      long millis,
      String problem) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("correlationId", trace.correlationId());
    if (!trace.workId().isEmpty()) {
      fields.put("id", trace.workId());
    }
    fields.put("requestId", invocationId);
    fields.put("method", request.method());
    fields.put("status", response.status());
    fields.put("millis", millis);
    if (!problem.isEmpty()) {
      fields.put("problem", problem);
    }
    trace.traceparent().ifPresent(parent -> fields.put("traceparent", parent));
    if (payload) {
      fields.put("requestBody", cut(request.body() == null ? "" : request.body()));
      fields.put("responseBody", cut(response.body()));
    }
    Map<String, Long> figures = Map.of();
    if (embeddedMetrics) {
      fields.put("backend", backend);
      figures = new LinkedHashMap<>(metrics.takeDeltas());
      figures.put("wait", millis);
    }
    log.answered(fields, figures);
  }

  private static String cut(String text) {
    return text.length() <= MAX_PAYLOAD_CHARS ? text : text.substring(0, MAX_PAYLOAD_CHARS) + "…";
  }
}
