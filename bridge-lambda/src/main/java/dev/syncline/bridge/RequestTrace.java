// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import dev.syncline.bridge.correlate.CorrelationId;

/**
 * By which name a request is known: the gateway's or Lambda's id of it until the work has a name.
 * Confined to the request's thread.
 */
final class RequestTrace {

  private String correlationId;

  RequestTrace(String requestId) {
    this.correlationId = requestId;
  }

  void work(CorrelationId id) {
    correlationId = id.value();
  }

  String correlationId() {
    return correlationId;
  }
}
