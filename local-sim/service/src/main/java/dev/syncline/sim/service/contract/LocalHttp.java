// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.contract;

import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import java.net.URI;

/**
 * Sends requests to hosts that this process answers in place of AWS. The simulator provides it;
 * {@code stepfunctions} uses it for HTTP Tasks and {@code appsync} for HTTP data sources.
 * Thread-safe.
 */
public interface LocalHttp {
  /** Whether the host, without its port, is an AWS host that this process answers for. */
  boolean serves(String host);

  /** Whether this process answers the URL: such a host, or a loopback name with its own port. */
  boolean serves(URI url);

  /** Answers a request on the calling thread; blocks until there is an answer. */
  HttpResponse send(HttpRequest request);
}
