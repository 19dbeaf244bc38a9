// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A usage plan's limits for single methods: in a stage of the plan, {@code throttle}, by path and
 * method such as {@code /event/POST}. Patch operations name them {@code
 * /apiStages/{api}:{stage}/throttle/{path}/{METHOD}/rateLimit}, the path escaped or not.
 */
final class MethodThrottle {
  private static final Pattern FORM =
      Pattern.compile(
          "/apiStages/([^/:]+):([^/]+)/throttle(?:/(.+?)(?:/(rateLimit|burstLimit))?)?");

  private MethodThrottle() {}

  /** Sets a limit; without a value it is removed, or with a shorter path all there is below. */
  static void patch(ObjectNode plan, String path, @Nullable String value) {
    Matcher matcher = FORM.matcher(path);
    if (!matcher.matches() || (value != null && matcher.group(4) == null)) {
      throw GatewayErrors.badRequest("Invalid patch path '" + path + "' for a usage plan.");
    }
    ObjectNode stage = stage(plan, matcher.group(1), matcher.group(2));
    ObjectNode limits = stage.withObject("/throttle");
    String given = matcher.group(3);
    if (given == null) {
      stage.remove("throttle");
      return;
    }
    String unescaped = given.replace("~1", "/").replace("~0", "~");
    String method = unescaped.startsWith("/") ? unescaped : "/" + unescaped;
    String limit = matcher.group(4);
    if (value == null && limit == null) {
      limits.remove(method);
    } else if (value == null) {
      if (limits.get(method) instanceof ObjectNode own) {
        own.remove(limit);
      }
    } else {
      set(limits, method, String.valueOf(limit), value, path);
    }
  }

  private static void set(
      ObjectNode limits, String method, String limit, String value, String path) {
    ObjectNode own =
        limits.get(method) instanceof ObjectNode there ? there : limits.putObject(method);
    try {
      if (limit.equals("rateLimit")) {
        own.put(limit, Double.parseDouble(value));
      } else {
        own.put(limit, Integer.parseInt(value));
      }
    } catch (NumberFormatException notANumber) {
      throw GatewayErrors.badRequest(
          "Invalid value '" + value + "' for patch path '" + path + "': it must be a number");
    }
  }

  private static ObjectNode stage(ObjectNode plan, String apiId, String name) {
    for (JsonNode stage : plan.path("apiStages")) {
      if (stage.path("apiId").asText().equals(apiId)
          && stage.path("stage").asText().equals(name)
          && stage instanceof ObjectNode found) {
        return found;
      }
    }
    throw GatewayErrors.notFound("API Stage");
  }
}
