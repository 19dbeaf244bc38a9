// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import dev.syncline.sim.kernel.JournalEvent;
import java.util.LinkedHashMap;
import java.util.Map;

/** What happens at the gateway, for the journal. Never payloads. */
public sealed interface GatewayEvent extends JournalEvent {

  @Override
  default String type() {
    return "apigateway." + getClass().getSimpleName();
  }

  /** A request came in at a stage. */
  record RequestReceived(
      String requestId, String apiId, String stage, String method, String path, String traceId)
      implements GatewayEvent {
    @Override
    public String correlationId() {
      return requestId;
    }

    @Override
    public Map<String, String> details() {
      var details = new LinkedHashMap<String, String>();
      details.put("requestId", requestId);
      details.put("apiId", apiId);
      details.put("stage", stage);
      details.put("method", method);
      details.put("path", path);
      details.put("traceId", traceId);
      return details;
    }
  }

  /** The gateway called its integration. */
  record IntegrationInvoked(String requestId, String function, String functionRequestId)
      implements GatewayEvent {
    @Override
    public String correlationId() {
      return requestId;
    }

    @Override
    public Map<String, String> details() {
      var details = new LinkedHashMap<String, String>();
      details.put("requestId", requestId);
      details.put("function", function);
      details.put("functionRequestId", functionRequestId);
      return details;
    }
  }

  /** The gateway answered. {@code reason} is empty unless the answer is the gateway's own. */
  record Responded(String requestId, int status, String reason, long latencyMillis)
      implements GatewayEvent {
    @Override
    public String correlationId() {
      return requestId;
    }

    @Override
    public Map<String, String> details() {
      var details = new LinkedHashMap<String, String>();
      details.put("requestId", requestId);
      details.put("status", Integer.toString(status));
      if (!reason.isEmpty()) {
        details.put("reason", reason);
      }
      details.put("latencyMillis", Long.toString(latencyMillis));
      return details;
    }
  }
}
