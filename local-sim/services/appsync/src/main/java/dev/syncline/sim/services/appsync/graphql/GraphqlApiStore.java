// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql;

import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.services.appsync.common.AppSyncErrors;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Every GraphQL API of the account.
 *
 * <p>Thread-safe: one writer at a time; readers see immutable snapshots and never block.
 */
public final class GraphqlApiStore {
  private static final int ID_LENGTH = 26;
  private static final String DOMAIN = ".amazonaws.com";

  /** Is told of changes after they are visible to readers, on the thread that made them. */
  public interface Listener {
    /** An API has been replaced by a later snapshot. */
    default void changed(GraphqlApiRecord before, GraphqlApiRecord after) {}

    /** An API has been deleted. */
    default void deleted(GraphqlApiRecord api) {}
  }

  private final SimClock clock;
  private final Ids ids;
  private final String account;
  private final String region;
  private final int maxApis;
  private final ReentrantLock writing = new ReentrantLock();
  private final ConcurrentSkipListMap<String, GraphqlApiRecord> byId =
      new ConcurrentSkipListMap<>();
  private final Map<String, String> idOfHost = new ConcurrentHashMap<>();
  private final Map<String, String> idOfKey = new ConcurrentHashMap<>();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  /**
   * A store without APIs.
   *
   * @param account 12 digits
   * @param maxApis how many GraphQL APIs there may be
   */
  public GraphqlApiStore(SimClock clock, Ids ids, String account, String region, int maxApis) {
    this.clock = clock;
    this.ids = ids;
    this.account = account;
    this.region = region;
    this.maxApis = maxApis;
  }

  /** Adds a listener of all later changes. */
  public void listen(Listener listener) {
    listeners.add(listener);
  }

  /**
   * Creates an API without a schema.
   *
   * @throws AwsException when the account has the maximum of APIs
   */
  public GraphqlApiRecord create(
      String name,
      @Nullable String ownerContact,
      Map<String, String> tags,
      GraphqlApiSettings settings) {
    writing.lock();
    try {
      if (byId.size() >= maxApis) {
        throw AppSyncErrors.tooManyApis(maxApis);
      }
      String apiId = ids.lowerAlphanumeric(ID_LENGTH);
      String dnsId = ids.lowerAlphanumeric(ID_LENGTH);
      var api =
          new GraphqlApiRecord(
              new GraphqlApiRecord.Identity(
                  apiId,
                  Arn.aws("appsync", region, account, "apis/" + apiId),
                  account,
                  dnsId + ".appsync-api." + region + DOMAIN,
                  dnsId + ".appsync-realtime-api." + region + DOMAIN,
                  clock.now()),
              name,
              ownerContact,
              tags,
              settings,
              GraphqlSchemaState.none(),
              new GraphqlApiRecord.Content(new TreeMap<>(), new TreeMap<>(), new TreeMap<>()),
              new TreeMap<>(),
              new TreeMap<>(),
              null);
      add(api);
      return api;
    } finally {
      writing.unlock();
    }
  }

  /** Restores a saved API. */
  void restore(GraphqlApiRecord stored) {
    writing.lock();
    try {
      add(stored);
      stored.keys().keySet().forEach(key -> idOfKey.put(key, stored.apiId()));
    } finally {
      writing.unlock();
    }
  }

  private void add(GraphqlApiRecord api) {
    byId.put(api.apiId(), api);
    idOfHost.put(api.httpHost(), api.apiId());
    idOfHost.put(api.realtimeHost(), api.apiId());
  }

  /**
   * Replaces an API by the result of {@code change}.
   *
   * @throws AwsException when the API does not exist, or as {@code change} does
   */
  public GraphqlApiRecord update(String apiId, UnaryOperator<GraphqlApiRecord> change) {
    GraphqlApiRecord before;
    GraphqlApiRecord after;
    writing.lock();
    try {
      before = get(apiId);
      after = change.apply(before);
      after.keys().keySet().forEach(key -> idOfKey.put(key, apiId));
      before.keys().keySet().stream()
          .filter(key -> !after.keys().containsKey(key))
          .forEach(idOfKey::remove);
      byId.put(apiId, after);
    } finally {
      writing.unlock();
    }
    // Outside the lock: listeners close connections, which takes locks of their own.
    listeners.forEach(listener -> listener.changed(before, after));
    return after;
  }

  /**
   * As {@link #update}, and refused while the schema is being created.
   *
   * @throws AwsException also during the creation of the schema
   */
  public GraphqlApiRecord change(String apiId, UnaryOperator<GraphqlApiRecord> change) {
    return update(
        apiId,
        api -> {
          if (api.schemaState().status() == GraphqlSchemaState.Status.PROCESSING) {
            throw AppSyncErrors.schemaIsAltered();
          }
          return change.apply(api);
        });
  }

  /**
   * Deletes an API with all its parts.
   *
   * @throws AwsException when it does not exist
   */
  public void delete(String apiId) {
    GraphqlApiRecord api;
    writing.lock();
    try {
      api = get(apiId);
      byId.remove(apiId);
      idOfHost.remove(api.httpHost());
      idOfHost.remove(api.realtimeHost());
      api.keys().keySet().forEach(idOfKey::remove);
    } finally {
      writing.unlock();
    }
    listeners.forEach(listener -> listener.deleted(api));
  }

  /** Every API by id. */
  public NavigableMap<String, GraphqlApiRecord> all() {
    return byId;
  }

  /** The API of that id. */
  public Optional<GraphqlApiRecord> find(String apiId) {
    return Optional.ofNullable(byId.get(apiId));
  }

  /**
   * The API of that id.
   *
   * @throws AwsException when it does not exist
   */
  public GraphqlApiRecord get(String apiId) {
    GraphqlApiRecord api = byId.get(apiId);
    if (api == null) {
      throw AppSyncErrors.noGraphqlApi(apiId);
    }
    return api;
  }

  /** The API that answers at that host, in lower case. */
  public Optional<GraphqlApiRecord> atHost(String hostName) {
    return Optional.ofNullable(idOfHost.get(hostName)).flatMap(this::find);
  }

  /** The hosts at which an API answers; empty for an unknown API. */
  public List<String> hosts(String apiId) {
    GraphqlApiRecord api = byId.get(apiId);
    return api == null ? List.of() : List.of(api.httpHost(), api.realtimeHost());
  }

  /** The API that has that id or whose hosts begin with it. */
  public Optional<GraphqlApiRecord> named(String id) {
    return find(id).or(() -> atHost(id + ".appsync-api." + region + DOMAIN));
  }

  /** The API that issued that key. */
  public Optional<GraphqlApiRecord> ofKey(String key) {
    return Optional.ofNullable(idOfKey.get(key)).flatMap(this::find);
  }
}
