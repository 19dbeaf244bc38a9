// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import dev.syncline.sim.kernel.JournalRecord;

/** Journal events of function URLs. They never contain payloads. */
sealed interface UrlEvent extends JournalRecord {
  /** The id of the request, which is the correlation id and that of the invocation. */
  String requestId();

  @Override
  default String source() {
    return "lambda";
  }

  @Override
  default String correlationId() {
    return requestId();
  }

  /** A URL received a request. */
  record UrlRequested(String requestId, String function, String method, String path)
      implements UrlEvent {}

  /** It was answered. */
  record UrlResponded(String requestId, int status, long latencyMillis) implements UrlEvent {}
}
