// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.asl.internal.expr.AslJson;
import dev.syncline.sim.asl.internal.expr.FieldValue;
import dev.syncline.sim.asl.internal.expr.Scope;
import dev.syncline.sim.asl.internal.expr.StateFailure;
import dev.syncline.sim.asl.internal.model.State;

/** Finds the items of a Map state. */
final class MapItems {
  private MapItems() {}

  /** The array to iterate over; {@code scope} sees the input after InputPath. */
  static JsonNode of(State.Map map, Scope scope) {
    return switch (map.items()) {
      case null -> fromInput(map, scope.input().json());
      case FieldValue.Literal literal -> literal.value();
      case FieldValue.FromTemplate template -> template.template().evaluate(scope);
      case FieldValue.FromPath path -> {
        JsonNode found = DataSteps.read(path.query(), scope);
        if (!found.isArray()) {
          // AWS omits the first dollar of a path into the context object here (recorded).
          throw notAnArray(path.query().text().replaceFirst("^\\$\\$", "\\$"));
        }
        yield found;
      }
      case FieldValue.FromExpression expression -> {
        JsonNode found = expression.expression().evaluate(scope, expression.field());
        if (!found.isArray()) {
          throw expression.expression().unexpected(expression.field(), "array", found);
        }
        yield found;
      }
    };
  }

  private static JsonNode fromInput(State.Map map, JsonNode input) {
    if (input.isArray()) {
      return input;
    }
    if (map.head().jsonata()) {
      throw StateFailure.evaluation(
          null, "Map state input must be an array but was: " + AslJson.write(input));
    }
    throw notAnArray("$");
  }

  private static StateFailure notAnArray(String path) {
    return StateFailure.runtime("Reference path \"" + path + "\" must point to array.");
  }
}
