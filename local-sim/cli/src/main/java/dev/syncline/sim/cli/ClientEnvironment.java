// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The environment variables that point AWS's CLI and SDKs to a simulator.
 *
 * @param variables what to set, in order
 */
record ClientEnvironment(Map<String, String> variables) {
  /** Variables that would send a client elsewhere, or sign with something else. */
  static final List<String> UNSET =
      List.of("AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_SESSION_TOKEN");

  /** The id and secret that a simulator accepts unless {@code --access-key} sets others. */
  static final String DEFAULT_KEY = "test";

  /** The variables for the simulator with this status. */
  static ClientEnvironment of(JsonNode status) {
    String region = status.path("region").asText();
    var variables = new LinkedHashMap<String, String>();
    variables.put("AWS_ENDPOINT_URL", status.path("endpoint").asText());
    variables.put("AWS_REGION", region);
    variables.put("AWS_DEFAULT_REGION", region);
    variables.put("AWS_ACCESS_KEY_ID", DEFAULT_KEY);
    variables.put("AWS_SECRET_ACCESS_KEY", DEFAULT_KEY);
    if (status.path("caFile").isTextual()) {
      // For clients with an https endpoint; http needs no certificate.
      variables.put("AWS_CA_BUNDLE", status.path("caFile").asText());
    }
    return new ClientEnvironment(variables);
  }
}
