// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import dev.syncline.sim.kernel.JournalRecord;

/** Journal events of the data plane. They never contain payloads. */
public sealed interface GatewayEvent extends JournalRecord {

  /** The id of the request, which is the correlation id. */
  String requestId();

  @Override
  default String source() {
    return "apigateway";
  }

  @Override
  default String correlationId() {
    return requestId();
  }

  /** A stage received a request. */
  record RequestReceived(
      String requestId, String apiId, String stage, String method, String path, String traceId)
      implements GatewayEvent {}

  /** The gateway called its integration. */
  record IntegrationInvoked(String requestId, String function, String functionRequestId)
      implements GatewayEvent {}

  /** The gateway responded. {@code reason} is empty unless the response is the gateway's own. */
  record Responded(String requestId, int status, @OmitEmpty String reason, long latencyMillis)
      implements GatewayEvent {}
}
