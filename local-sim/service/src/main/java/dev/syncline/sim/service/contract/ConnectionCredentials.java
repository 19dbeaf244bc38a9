// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.contract;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The credentials that an EventBridge connection adds to a request. {@code eventbridge} provides
 * their {@link Source}; {@code stepfunctions} uses it for HTTP Tasks.
 *
 * @param headers the authorization header, unless it is fetched by {@code oauth}, and the
 *     connection's own headers
 * @param query query parameters, in order
 * @param body members merged into a JSON object body
 * @param oauth where the authorization header comes from; null when it is among the headers
 */
public record ConnectionCredentials(
    List<Map.Entry<String, String>> headers,
    List<Map.Entry<String, String>> query,
    Map<String, String> body,
    @Nullable OAuth oauth) {

  /** Nothing to add. */
  public static final ConnectionCredentials NONE =
      new ConnectionCredentials(List.of(), List.of(), Map.of());

  /** Without OAuth. */
  public ConnectionCredentials(
      List<Map.Entry<String, String>> headers,
      List<Map.Entry<String, String>> query,
      Map<String, String> body) {
    this(headers, query, body, null);
  }

  /**
   * A token of the client-credentials grant.
   *
   * @param key identifies the connection and its present secrets; the cache key of a token
   * @param endpoint the token endpoint, an https URL
   * @param method GET, POST or PUT
   * @param headers further headers of the token request
   * @param query further query parameters of it
   * @param body further form fields of it
   */
  public record OAuth(
      String key,
      String endpoint,
      String method,
      String clientId,
      String clientSecret,
      List<Map.Entry<String, String>> headers,
      List<Map.Entry<String, String>> query,
      List<Map.Entry<String, String>> body) {
    @Override
    public String toString() {
      return "OAuth[" + endpoint + ", " + clientId + "]";
    }
  }

  /** Finds the credentials of a connection. Thread-safe. */
  @FunctionalInterface
  public interface Source {
    /**
     * The credentials of the connection.
     *
     * @throws dev.syncline.sim.service.AwsException when it does not exist or is not authorized
     */
    ConnectionCredentials of(String connectionArn);
  }
}
