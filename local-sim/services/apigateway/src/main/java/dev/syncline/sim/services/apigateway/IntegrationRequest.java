// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import java.util.List;
import java.util.Map;

/**
 * What an integration sends to its backend, after mapping. Immutable.
 *
 * @param headers mapped headers, with the content type
 * @param query mapped parameters of the query string, not encoded
 * @param path values of the variables in the integration's URI
 */
record IntegrationRequest(
    List<Map.Entry<String, String>> headers,
    List<Map.Entry<String, String>> query,
    Map<String, String> path,
    byte[] body) {

  String header(String name, String otherwise) {
    for (Map.Entry<String, String> header : headers) {
      if (header.getKey().equalsIgnoreCase(name)) {
        return header.getValue();
      }
    }
    return otherwise;
  }
}
