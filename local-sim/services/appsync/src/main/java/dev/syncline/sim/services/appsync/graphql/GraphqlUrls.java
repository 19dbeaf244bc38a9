// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.contract.FurtherPorts;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The URLs that {@code GetGraphqlApi} gives. Each API has a port of its own, {@code
 * http://127.0.0.1:{port}/graphql}, which takes HTTP and HTTPS: clients derive the realtime URL
 * from this URL by changing its scheme and adding {@code /realtime}, and some keep its host and
 * port only. So they need neither name resolution nor a path with an id. The port is derived from
 * the API's id, so that it is the same after a restart if it is free.
 *
 * <p>Thread-safe.
 */
public final class GraphqlUrls implements GraphqlApiStore.Listener {
  private static final int MIN_PORT = 20_000;
  private static final int PORTS = 10_000;

  private final Supplier<FurtherPorts> ports;
  private final Supplier<URI> endpoint;
  private final ReentrantLock opening = new ReentrantLock();
  private final Map<String, Integer> portOf = new HashMap<>();
  private final Map<Integer, String> apiAt = new HashMap<>();

  /**
   * URLs of no API yet.
   *
   * @param endpoint the URL of the simulator's port; may be called only after it is open
   */
  public GraphqlUrls(Supplier<FurtherPorts> ports, Supplier<URI> endpoint) {
    this.ports = ports;
    this.endpoint = endpoint;
  }

  /** {@code uris} of an API; opens its port at the first call. */
  ObjectNode uris(GraphqlApiRecord api) {
    ObjectNode uris = JsonNodeFactory.instance.objectNode();
    OptionalInt port = port(api.apiId());
    if (port.isEmpty()) {
      return uris.put("GRAPHQL", "https://" + api.httpHost() + "/graphql")
          .put("REALTIME", "wss://" + api.realtimeHost() + "/graphql");
    }
    String authority = endpoint.get().getHost() + ":" + port.getAsInt();
    return uris.put("GRAPHQL", "http://" + authority + "/graphql")
        .put("REALTIME", "ws://" + authority + "/graphql");
  }

  /** Opens the ports of APIs that were restored; call it when the simulator's port is open. */
  public void open(Iterable<String> apiIds) {
    apiIds.forEach(this::port);
  }

  /** The id of the API that has this port. */
  public Optional<String> apiAt(int port) {
    opening.lock();
    try {
      return Optional.ofNullable(apiAt.get(port));
    } finally {
      opening.unlock();
    }
  }

  /** The port of an API; empty when none can be opened. */
  private OptionalInt port(String apiId) {
    opening.lock();
    try {
      Integer known = portOf.get(apiId);
      if (known != null) {
        return OptionalInt.of(known);
      }
      int opened = ports.get().open(MIN_PORT + Math.floorMod(apiId.hashCode(), PORTS));
      portOf.put(apiId, opened);
      apiAt.put(opened, apiId);
      return OptionalInt.of(opened);
    } catch (IllegalStateException noPort) {
      System.getLogger(GraphqlUrls.class.getName())
          .log(
              System.Logger.Level.DEBUG,
              "the GraphQL API " + apiId + " has no port: " + noPort.getMessage());
      return OptionalInt.empty();
    } finally {
      opening.unlock();
    }
  }

  @Override
  public void deleted(GraphqlApiRecord api) {
    close(api.apiId());
  }

  /** Closes every port. */
  public void close() {
    List<String> all;
    opening.lock();
    try {
      all = List.copyOf(portOf.keySet());
    } finally {
      opening.unlock();
    }
    all.forEach(this::close);
  }

  private void close(String apiId) {
    Integer port;
    opening.lock();
    try {
      port = portOf.remove(apiId);
      if (port != null) {
        apiAt.remove(port);
      }
    } finally {
      opening.unlock();
    }
    if (port != null) {
      ports.get().close(port);
    }
  }
}
