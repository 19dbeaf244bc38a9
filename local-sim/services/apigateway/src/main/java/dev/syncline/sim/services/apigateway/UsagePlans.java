// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * API keys and usage plans. Keys and plans are kept in the form in which the API shows them.
 * Bounded by what clients create. Thread-safe.
 */
final class UsagePlans {
  /** A plan, its keys and what they have used. */
  static final class Plan {
    final ObjectNode json;
    final Set<String> keys = new LinkedHashSet<>();
    final Map<String, TokenBucket> throttles = new HashMap<>();
    final Map<String, Usage> used = new HashMap<>();

    Plan(ObjectNode json) {
      this.json = json;
    }

    boolean serves(String apiId, String stage) {
      return !stage(apiId, stage).isMissingNode();
    }

    /** The plan's entry for a stage; a missing node if the plan does not have the stage. */
    JsonNode stage(String apiId, String stage) {
      for (JsonNode entry : json.path("apiStages")) {
        if (entry.path("apiId").asText().equals(apiId)
            && entry.path("stage").asText().equals(stage)) {
          return entry;
        }
      }
      return MissingNode.getInstance();
    }

    /** Changed limits count from now. */
    void limitsChanged() {
      throttles.clear();
    }
  }

  /** The number of a key's requests that were admitted since the start of a period. */
  record Usage(LocalDate period, long count) {}

  private final Map<String, ObjectNode> keys = new LinkedHashMap<>();
  private final Map<String, Plan> plans = new LinkedHashMap<>();

  /** Everything as it is saved. */
  record Saved(Map<String, ObjectNode> keys, Map<String, SavedPlan> plans) {}

  /** A plan as it is saved. */
  record SavedPlan(ObjectNode json, List<String> keys, Map<String, Usage> used) {}

  /** Everything, to be saved. */
  synchronized Saved saved() {
    var savedKeys = new LinkedHashMap<String, ObjectNode>();
    keys.forEach((id, key) -> savedKeys.put(id, key.deepCopy()));
    var savedPlans = new LinkedHashMap<String, SavedPlan>();
    plans.forEach(
        (id, plan) ->
            savedPlans.put(
                id,
                new SavedPlan(
                    plan.json.deepCopy(), List.copyOf(plan.keys), Map.copyOf(plan.used))));
    return new Saved(savedKeys, savedPlans);
  }

  /** Restores the result of {@link #saved}. */
  synchronized void restore(Saved saved) {
    keys.putAll(saved.keys);
    saved.plans.forEach(
        (id, one) -> {
          var plan = new Plan(one.json);
          plan.keys.addAll(one.keys);
          plan.used.putAll(one.used);
          plans.put(id, plan);
        });
  }

  synchronized void addKey(String id, ObjectNode key) {
    for (ObjectNode other : keys.values()) {
      if (other.get("value").equals(key.get("value"))) {
        throw GatewayErrors.conflict("API Key already exists");
      }
    }
    keys.put(id, key);
  }

  synchronized <T> T withKey(String id, Function<ObjectNode, T> work) {
    ObjectNode key = keys.get(id);
    if (key == null) {
      throw GatewayErrors.notFound("API Key");
    }
    return work.apply(key);
  }

  synchronized <T> T withKeys(Function<Collection<ObjectNode>, T> work) {
    return work.apply(keys.values());
  }

  /** Removes a key, from its plans too. */
  synchronized void removeKey(String id) {
    if (keys.remove(id) == null) {
      throw GatewayErrors.notFound("API Key");
    }
    plans.values().forEach(plan -> plan.keys.remove(id));
  }

  synchronized void addPlan(String id, Plan plan) {
    plans.put(id, plan);
  }

  synchronized <T> T withPlan(String id, Function<Plan, T> work) {
    Plan plan = plans.get(id);
    if (plan == null) {
      throw GatewayErrors.notFound("Usage Plan");
    }
    return work.apply(plan);
  }

  synchronized <T> T withPlans(Function<Collection<Plan>, T> work) {
    return work.apply(plans.values());
  }

  synchronized void removePlan(String id) {
    plans.remove(id);
  }

