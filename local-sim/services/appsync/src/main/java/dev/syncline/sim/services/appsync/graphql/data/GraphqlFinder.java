// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.data;

import dev.syncline.sim.events.Credentials;
import dev.syncline.sim.events.Refusal;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.services.appsync.common.ApiHosts;
import dev.syncline.sim.services.appsync.common.DataPath;
import dev.syncline.sim.services.appsync.common.WebPages;
import dev.syncline.sim.services.appsync.graphql.GraphqlApiRecord;
import dev.syncline.sim.services.appsync.graphql.GraphqlApiStore;
import dev.syncline.sim.services.appsync.graphql.GraphqlUrls;
import java.util.Optional;

/**
 * Finds the GraphQL API that a request is meant for. In this order: the path, the name in the Host
 * header, its port, the host that the credentials name, and on a loopback host the API that issued
 * the key. Thread-safe.
 */
record GraphqlFinder(GraphqlApiStore store, GraphqlUrls urls) {
  /** Whether a request is for the data plane of GraphQL APIs; also true for an unknown API. */
  boolean claims(HttpRequest request) {
    DataPath path = DataPath.of(request.rawPath());
    boolean graphql = isGraphql(path.path());
    if (path.id().isPresent()) {
      return graphql || store.named(path.id().get()).isPresent();
    }
    if (ApiHosts.isApi(request.hostName())) {
      return graphql || store.atHost(request.hostName()).isPresent();
    }
    return graphql
        && ApiHosts.isLoopback(request.hostName())
        && (ofPort(request).isPresent() || WebPages.hasKey(request));
  }

  /**
   * The API.
   *
   * @param namedHost the host that the credentials name, empty when they name none
   */
  Optional<GraphqlApiRecord> find(HttpRequest request, String namedHost, Credentials credentials) {
    Optional<String> id = DataPath.of(request.rawPath()).id();
    if (id.isPresent()) {
      return store.named(id.get());
    }
    String host = request.hostName();
    if (ApiHosts.isApi(host)) {
      return store.atHost(host);
    }
    Optional<GraphqlApiRecord> atPort = ofPort(request);
    if (atPort.isPresent()) {
      return atPort;
    }
    if (ApiHosts.isApi(namedHost)) {
      return store.atHost(namedHost);
    }
    return ApiHosts.isLoopback(host) && credentials instanceof Credentials.Key key
        ? store.ofKey(key.value())
        : Optional.empty();
  }

  /** The refusal of a request for which no API was found. */
  static Refusal notFound(HttpRequest request) {
    Optional<String> id = DataPath.of(request.rawPath()).id();
    if (id.isPresent()) {
      return unknown("with the id '" + id.get() + "' or with hosts that begin with it");
    }
    if (ApiHosts.isApi(request.hostName())) {
      return unknown("at host '" + request.hostName() + "'");
    }
    return new Refusal(
        401,
        "UnauthorizedException",
        "You are not authorized to make this call.",
        "path, host and credentials name no API, and no API issued the key");
  }

  private static Refusal unknown(String which) {
    String message = "The simulator has no GraphQL API " + which;
    return new Refusal(404, "NotFoundException", message, message);
  }

  private static boolean isGraphql(String path) {
    return path.equals(DataPath.GRAPHQL) || path.startsWith(DataPath.GRAPHQL + "/");
  }

  private Optional<GraphqlApiRecord> ofPort(HttpRequest request) {
    String host = request.headers().first("host").orElse("");
    int colon = host.lastIndexOf(':');
    if (colon < 0) {
      return Optional.empty();
    }
    try {
      return urls.apiAt(Integer.parseInt(host, colon + 1, host.length(), 10)).flatMap(store::find);
    } catch (NumberFormatException noPort) {
      return Optional.empty();
    }
  }
}
