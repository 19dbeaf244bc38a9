// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.service.settings.AllowedHost;
import java.net.URI;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The hosts that integrations may call.
 *
 * @param served whether this process answers a URL
 * @param send answers such a request on the calling thread; thread-safe
 * @param allowed hosts outside of this process
 */
public record IntegrationBackends(
    Predicate<URI> served, Function<HttpRequest, HttpResponse> send, List<AllowedHost> allowed) {
  /** Copies the list. */
  public IntegrationBackends {
    allowed = List.copyOf(allowed);
  }
}
