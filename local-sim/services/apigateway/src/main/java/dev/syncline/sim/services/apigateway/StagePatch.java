// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Input;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Patch operations of a stage: its own members, and the settings of its methods as {@code
 * /{path}/{METHOD}/{setting}}, where the path is escaped and {@code *} means all.
 */
final class StagePatch {
  private static final Patch OWN =
      Patch.of(
              Patch.Kind.TEXT,
              "/deploymentId",
              "/description",
              "/accessLogSettings/destinationArn",
              "/accessLogSettings/format")
          .and(Patch.Kind.BOOL, "/tracingEnabled")
          .and(Patch.Kind.TEXT_MAP, "/variables/");

  private static final Set<String> OWN_MAPS = Set.of("variables", "accessLogSettings");
  private static final Set<String> METHODS =
      Set.of("*", "ANY", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private enum Type {
    TEXT,
    BOOL,
    INTEGER,
    NUMBER
  }

  private record Setting(String member, Type type) {}

  private static final Map<String, Setting> SETTINGS =
      Map.of(
          "logging/loglevel", new Setting("loggingLevel", Type.TEXT),
          "logging/dataTrace", new Setting("dataTraceEnabled", Type.BOOL),
          "metrics/enabled", new Setting("metricsEnabled", Type.BOOL),
          "throttling/burstLimit", new Setting("throttlingBurstLimit", Type.INTEGER),
          "throttling/rateLimit", new Setting("throttlingRateLimit", Type.NUMBER),
          "caching/enabled", new Setting("cachingEnabled", Type.BOOL),
          "caching/ttlInSeconds", new Setting("cacheTtlInSeconds", Type.INTEGER),
          "caching/dataEncrypted", new Setting("cacheDataEncrypted", Type.BOOL),
          "caching/requireAuthorizationForCacheControl",
              new Setting("requireAuthorizationForCacheControl", Type.BOOL),
          "caching/unauthorizedCacheControlHeaderStrategy",
              new Setting("unauthorizedCacheControlHeaderStrategy", Type.TEXT));

  private StagePatch() {}

  static void apply(ObjectNode stage, Input input) {
    for (Input operation : input.structures("patchOperations")) {
      String path = operation.only("op", "path", "value", "from").requiredText("path");
      if (path.equals("/accessLogSettings")) {
        requireRemove(operation, path);
        stage.remove("accessLogSettings");
      } else if (path.startsWith("/cacheCluster")) {
        refuseCache(operation);
      } else if (!method(stage, operation, path)) {
        OWN.apply(stage, operation, path);
      }
    }
  }

  /** Keys are kept as they were sent, because that is how clients look for them afterwards. */
  private static boolean method(ObjectNode stage, Input operation, String path) {
    List<String> segments = List.of(path.substring(path.startsWith("/") ? 1 : 0).split("/", -1));
    int size = segments.size();
    if (size < 2 || OWN_MAPS.contains(segments.get(0))) {
      return false;
    }
    ObjectNode all =
        stage.get("methodSettings") instanceof ObjectNode there
            ? there
            : stage.putObject("methodSettings");
    if (METHODS.contains(segments.get(size - 1))) {
      requireRemove(operation, path);
      all.remove(String.join("/", segments));
      return true;
    }
    if (size < 4 || !METHODS.contains(segments.get(size - 3))) {
      return false;
    }
    Setting setting = SETTINGS.get(segments.get(size - 2) + "/" + segments.get(size - 1));
    if (setting == null) {
      throw GatewayErrors.badRequest(
          "Invalid method setting path: " + path + ". Must be one of: " + SETTINGS.keySet());
    }
    String key = String.join("/", segments.subList(0, size - 2));
    ObjectNode settings = all.get(key) instanceof ObjectNode there ? there : defaults(all, key);
    set(settings, setting, operation.text("value").orElse(""), path);
    return true;
  }

  /** Adds the default settings of a method. */
  private static ObjectNode defaults(ObjectNode all, String key) {
    return all.putObject(key)
        .put("metricsEnabled", false)
        .put("loggingLevel", "OFF")
        .put("dataTraceEnabled", false)
        .put("throttlingBurstLimit", 5000)
        .put("throttlingRateLimit", 10000.0)
        .put("cachingEnabled", false)
        .put("cacheTtlInSeconds", 300)
        .put("cacheDataEncrypted", false)
        .put("requireAuthorizationForCacheControl", true)
        .put("unauthorizedCacheControlHeaderStrategy", "SUCCEED_WITH_RESPONSE_HEADER");
  }

  private static void set(ObjectNode settings, Setting setting, String value, String path) {
    try {
      switch (setting.type()) {
        case TEXT -> settings.put(setting.member(), value);
        case INTEGER -> settings.put(setting.member(), Integer.parseInt(value));
        case NUMBER -> settings.put(setting.member(), Double.parseDouble(value));
        case BOOL -> {
          if (!value.equals("true") && !value.equals("false")) {
            throw GatewayErrors.invalidPatch(value, path);
          }
          settings.put(setting.member(), value.equals("true"));
        }
      }
    } catch (NumberFormatException notANumber) {
      throw GatewayErrors.invalidPatch(value, path);
    }
    JsonNode level = settings.get("loggingLevel");
    if (level != null && !List.of("OFF", "ERROR", "INFO").contains(level.asText())) {
      throw GatewayErrors.badRequest(
          "Invalid logging level '" + level.asText() + "'. Must be one of: [OFF, ERROR, INFO]");
    }
  }

  private static void requireRemove(Input operation, String path) {
    if (!operation.requiredText("op").equals("remove")) {
      throw GatewayErrors.badRequest("The path " + path + " can only be removed.");
    }
  }

  private static void refuseCache(Input operation) {
    String value = operation.text("value").orElse("");
    if (operation.requiredText("path").equals("/cacheClusterEnabled") && value.equals("true")) {
      throw GatewayErrors.badRequest("The simulator does not support cacheClusterEnabled.");
    }
  }
}
