// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.http;

/**
 * A part of the port that is not an AWS API operation: a data plane, such as an API Gateway stage
 * or AppSync Events' {@code /event}, or the simulator's own {@code /_syncline/…}. Thread-safe.
 */
public interface HttpEndpoint {
  /** The prefix of the simulator's own paths, which no AWS service has. */
  String OWN_PATHS = "/_syncline/";

  /** Whether this endpoint answers the request; called in order of registration; must be quick. */
  boolean claims(HttpRequest request);

  /**
   * Answers. Called on a virtual thread inside {@link dev.syncline.sim.kernel.SimClock#call}; waits
   * only through {@link dev.syncline.sim.kernel.SimClock#await}.
   */
  HttpResponse answer(HttpRequest request) throws Exception;

  /**
   * The callers that may send a request to this endpoint; others are refused with 403 before {@link
   * #answer}. By default foreign web pages are refused.
   */
  default Access access(HttpRequest request) {
    return Access.PROGRAMS;
  }
}
