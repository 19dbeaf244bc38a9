// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import java.util.Optional;

/**
 * A path of the data plane: AWS's, or the same below {@code /_aws/appsync-api/{id}} for clients
 * that cannot use the API's host names.
 *
 * @param id names the API, by the first label of its hosts or by its API id; empty when the path
 *     names none
 * @param path the path on AWS
 */
record EventPath(Optional<String> id, String path) {
  static final String PUBLISH = "/event";
  static final String REALTIME = "/event/realtime";
  private static final String PREFIX = "/_aws/appsync-api/";

  static EventPath of(String rawPath) {
    if (!rawPath.startsWith(PREFIX)) {
      return new EventPath(Optional.empty(), rawPath);
    }
    int end = rawPath.indexOf('/', PREFIX.length());
    return end < 0
        ? new EventPath(Optional.of(rawPath.substring(PREFIX.length())), "/")
        : new EventPath(
            Optional.of(rawPath.substring(PREFIX.length(), end)), rawPath.substring(end));
  }
}
