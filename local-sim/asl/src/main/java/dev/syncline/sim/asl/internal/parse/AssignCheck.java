// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.parse;

import com.fasterxml.jackson.databind.JsonNode;

/** Variable names. */
final class AssignCheck {
  private static final int MAX_NAME = 80;

  private AssignCheck() {}

  static void check(Fields fields, String field) {
    JsonNode assign = fields.get(field);
    if (!assign.isObject()) {
      fields.schema(field, "Expected value of type Object");
      return;
    }
    for (var entry : assign.properties()) {
      String key = entry.getKey();
      String name =
          !fields.jsonata() && key.endsWith(".$") ? key.substring(0, key.length() - 2) : key;
      if (name.length() > MAX_NAME
          || !name.matches("[\\p{L}_][\\p{L}\\p{N}\\p{M}_]*")
          || name.equals("states")) {
        fields.schema(field, "Variable name '" + name + "' is not valid");
      }
    }
  }
}
