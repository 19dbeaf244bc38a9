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
 * API keys: valid for 7 days by default, for 1 to 365 days if set, the end rounded down to the
 * hour; an expired key is listed for 60 days more. Thread-safe.
 */
record EventApiKeyOperations(
    ApiStore store, SimClock clock, Ids ids, EventsLimits limits, Tolerances tolerances) {
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
    store.update(
        AppSyncErrors.required(input, "apiId"),
        api -> {
          NavigableMap<String, ApiKey> keys = kept(api, now);
          if (keys.size() >= limits.keysPerApi()) {
            throw AppSyncErrors.tooManyKeys(api.apiId(), limits.keysPerApi());
          }
          keys.put(key.id(), key);
          return api.withKeys(keys);
        });
    return answer(key);
  }

  private Output update(Input input, CallContext context) {
    Instant now = clock.now();
    String id = AppSyncErrors.required(input, "id");
    ApiRecord updated =
        store.update(
            AppSyncErrors.required(input, "apiId"),
            api -> {
              NavigableMap<String, ApiKey> keys = kept(api, now);
              ApiKey old = require(api, keys, id);
              OptionalLong asked = input.longInteger("expires");
              keys.put(
                  id,
                  new ApiKey(
                      id,
                      input.text("description").orElse(old.description()),
                      asked.isPresent() ? expires(asked, now, now) : old.expires()));
              return api.withKeys(keys);
            });
    return answer(require(updated, updated.keys(), id));
  }

  private Output delete(Input input, CallContext context) {
    String id = AppSyncErrors.required(input, "id");
    store.update(
        AppSyncErrors.required(input, "apiId"),
        api -> {
          NavigableMap<String, ApiKey> keys = kept(api, clock.now());
          require(api, keys, id);
          keys.remove(id);
          return api.withKeys(keys);
        });
    return Output.empty();
  }

  private Output listKeys(Input input, CallContext context) {
    ApiRecord api = store.get(AppSyncErrors.required(input, "apiId")).stored();
    return Output.of(
        AppSyncPages.page(input, "apiKeys", kept(api, clock.now()), EventApiKeyOperations::json));
  }

  /** The keys without those that expired long enough ago to be deleted. */
  private static NavigableMap<String, ApiKey> kept(ApiRecord api, Instant now) {
    var keys = new TreeMap<>(api.keys());
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

  private static ApiKey require(ApiRecord api, NavigableMap<String, ApiKey> keys, String id) {
    ApiKey key = keys.get(id);
    if (key == null) {
      throw AppSyncErrors.notFound("The API key of API " + api.apiId());
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
