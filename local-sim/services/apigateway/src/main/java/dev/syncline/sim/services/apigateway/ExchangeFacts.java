// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Facts of a request that are set while it is processed: the client and the integration's result.
 * Belongs to the thread that answers the request.
 */
final class ExchangeFacts {
  private final Map<String, String> values = new LinkedHashMap<>();
  private String apiKeyId = "";
  private String apiKey = "";

  /** The API key that let the request in. */
  void identified(String keyId, String key) {
    apiKeyId = keyId;
    apiKey = key;
    values.put("context.identity.apiKeyId", keyId);
    values.put("context.identity.apiKey", key);
  }

  /** Empty when no key was asked for. */
  String apiKeyId() {
    return apiKeyId;
  }

  /** Empty when no key was asked for. */
  String apiKey() {
    return apiKey;
  }

  /** The integration was called; {@code status} is the status of its service. */
  void integrated(String requestId, int status, long latencyMillis) {
    values.put("context.integrationLatency", Long.toString(latencyMillis));
    values.put("context.integration.latency", Long.toString(latencyMillis));
    values.put("context.integration.requestId", requestId);
    values.put("context.awsEndpointRequestId", requestId);
    if (status > 0) {
      values.put("context.integrationStatus", Integer.toString(status));
      values.put("context.integration.integrationStatus", Integer.toString(status));
    }
  }

  /** The status in the function's result. */
  void backendStatus(int status) {
    values.put("context.integration.status", Integer.toString(status));
  }

  /** Whether the integration was called. */
  boolean isIntegrated() {
    return values.containsKey("context.integration.requestId");
  }

  /** The facts as {@code $context} references. */
  Map<String, String> values() {
    return values;
  }
}
