// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.simulator;

import dev.syncline.sim.port.Router;
import dev.syncline.sim.service.contract.LocalHttp;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.service.http.Loopback;
import java.net.URI;
import java.util.function.IntSupplier;

/** Sends requests of rooms to the router, without a socket. Thread-safe. */
final class PortHttp implements LocalHttp {
  private final Router router;
  private final IntSupplier port;

  /** {@code port} is the number of the port, once it is open. */
  PortHttp(Router router, IntSupplier port) {
    this.router = router;
    this.port = port;
  }

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
    return router.answerInside(request);
  }
}
