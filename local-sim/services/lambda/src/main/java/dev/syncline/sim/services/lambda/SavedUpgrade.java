// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Adds to saved state of earlier versions the members that they did not have. */
final class SavedUpgrade {
  private static final String LAYERS = "layers";

  private SavedUpgrade() {}

  /** To the state of the room. */
  static void addMissing(ObjectNode state) {
    if (!state.has("layerNumbers")) {
      state.putObject("layerNumbers");
    }
  }

  /** To a function; before layers and URLs. */
  static ObjectNode function(ObjectNode function) {
    if (!function.has("urls")) {
      function.putObject("urls");
    }
    config(function.path("latest"));
    function.path("versions").forEach(SavedUpgrade::config);
    return function;
  }

  private static void config(JsonNode config) {
    if (config instanceof ObjectNode object && !object.has(LAYERS)) {
      object.putArray(LAYERS);
    }
  }
}
