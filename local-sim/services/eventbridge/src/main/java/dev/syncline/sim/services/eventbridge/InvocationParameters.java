// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.eventbridge;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.BiConsumer;

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

  /**
   * Writes the lists that are not empty.
   *
   * @param item writes one parameter into its object
   */
  void write(
      ObjectNode into,
      String headersName,
      String queryName,
      String bodyName,
      BiConsumer<ObjectNode, Parameter> item) {
    write(into, headersName, headers, item);
    write(into, queryName, query, item);
    write(into, bodyName, body, item);
  }

  private static void write(
      ObjectNode into,
      String name,
      List<Parameter> parameters,
      BiConsumer<ObjectNode, Parameter> item) {
    if (!parameters.isEmpty()) {
      ArrayNode list = into.putArray(name);
      parameters.forEach(parameter -> item.accept(list.addObject(), parameter));
    }
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
