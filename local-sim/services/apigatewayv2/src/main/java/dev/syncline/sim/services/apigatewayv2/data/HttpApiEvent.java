// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigatewayv2.data;

import dev.syncline.sim.kernel.JournalRecord;
import dev.syncline.sim.kernel.JournalRecord.OmitEmpty;

/** Journal events of the data plane. They never contain payloads. */
public sealed interface HttpApiEvent extends JournalRecord {
  /** The id of the request, which is the correlation id. */
  String requestId();

  @Override
  default String source() {
    return "apigatewayv2";
  }

  @Override
  default String correlationId() {
    return requestId();
  }

  /** A stage received a request. */
  record RequestReceived(
      String requestId, String apiId, String stage, String method, String path, String routeKey)
      implements HttpApiEvent {}

  /** The gateway responded. {@code reason} is empty unless the response is the gateway's own. */
  record Responded(String requestId, int status, @OmitEmpty String reason, long latencyMillis)
      implements HttpApiEvent {}
}
