// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.stepfunctions;

import java.util.List;
import java.util.Map;

/**
 * What an EventBridge connection adds to a request.
 *
 * @param headers the authorization header and the connection's own headers
 * @param query query parameters, in order
 * @param body members merged into a JSON object body
 */
public record ConnectionCredentials(
    List<Map.Entry<String, String>> headers,
    List<Map.Entry<String, String>> query,
    Map<String, String> body) {

  /** Looks a connection up. Thread-safe. */
  @FunctionalInterface
  public interface Source {
    /**
     * The credentials of the connection.
     *
     * @throws dev.syncline.sim.aws.service.AwsException when it does not exist or is not authorized
     */
    ConnectionCredentials of(String connectionArn);
  }
}
