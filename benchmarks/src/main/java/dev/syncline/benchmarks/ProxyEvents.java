// SPDX-License-Identifier: Apache-2.0
package dev.syncline.benchmarks;

/** What API Gateway would invoke the bridge with. Stateless. */
final class ProxyEvents {
  private ProxyEvents() {}

  /** {@code POST /event} with a person of this name and the surname S. */
  static String post(String name) {
    return "{\"resource\":\"/event\",\"path\":\"/event\",\"httpMethod\":\"POST\",\"headers\":"
        + "{\"Content-Type\":\"application/json\"},\"requestContext\":{\"path\":\"/dev/event\","
        + "\"requestId\":\"r\"},\"body\":\"{\\\"name\\\":\\\""
        + name
        + "\\\",\\\"surname\\\":\\\"S\\\"}\",\"isBase64Encoded\":false}";
  }
}
