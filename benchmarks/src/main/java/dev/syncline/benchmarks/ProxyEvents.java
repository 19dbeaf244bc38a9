// SPDX-License-Identifier: Apache-2.0
package dev.syncline.benchmarks;

/** API Gateway's proxy events for the bridge. Stateless. */
final class ProxyEvents {
  private ProxyEvents() {}

  /**
   * {@code POST /event} with a person of this name and the surname S. The name is the key too, so
   * that a repeat joins the work.
   */
  static String post(String name) {
    return "{\"resource\":\"/event\",\"path\":\"/event\",\"httpMethod\":\"POST\",\"headers\":"
        + "{\"Content-Type\":\"application/json\",\"Idempotency-Key\":\""
        + name
        + "\"},\"requestContext\":{\"path\":\"/dev/event\","
        + "\"requestId\":\"r\"},\"body\":\"{\\\"name\\\":\\\""
        + name
        + "\\\",\\\"surname\\\":\\\"S\\\"}\",\"isBase64Encoded\":false}";
  }
}
