// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.http;

import java.util.Optional;

/**
 * Opens operations to foreign web pages where a user's own configuration says so, such as the CORS
 * configuration of a bucket. The port asks before it refuses a page. Implementations are
 * thread-safe and quick.
 */
@FunctionalInterface
public interface PageRules {
  /** No operation is open to foreign pages. */
  PageRules NONE = request -> Optional.empty();

  /**
   * The headers of the answer to a page's request.
   *
   * @param request has an {@code Origin}, and is for this service
   * @return empty where the page may not send it
   */
  Optional<Headers> opened(HttpRequest request);
}
