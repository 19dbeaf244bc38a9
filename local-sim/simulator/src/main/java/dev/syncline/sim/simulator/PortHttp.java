// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.simulator;

import dev.syncline.sim.port.Router;
import dev.syncline.sim.service.contract.LocalHttp;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.service.http.Loopback;
import java.net.URI;
import java.util.function.IntPredicate;

/**
 * Sends requests of rooms to the router, without a socket. Thread-safe.
 *
 * @param ownPort whether a port is one of the simulator's, once they are open
 */
record PortHttp(Router router, IntPredicate ownPort) implements LocalHttp {
  @Override
  public boolean serves(String host) {
    return router.servesHost(host);
  }

  @Override
  public boolean serves(URI url) {
    String host = url.getHost();
    return host != null
        && (router.servesHost(host) || (Loopback.isName(host) && ownPort.test(url.getPort())));
  }

  @Override
  public HttpResponse send(HttpRequest request) {
    return router.answerInside(request).complete();
  }
}
