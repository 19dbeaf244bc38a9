// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A simulation, and the calls of its control plane. */
abstract class ControlPlaneFixture {
  static final String KEY_ONLY = "[{'authType':'API_KEY'}]";

  final Simulation simulation = new Simulation();

  JsonNode call(String operation, String input) {
    return simulation.call(operation, input);
  }

  String api() {
    return "{'apiId':'" + simulation.apiId + "'}";
  }

  static String quoted(String text) {
    return text.replace('\'', '"');
  }

  static List<String> fields(JsonNode object) {
    var names = new ArrayList<String>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
