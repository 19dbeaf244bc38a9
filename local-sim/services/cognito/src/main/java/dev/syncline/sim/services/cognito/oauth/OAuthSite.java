// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.oauth;

import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.services.cognito.pool.UserPool;

/**
 * The domain of a pool as a request addresses it. Immutable.
 *
 * @param base what stands before the endpoint in the path; empty at the domain's own host
 * @param path the endpoint, such as {@code /oauth2/token}
 */
record OAuthSite(UserPool pool, String base, String path, HttpRequest request) {
  /** The path of an endpoint of this domain. */
  String at(String endpoint) {
    return base + endpoint;
  }
}