  /** A key may be in one plan only for each stage. */
  synchronized void associate(String planId, String keyId) {
    Plan plan = withPlan(planId, found -> found);
    withKey(keyId, found -> found);
    if (plan.keys.contains(keyId)) {
      throw GatewayErrors.conflict("Usage Plan Key already exists");
    }
    for (Plan other : plans.values()) {
      for (JsonNode stage : plan.json.path("apiStages")) {
        if (other.keys.contains(keyId)
            && other.serves(stage.path("apiId").asText(), stage.path("stage").asText())) {
          throw GatewayErrors.conflict(
              "API Key "
                  + keyId
                  + " is already associated with a usage plan of stage "
                  + stage.path("apiId").asText()
                  + ":"
                  + stage.path("stage").asText());
        }
      }
    }
    plan.keys.add(keyId);
  }

  /** Removes a deleted stage, or with an empty name all stages of an API. */
  synchronized void forget(String apiId, String stage) {
    for (Plan plan : plans.values()) {
      if (plan.json.get("apiStages") instanceof com.fasterxml.jackson.databind.node.ArrayNode all) {
        for (int i = all.size() - 1; i >= 0; i--) {
          if (all.get(i).path("apiId").asText().equals(apiId)
              && (stage.isEmpty() || all.get(i).path("stage").asText().equals(stage))) {
            all.remove(i);
          }
        }
      }
    }
  }

  /**
   * Admits or refuses a request: its key must be enabled and in a plan of the stage, within the
   * plan's rate and quota.
   */
  synchronized void admit(Exchange exchange, DeployedMethod method, Instant now)
      throws GatewayRejection {
    String value = exchange.request().headers().first("x-api-key").orElse(null);
    String keyId = value == null ? null : enabledKey(value);
    if (keyId == null) {
      throw new GatewayRejection(
          GatewayResponseType.INVALID_API_KEY,
          value == null ? "no API key" : "no enabled API key of this value");
    }
    for (Plan plan : plans.values()) {
      JsonNode stage = plan.stage(exchange.apiId(), exchange.stage().name());
      if (plan.keys.contains(keyId) && !stage.isMissingNode()) {
        exchange.facts().identified(keyId, String.valueOf(value));
        String name = method.resourcePath() + "/" + method.httpMethod();
        throttle(plan, keyId + " " + name, stage.path("throttle").path(name), now);
        throttle(plan, keyId, plan.json.path("throttle"), now);
        count(plan, keyId, now);
        return;
      }
    }
    throw new GatewayRejection(
        GatewayResponseType.INVALID_API_KEY,
        "the API key " + keyId + " is in no usage plan of this stage");
  }

  private @Nullable String enabledKey(String value) {
    for (ObjectNode key : keys.values()) {
      if (key.path("value").asText().equals(value) && key.path("enabled").asBoolean()) {
        return key.get("id").asText();
      }
    }
    return null;
  }

  private static void throttle(Plan plan, String what, JsonNode limits, Instant now)
      throws GatewayRejection {
    if (!limits.has("rateLimit") && !limits.has("burstLimit")) {
      return;
    }
    TokenBucket bucket =
        plan.throttles.computeIfAbsent(
            what,
            id ->
                new TokenBucket(
                    limits.path("rateLimit").asDouble(),
                    limits.path("burstLimit").asInt(),
                    now.toEpochMilli()));
    if (!bucket.take(now.toEpochMilli())) {
      throw new GatewayRejection(GatewayResponseType.THROTTLED, "the usage plan's rate is used up");
    }
  }

  private static void count(Plan plan, String keyId, Instant now) throws GatewayRejection {
    JsonNode quota = plan.json.path("quota");
    if (!quota.has("limit")) {
      return;
    }
    LocalDate period = periodStart(quota.path("period").asText(), now);
    Usage before = plan.used.get(keyId);
    // The offset reduces the first period; later periods have the whole limit.
    long start = before == null ? quota.path("offset").asLong(0) : 0;
    long used = before != null && before.period().equals(period) ? before.count() : start;
    if (used >= quota.path("limit").asLong()) {
      throw new GatewayRejection(
          GatewayResponseType.QUOTA_EXCEEDED, "the usage plan's quota is used up");
    }
    plan.used.put(keyId, new Usage(period, used + 1));
  }

  private static LocalDate periodStart(String period, Instant now) {
    LocalDate day = now.atZone(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS).toLocalDate();
    return switch (period) {
      case "WEEK" -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.SUNDAY));
      case "MONTH" -> day.withDayOfMonth(1);
      default -> day;
    };
  }

  static final List<String> PERIODS = List.of("DAY", "WEEK", "MONTH");
}
