// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.eventbridge;

import java.util.List;

/**
 * The parameters that a connection adds to every request. Immutable.
 *
 * @param headers {@code HeaderParameters}
 * @param query {@code QueryStringParameters}
 * @param body {@code BodyParameters}
 */
record InvocationParameters(List<Parameter> headers, List<Parameter> query, List<Parameter> body) {
  static final InvocationParameters NONE =
      new InvocationParameters(List.of(), List.of(), List.of());

  InvocationParameters {
    headers = List.copyOf(headers);
    query = List.copyOf(query);
    body = List.copyOf(body);
  }

  boolean isEmpty() {
    return headers.isEmpty() && query.isEmpty() && body.isEmpty();
  }

  /**
   * One of them.
   *
   * @param secret whether DescribeConnection omits the value
   */
  record Parameter(String key, String value, boolean secret) {
    @Override
    public String toString() {
      return "Parameter[" + key + (secret ? "" : "=" + value) + "]";
    }
  }
}
