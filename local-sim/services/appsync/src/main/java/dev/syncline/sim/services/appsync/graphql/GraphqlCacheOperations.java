// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql;

import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.HttpBinding;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.appsync.common.AppSyncErrors;
import dev.syncline.sim.services.appsync.graphql.GraphqlCacheRecord.Behavior;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The cache of an API. It is available at once. Thread-safe. */
record GraphqlCacheOperations(GraphqlApiStore store) {
  private static final int MAX_TTL_SECONDS = 3_600;
  private static final List<String> TYPES =
      List.of(
          "T2_SMALL",
          "T2_MEDIUM",
          "R4_LARGE",
          "R4_XLARGE",
          "R4_2XLARGE",
          "R4_4XLARGE",
          "R4_8XLARGE",
          "SMALL",
          "MEDIUM",
          "LARGE",
          "XLARGE",
          "LARGE_2X",
          "LARGE_4X",
          "LARGE_8X",
          "LARGE_12X");
  private static final String API = "/v1/apis/{apiId}";
  private static final String ONE = API + "/ApiCaches";
  private static final String TRANSIT = "transitEncryptionEnabled";
  private static final String AT_REST = "atRestEncryptionEnabled";

  List<Operation> operations() {
    return List.of(
        Operation.rest(
            """
            CreateApiCache: ttl, transitEncryptionEnabled, atRestEncryptionEnabled,
              apiCachingBehavior, type, healthMetricsConfig
            """,
            HttpBinding.post(ONE),
            this::create),
        Operation.rest("GetApiCache", HttpBinding.get(ONE), this::get),
        Operation.rest(
            "UpdateApiCache: ttl, apiCachingBehavior, type, healthMetricsConfig",
            HttpBinding.post(ONE + "/update"),
            this::update),
        Operation.rest("DeleteApiCache", HttpBinding.delete(ONE), this::delete),
        Operation.rest("FlushApiCache", HttpBinding.delete(API + "/FlushCache"), this::flush));
  }

  private Output create(Input input, CallContext context) {
    GraphqlCacheRecord cache = read(input, null);
    store.change(
        AppSyncErrors.required(input, "apiId"),
        api -> {
          if (api.cache() != null) {
            throw AppSyncErrors.badRequest("API " + api.apiId() + " has a cache already.");
          }
          return api.withCache(cache);
        });
    return answer(cache);
  }

  private Output get(Input input, CallContext context) {
    return answer(require(store.get(AppSyncErrors.required(input, "apiId"))));
  }

  private Output update(Input input, CallContext context) {
    GraphqlApiRecord changed =
        store.change(
            AppSyncErrors.required(input, "apiId"),
            api -> api.withCache(read(input, require(api))));
    return answer(require(changed));
  }

  private Output delete(Input input, CallContext context) {
    store.change(
        AppSyncErrors.required(input, "apiId"),
        api -> {
          require(api);
          return api.withCache(null);
        });
    return Output.empty();
  }

  private Output flush(Input input, CallContext context) {
    store.change(
        AppSyncErrors.required(input, "apiId"), api -> api.withCache(require(api).flushed()));
    return Output.empty();
  }

  /** Encryption is set at the creation; a change of the cache makes it lose its entries. */
  private static GraphqlCacheRecord read(Input input, @Nullable GraphqlCacheRecord before) {
    int ttl =
        AppSyncErrors.within(input, "ttl", 1, MAX_TTL_SECONDS)
            .orElseThrow(() -> AppSyncErrors.badRequest("'ttl' is required."));
    List<String> behaviors = Arrays.stream(Behavior.values()).map(Behavior::name).toList();
    AppSyncErrors.required(input, "apiCachingBehavior");
    AppSyncErrors.required(input, "type");
    return new GraphqlCacheRecord(
        ttl,
        AppSyncErrors.choice(input, "apiCachingBehavior", behaviors)
            .map(Behavior::valueOf)
            .orElseThrow(),
        AppSyncErrors.choice(input, "type", TYPES).orElseThrow(),
        before == null ? input.bool(TRANSIT, false) : before.transitEncryption(),
        before == null ? input.bool(AT_REST, false) : before.atRestEncryption(),
        AppSyncErrors.choice(input, "healthMetricsConfig", List.of("ENABLED", "DISABLED"))
            .orElse(before == null ? null : before.healthMetrics()),
        before == null ? 0 : before.flushes() + 1);
  }

  /**
   * The cache of an API.
   *
   * @throws AwsException when the API has none
   */
  private static GraphqlCacheRecord require(GraphqlApiRecord api) {
    GraphqlCacheRecord cache = api.cache();
    if (cache == null) {
      throw AppSyncErrors.missing("API " + api.apiId() + " has no cache.");
    }
    return cache;
  }

  private static Output answer(GraphqlCacheRecord cache) {
    return Output.of(Json.object().set("apiCache", cache.json()));
  }
}
