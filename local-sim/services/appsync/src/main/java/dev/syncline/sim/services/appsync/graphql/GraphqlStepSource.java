// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import org.jspecify.annotations.Nullable;

/**
 * The two parts of a resolver or function: templates, or code for the runtime APPSYNC_JS 1.0.0.
 * Immutable.
 *
 * @param requestTemplate as received; null without one
 * @param responseTemplate as received; null without one
 * @param code as received; null when templates are used
 */
public record GraphqlStepSource(
    @Nullable String requestTemplate, @Nullable String responseTemplate, @Nullable String code) {
  /** The name of the runtime of {@link #code}. */
  public static final String RUNTIME = "APPSYNC_JS";

  /** The version of the runtime of {@link #code}. */
  public static final String RUNTIME_VERSION = "1.0.0";

  /** Whether it has neither templates nor code: a direct call of a function. */
  public boolean direct() {
    return requestTemplate == null && responseTemplate == null && code == null;
  }

  /** Adds the members of the API. */
  void write(ObjectNode json) {
    Json.putIfPresent(json, "requestMappingTemplate", requestTemplate);
    Json.putIfPresent(json, "responseMappingTemplate", responseTemplate);
    if (code != null) {
      json.putObject("runtime").put("name", RUNTIME).put("runtimeVersion", RUNTIME_VERSION);
      json.put("code", code);
    }
  }
}
