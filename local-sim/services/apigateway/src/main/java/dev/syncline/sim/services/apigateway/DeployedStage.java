// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The API and settings of a stage. Immutable except for the counters of its throttles.
 *
 * @param accessLogGroup empty when there is no access log
 * @param methodSettings by {@code path/METHOD} or {@code *}{@code /*}, as the API shows them
 * @param throttles the state of each throttle, by the same keys
 */
record DeployedStage(
    String name,
    String deploymentId,
    DeployedApi api,
    Map<String, String> variables,
    String accessLogGroup,
    String accessLogFormat,
    JsonNode methodSettings,
    Map<String, TokenBucket> throttles) {

  static DeployedStage of(String name, String deploymentId, ObjectNode stage, DeployedApi api) {
    var variables = new LinkedHashMap<String, String>();
    for (var variable : stage.path("variables").properties()) {
      variables.put(variable.getKey(), variable.getValue().asText());
    }
    JsonNode log = stage.path("accessLogSettings");
    return new DeployedStage(
        name,
        deploymentId,
        api,
        variables,
        logGroup(log.path("destinationArn").asText("")),
        log.path("format").asText(""),
        stage.path("methodSettings").deepCopy(),
        new ConcurrentHashMap<>());
  }

  /** A setting of a method: its own, else the one for all. */
  JsonNode setting(DeployedMethod method, String name) {
    JsonNode own = methodSettings.path(settingsKey(method)).path(name);
    return own.isMissingNode() ? methodSettings.path("*/*").path(name) : own;
  }

  /** Whether a method may take one more request now. */
  boolean admits(DeployedMethod method, long nowMillis) {
    JsonNode rate = setting(method, "throttlingRateLimit");
    JsonNode burst = setting(method, "throttlingBurstLimit");
    if (!rate.isNumber() || !burst.isNumber() || rate.asDouble() < 0 || burst.asInt() < 0) {
      return true;
    }
    // A limit for all methods applies to each method separately.
    String key = method.resourcePath() + "/" + method.httpMethod();
    return throttles
        .computeIfAbsent(key, k -> new TokenBucket(rate.asDouble(), burst.asInt(), nowMillis))
        .take(nowMillis);
  }

  /** Slashes in the path may be escaped or not, and the first may be left out. */
  private String settingsKey(DeployedMethod method) {
    String path = method.resourcePath().substring(1);
    for (String form :
        List.of("~1" + path.replace("/", "~1"), path.replace("/", "~1"), "~1" + path, path)) {
      if (methodSettings.has(form + "/" + method.httpMethod())) {
        return form + "/" + method.httpMethod();
      }
    }
    return "*/*";
  }

  /** {@code arn:aws:logs:region:account:log-group:NAME}, with or without {@code :*}. */
  private static String logGroup(String arn) {
    String[] parts = arn.split(":");
    return parts.length >= 7 && parts[5].equals("log-group") ? parts[6] : "";
  }
}
