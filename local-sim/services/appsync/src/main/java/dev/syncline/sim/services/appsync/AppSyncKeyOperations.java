// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.events.ApiKey;
import dev.syncline.sim.events.EventsLimits;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.HttpBinding;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Tolerances;
import dev.syncline.sim.service.settings.Tolerance;
import dev.syncline.sim.services.appsync.common.AppSyncErrors;
import dev.syncline.sim.services.appsync.common.AppSyncPages;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * API keys of both kinds of API: valid for 7 days by default, for 1 to 365 days if set, the end
 * rounded down to the hour; an expired key is listed for 60 days more. Thread-safe.
 */
record AppSyncKeyOperations(
    SharedApis apis, SimClock clock, Ids ids, EventsLimits limits, Tolerances tolerances) {
  private static final Duration DEFAULT_VALIDITY = Duration.ofDays(7);
  private static final Duration MIN_VALIDITY = Duration.ofDays(1);
  private static final Duration MAX_VALIDITY = Duration.ofDays(365);
  private static final String ALL = "/v1/apis/{apiId}/apikeys";
  private static final String ONE = ALL + "/{id}";

  List<Operation> operations() {
    return List.of(
        Operation.rest("CreateApiKey: description, expires", HttpBinding.post(ALL), this::create),
        Operation.rest("UpdateApiKey: description, expires", HttpBinding.post(ONE), this::update),
        Operation.rest("DeleteApiKey", HttpBinding.delete(ONE), this::delete),
        Operation.rest("ListApiKeys: nextToken, maxResults", HttpBinding.get(ALL), this::listKeys));
  }

  private Output create(Input input, CallContext context) {
    Instant now = clock.now();
    var key =
        new ApiKey(
            "da2-" + ids.lowerAlphanumeric(26),
            input.text("description").orElse(null),
            expires(input.longInteger("expires"), now.plus(DEFAULT_VALIDITY), now));
    String apiId = AppSyncErrors.required(input, "apiId");
    apis.updateKeys(
        apiId,
        before -> {
          NavigableMap<String, ApiKey> keys = kept(before, now);
          if (keys.size() >= limits.keysPerApi()) {
            throw AppSyncErrors.tooManyKeys(apiId, limits.keysPerApi());
          }
          keys.put(key.id(), key);
          return keys;
        });
    return answer(key);
  }

  private Output update(Input input, CallContext context) {
    Instant now = clock.now();
    String id = AppSyncErrors.required(input, "id");
    String apiId = AppSyncErrors.required(input, "apiId");
    NavigableMap<String, ApiKey> updated =
        apis.updateKeys(
            apiId,
            before -> {
              NavigableMap<String, ApiKey> keys = kept(before, now);
              ApiKey old = require(apiId, keys, id);
              OptionalLong asked = input.longInteger("expires");
              keys.put(
                  id,
                  new ApiKey(
                      id,
                      input.text("description").orElse(old.description()),
                      asked.isPresent() ? expires(asked, now, now) : old.expires()));
              return keys;
            });
    return answer(require(apiId, updated, id));
  }

  private Output delete(Input input, CallContext context) {
    String id = AppSyncErrors.required(input, "id");
    String apiId = AppSyncErrors.required(input, "apiId");
    apis.updateKeys(
        apiId,
        before -> {
          NavigableMap<String, ApiKey> keys = kept(before, clock.now());
          require(apiId, keys, id);
          keys.remove(id);
          return keys;
        });
    return Output.empty();
  }

  private Output listKeys(Input input, CallContext context) {
    NavigableMap<String, ApiKey> keys = apis.keys(AppSyncErrors.required(input, "apiId"));
    return Output.of(
        AppSyncPages.page(input, "apiKeys", kept(keys, clock.now()), AppSyncKeyOperations::json));
  }

  /** The keys without those that expired long enough ago to be deleted. */
  private static NavigableMap<String, ApiKey> kept(
      NavigableMap<String, ApiKey> before, Instant now) {
    var keys = new TreeMap<>(before);
    keys.values().removeIf(key -> !now.isBefore(key.deletes()));
    return keys;
  }

  private Instant expires(OptionalLong asked, Instant fallback, Instant now) {
    if (asked.isEmpty()) {
      return fallback.truncatedTo(ChronoUnit.HOURS);
    }
    // Compared as numbers: a number of milliseconds by mistake is beyond what an Instant holds.
    long seconds = asked.getAsLong();
    if (seconds < now.plus(MIN_VALIDITY).getEpochSecond()
        || seconds > now.plus(MAX_VALIDITY).getEpochSecond()) {
      tolerances.refuse(
          Tolerance.KEY_EXPIRY,
          "Expires",
          Long.toString(seconds),
          AppSyncErrors.validityOutOfBounds(seconds, now));
      return now.plus(DEFAULT_VALIDITY).truncatedTo(ChronoUnit.HOURS);
    }
    return Instant.ofEpochSecond(seconds).truncatedTo(ChronoUnit.HOURS);
  }

  private static ApiKey require(String apiId, NavigableMap<String, ApiKey> keys, String id) {
    ApiKey key = keys.get(id);
    if (key == null) {
      throw AppSyncErrors.notFound("The API key of API " + apiId);
    }
    return key;
  }

  private static Output answer(ApiKey key) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.set("apiKey", json(key));
    return Output.of(answer);
  }

  private static ObjectNode json(ApiKey key) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("id", key.id());
    Json.putIfPresent(json, "description", key.description());
    return json.put("expires", key.expires().getEpochSecond())
        .put("deletes", key.deletes().getEpochSecond());
  }
}
