// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.http;

/**
 * Something on the port that is not an AWS API operation: a data plane, such as an API Gateway
 * stage or AppSync Events' {@code /event}, or the simulator's own {@code /_syncline/…}.
 * Thread-safe.
 */
public interface HttpEndpoint {
  /** The prefix of the simulator's own paths, which no AWS service has. */
  String OWN_PATHS = "/_syncline/";

  /** Whether this endpoint answers the request; asked in order of registration, must be quick. */
  boolean claims(HttpRequest request);

  /**
   * Answers. Called on a virtual thread inside {@link dev.syncline.sim.kernel.SimClock#call}; waits
   * only through {@link dev.syncline.sim.kernel.SimClock#await}.
   */
  HttpResponse answer(HttpRequest request) throws Exception;

  /**
   * Who may send a request that this endpoint claims; anything else is refused with 403 before
   * {@link #answer}. Unless said otherwise no foreign web page may.
   */
  default Access access(HttpRequest request) {
    return Access.PROGRAMS;
  }
}
