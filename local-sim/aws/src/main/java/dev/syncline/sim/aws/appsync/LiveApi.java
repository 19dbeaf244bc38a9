// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.appsync;

import dev.syncline.sim.events.ApiConfig;
import dev.syncline.sim.events.ChannelIndex;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An API that runs: the present snapshot of its configuration, who subscribes, who is connected.
 *
 * <p>Thread-safe. The snapshot is replaced by the store only, under its lock.
 */
final class LiveApi {
  private final ChannelIndex<LiveSubscription> index = new ChannelIndex<>();
  private final Set<RealtimeConnection> connections = ConcurrentHashMap.newKeySet();
  private volatile ApiRecord stored;
  private volatile ApiConfig config;
  private volatile boolean deleted;

  LiveApi(ApiRecord stored) {
    this.stored = stored;
    this.config = stored.config();
  }

  ApiRecord stored() {
    return stored;
  }

  ApiConfig config() {
    return config;
  }

  String id() {
    return stored.apiId();
  }

  ChannelIndex<LiveSubscription> index() {
    return index;
  }

  void replace(ApiRecord next) {
    stored = next;
    config = next.config();
  }

  /** Whether clients may name it by this host. */
  boolean hasHost(String hostName) {
    ApiRecord present = stored;
    return present.httpHost().equals(hostName) || present.realtimeHost().equals(hostName);
  }

  /** Takes note of a connection; one that comes too late for a deleted API is closed. */
  void connected(RealtimeConnection connection) {
    connections.add(connection);
    if (deleted) {
      connection.close("API deleted");
    }
  }

  void disconnected(RealtimeConnection connection) {
    connections.remove(connection);
  }

  void delete() {
    deleted = true;
    connections.forEach(connection -> connection.close("API deleted"));
  }
}
