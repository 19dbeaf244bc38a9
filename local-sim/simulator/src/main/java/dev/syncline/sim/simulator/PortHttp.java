// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.simulator;

import dev.syncline.sim.port.Router;
import dev.syncline.sim.service.contract.LocalHttp;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.service.http.Loopback;
import java.net.URI;
import java.util.function.IntSupplier;

/**
 * Sends requests of rooms to the router, without a socket. Thread-safe.
 *
 * @param port the number of the port, once it is open
 */
record PortHttp(Router router, IntSupplier port) implements LocalHttp {
  @Override
  public boolean serves(String host) {
    return router.servesHost(host);
  }

  @Override
  public boolean serves(URI url) {
    String host = url.getHost();
    return host != null
        && (router.servesHost(host) || (url.getPort() == port.getAsInt() && Loopback.isName(host)));
  }

  @Override
  public HttpResponse send(HttpRequest request) {
    return router.answerInside(request).complete();
  }
}
