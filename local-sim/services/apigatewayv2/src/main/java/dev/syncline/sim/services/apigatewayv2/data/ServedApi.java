// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigatewayv2.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an API serves: an immutable snapshot of its stages. Thread-safe.
 *
 * @param disabled whether its default endpoint is switched off
 */
public record ServedApi(
    String id, boolean disabled, HttpApiCors cors, Map<String, ServedStage> stages) {
  private static final String DEFAULT_STAGE = "$default";

  /**
   * A snapshot.
   *
   * @param deployed routes, integrations and authorizers by deployment
   */
  public static ServedApi of(
      JsonNode api, Map<String, ObjectNode> stages, Map<String, ObjectNode> deployed) {
    var served = new LinkedHashMap<String, ServedStage>();
    stages.forEach(
        (name, stage) -> {
          ObjectNode snapshot = deployed.get(stage.path("deploymentId").asText());
          if (snapshot != null) {
            served.put(name, ServedStage.of(stage.deepCopy(), snapshot));
          }
        });
    return new ServedApi(
        api.path("apiId").asText(),
        api.path("disableExecuteApiEndpoint").asBoolean(),
        HttpApiCors.of(api.path("corsConfiguration").deepCopy()),
        Map.copyOf(served));
  }

  /** The stage that the first segment of a path names, or the default stage; null without one. */
  @Nullable ServedStage stage(String path) {
    int slash = path.indexOf('/', 1);
    String first = path.substring(1, slash < 0 ? path.length() : slash);
    ServedStage named = first.equals(DEFAULT_STAGE) ? null : stages.get(first);
    return named == null ? stages.get(DEFAULT_STAGE) : named;
  }

  /** The path below the stage, which begins with a slash. */
  static String below(ServedStage stage, String path) {
    if (stage.name().equals(DEFAULT_STAGE)) {
      return path;
    }
    String rest = path.substring(1 + stage.name().length());
    return rest.isEmpty() ? "/" : rest;
  }
}
