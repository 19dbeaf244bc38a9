// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.asl.internal.expr.AslJson;
import dev.syncline.sim.asl.internal.expr.FieldValue;
import dev.syncline.sim.asl.internal.expr.Scope;
import dev.syncline.sim.asl.internal.expr.StateFailure;
import org.jspecify.annotations.Nullable;

/** Reads fields that hold numbers; texts that look like numbers count (recorded). */
final class Numbers {
  private Numbers() {}

  static @Nullable Long whole(@Nullable FieldValue field, Scope scope) {
    JsonNode value = value(field, scope);
    if (field == null || value == null) {
      return null;
    }
    if (value.isIntegralNumber()) {
      return value.longValue();
    }
    if (value.isTextual() && value.textValue().matches("-?\\d{1,18}")) {
      return Long.valueOf(value.textValue());
    }
    throw invalid(field, value, "integer");
  }

  /** MaxConcurrency of a Map. */
  static @Nullable Long concurrency(@Nullable FieldValue field, Scope scope) {
    Long concurrency = whole(field, scope);
    if (concurrency != null && concurrency < 0) {
      throw StateFailure.runtime(
          "Expected non-negative integer for MaxConcurrency, got '" + concurrency + "' instead.");
    }
    return concurrency;
  }

  static @Nullable Double fraction(@Nullable FieldValue field, Scope scope) {
    JsonNode value = value(field, scope);
    if (field == null || value == null) {
      return null;
    }
    if (value.isNumber()) {
      return value.doubleValue();
    }
    if (value.isTextual() && value.textValue().matches("-?\\d+(\\.\\d+)?")) {
      return Double.valueOf(value.textValue());
    }
    throw invalid(field, value, "float");
  }

  private static @Nullable JsonNode value(@Nullable FieldValue field, Scope scope) {
    return switch (field) {
      case null -> null;
      case FieldValue.Literal literal -> literal.value();
      case FieldValue.FromTemplate template -> template.template().evaluate(scope);
      case FieldValue.FromPath path -> DataSteps.read(path.query(), scope);
      case FieldValue.FromExpression expression -> {
        JsonNode found = expression.expression().evaluate(scope, expression.field());
        if (!found.isNumber()) {
          throw expression.expression().unexpected(expression.field(), "number", found);
        }
        yield found;
      }
    };
  }

  private static StateFailure invalid(FieldValue field, JsonNode value, String kind) {
    String text = field instanceof FieldValue.FromPath path ? ": " + path.query().text() : "";
    return StateFailure.runtime(
        "The "
            + field.field()
            + " field refers to value \""
            + (value.isTextual() ? value.textValue() : AslJson.write(value))
            + "\" which is not a valid "
            + kind
            + text);
  }
}
