// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.common;

import java.util.Optional;

/**
 * A path of the data plane: AWS's, or the same below {@code /_aws/appsync-api/{id}} for clients
 * that cannot use the API's host names.
 *
 * @param id names the API, by the first label of its hosts or by its API id; empty when the path
 *     names none
 * @param path the path on AWS
 */
public record DataPath(Optional<String> id, String path) {
  /** Publishing to an Event API. */
  public static final String PUBLISH = "/event";

  /** Connections of an Event API. */
  public static final String REALTIME = "/event/realtime";

  /** Queries and mutations of a GraphQL API; also connections, at its realtime host. */
  public static final String GRAPHQL = "/graphql";

  /** Connections of a GraphQL API. */
  public static final String GRAPHQL_REALTIME = "/graphql/realtime";

  private static final String PREFIX = "/_aws/appsync-api/";

  /** Reads a path as it was sent. */
  public static DataPath of(String rawPath) {
    if (!rawPath.startsWith(PREFIX)) {
      return new DataPath(Optional.empty(), rawPath);
    }
    int end = rawPath.indexOf('/', PREFIX.length());
    return end < 0
        ? new DataPath(Optional.of(rawPath.substring(PREFIX.length())), "/")
        : new DataPath(
            Optional.of(rawPath.substring(PREFIX.length(), end)), rawPath.substring(end));
  }
}
