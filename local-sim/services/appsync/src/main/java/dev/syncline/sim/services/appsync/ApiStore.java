// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import dev.syncline.sim.events.EventsLimits;
import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.services.appsync.common.AppSyncErrors;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Every API of the account.
 *
 * <p>Thread-safe: one writer at a time; readers see immutable snapshots and never block.
 */
record ApiStore(
    SimClock clock,
    Ids ids,
    String account,
    String region,
    EventsLimits limits,
    ReentrantLock writing,
    ConcurrentSkipListMap<String, LiveApi> byId,
    Map<String, LiveApi> byHost,
    Map<String, LiveApi> byKey) {
  private static final int ID_LENGTH = 26;
  private static final String DOMAIN = ".amazonaws.com";

  ApiStore(SimClock clock, Ids ids, String account, String region, EventsLimits limits) {
    this(
        clock,
        ids,
        account,
        region,
        limits,
        new ReentrantLock(),
        new ConcurrentSkipListMap<>(),
        new ConcurrentHashMap<>(),
        new ConcurrentHashMap<>());
  }

  Instant now() {
    return clock.now();
  }

  LiveApi create(
      String name,
      @Nullable String ownerContact,
      Map<String, String> tags,
      EventApiSettings settings) {
    writing.lock();
    try {
      if (byId.size() >= limits.apis()) {
        throw AppSyncErrors.quotaExceeded("The account has " + limits.apis() + " APIs already.");
      }
      String apiId = ids.lowerAlphanumeric(ID_LENGTH);
      String dnsId = ids.lowerAlphanumeric(ID_LENGTH);
      var api =
          new LiveApi(
              new ApiRecord(
                  new ApiRecord.Identity(
                      apiId,
                      Arn.aws("appsync", region, account, "apis/" + apiId),
                      dnsId + ".appsync-api." + region + DOMAIN,
                      dnsId + ".appsync-realtime-api." + region + DOMAIN,
                      clock.now()),
                  name,
                  ownerContact,
                  tags,
                  settings,
                  new TreeMap<>(),
                  new TreeMap<>(),
                  new TreeMap<>()),
              limits);
      add(api);
      return api;
    } finally {
      writing.unlock();
    }
  }

  /** Restores a saved API. */
  void restore(ApiRecord stored) {
    writing.lock();
    try {
      var api = new LiveApi(stored, limits);
      add(api);
      stored.keys().keySet().forEach(key -> byKey.put(key, api));
    } finally {
      writing.unlock();
    }
  }

  private void add(LiveApi api) {
    byId.put(api.id(), api);
    byHost.put(api.stored().httpHost(), api);
    byHost.put(api.stored().realtimeHost(), api);
  }

  /**
   * Replaces an API's snapshot by the result of {@code change}.
   *
   * @throws AwsException when the API does not exist, or as {@code change} does
   */
  ApiRecord update(String apiId, UnaryOperator<ApiRecord> change) {
    writing.lock();
    try {
      LiveApi api = get(apiId);
      ApiRecord before = api.stored();
      ApiRecord after = change.apply(before);
      after.keys().keySet().forEach(key -> byKey.put(key, api));
      before.keys().keySet().stream()
          .filter(key -> !after.keys().containsKey(key))
          .forEach(byKey::remove);
      api.replace(after);
      return after;
    } finally {
      writing.unlock();
    }
  }

  void delete(String apiId) {
    LiveApi api;
    writing.lock();
    try {
      api = get(apiId);
      byId.remove(apiId);
      byHost.remove(api.stored().httpHost());
      byHost.remove(api.stored().realtimeHost());
      api.stored().keys().keySet().forEach(byKey::remove);
    } finally {
      writing.unlock();
    }
    // Outside the lock: closing takes each connection's own.
    api.delete();
  }

  /** Every API by id. */
  NavigableMap<String, LiveApi> all() {
    return byId;
  }

  /**
   * The API of that id.
   *
   * @throws AwsException when it does not exist
   */
  LiveApi get(String apiId) {
    LiveApi api = byId.get(apiId);
    if (api == null) {
      throw AppSyncErrors.notFound("API " + apiId);
    }
    return api;
  }

  /** The API that answers at that host, in lower case. */
  Optional<LiveApi> atHost(String hostName) {
    return Optional.ofNullable(byHost.get(hostName));
  }

  /** The hosts at which an API answers; empty for an unknown API. */
  List<String> hosts(String apiId) {
    LiveApi api = byId.get(apiId);
    return api == null ? List.of() : List.of(api.stored().httpHost(), api.stored().realtimeHost());
  }

  /** The API that has that id or whose hosts begin with it. */
  Optional<LiveApi> named(String id) {
    LiveApi api = byId.get(id);
    return api != null ? Optional.of(api) : atHost(id + ".appsync-api." + region + DOMAIN);
  }

  /** The API that issued that key. */
  Optional<LiveApi> ofKey(String key) {
    return Optional.ofNullable(byKey.get(key));
  }
}
