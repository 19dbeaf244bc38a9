// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import dev.syncline.sim.events.Credentials;
import dev.syncline.sim.events.Refusal;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.services.appsync.common.ApiHosts;
import dev.syncline.sim.services.appsync.common.DataPath;
import java.util.Optional;

/**
 * Finds the API that a request is meant for. In this order: the path, the Host header, the {@code
 * host} that the credentials name, and on a loopback host the API that issued the key.
 *
 * <p>Thread-safe.
 */
record ApiFinder(ApiStore store) {
  /**
   * The API.
   *
   * @param namedHost the host that the credentials name, empty when they name none
   */
  Optional<LiveApi> find(HttpRequest request, String namedHost, Credentials credentials) {
    Optional<String> id = DataPath.of(request.rawPath()).id();
    if (id.isPresent()) {
      return store.named(id.get());
    }
    String host = request.hostName();
    if (ApiHosts.isApi(host)) {
      return store.atHost(host);
    }
    if (ApiHosts.isApi(namedHost)) {
      return store.atHost(namedHost);
    }
    return ApiHosts.isLoopback(host) && credentials instanceof Credentials.Key key
        ? store.ofKey(key.value())
        : Optional.empty();
  }

  /** Why no API was found: the request names an unknown one, or none. */
  static Refusal notFound(HttpRequest request, String namedHost) {
    Optional<String> id = DataPath.of(request.rawPath()).id();
    if (id.isPresent()) {
      return unknown("with the id '" + id.get() + "' or with hosts that begin with it");
    }
    if (ApiHosts.isApi(request.hostName())) {
      return unknown("at host '" + request.hostName() + "'");
    }
    if (ApiHosts.isApi(namedHost)) {
      return unknown("at host '" + namedHost + "', which the credentials name");
    }
    return new Refusal(
        401,
        "UnauthorizedException",
        "You are not authorized to make this call.",
        "path, host and credentials name no API, and no API issued the key");
  }

  private static Refusal unknown(String which) {
    String message = "The simulator has no Event API " + which;
    return new Refusal(404, "ResourceNotFound", message, message);
  }
}
