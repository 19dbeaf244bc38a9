// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import dev.syncline.bridge.correlate.CorrelationId;
import dev.syncline.bridge.http.BridgeRequest;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The correlation id of a request: the caller's own {@code X-Correlation-Id} if it sent one, else
 * the work's id. Before the work has an id, it is the gateway's or Lambda's request id. Confined to
 * the request's thread.
 */
final class RequestTrace {

  /** Also limits what a caller can write into logs and headers. */
  private static final Pattern CALLERS_ID = Pattern.compile("[!-~]{1,128}");

  /** W3C Trace Context, version 00 and what follows it. */
  private static final Pattern TRACEPARENT =
      Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

  private final Optional<String> callersId;
  private final Optional<String> traceparent;
  private final long receivedAt;
  private String correlationId;
  private String workId = "";

  RequestTrace(BridgeRequest request, String invocationId, long receivedAt) {
    this.receivedAt = receivedAt;
    this.callersId =
        request.header("x-correlation-id").filter(id -> CALLERS_ID.matcher(id).matches());
    this.traceparent =
        request.header("traceparent").filter(parent -> TRACEPARENT.matcher(parent).matches());
    String requestId = request.requestId().isEmpty() ? invocationId : request.requestId();
    this.correlationId = callersId.orElse(requestId);
  }

  /** The caller's own correlation id, if it sent one. */
  Optional<String> callersId() {
    return callersId;
  }

  void work(CorrelationId id) {
    workId = id.value();
    if (callersId.isEmpty()) {
      correlationId = workId;
    }
  }

  /** The caller's trace context, if it sent one that is well-formed. */
  Optional<String> traceparent() {
    return traceparent;
  }

  /** When the bridge got the request, in epoch milliseconds. */
  long receivedAt() {
    return receivedAt;
  }

  /** The work's id; empty until it is known. */
  String workId() {
    return workId;
  }

  String correlationId() {
    return correlationId;
  }
}
