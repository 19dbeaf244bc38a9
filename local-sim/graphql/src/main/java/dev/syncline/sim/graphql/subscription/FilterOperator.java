// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Optional;

/** The operators of enhanced filters. Each gets a value that is neither missing nor null. */
enum FilterOperator {
  EQ("eq") {
    @Override
    boolean matches(JsonNode value, JsonNode operand) {
      return ComparedValue.equal(value, operand);
    }
  },
  NE("ne") {
    @Override
    boolean matches(JsonNode value, JsonNode operand) {
      return !ComparedValue.equal(value, operand);
    }
  },
  LT("lt") {
    @Override
    boolean matches(JsonNode value, JsonNode operand) {
      return ComparedValue.ordered(value, operand) && ComparedValue.compare(value, operand) < 0;
    }
  },
  LE("le") {
    @Override
    boolean matches(JsonNode value, JsonNode operand) {
      return ComparedValue.ordered(value, operand) && ComparedValue.compare(value, operand) <= 0;
    }
  },
  GE("ge") {
    @Override
    boolean matches(JsonNode value, JsonNode operand) {
      return ComparedValue.ordered(value, operand) && ComparedValue.compare(value, operand) >= 0;
    }
  },
  GT("gt") {
    @Override
    boolean matches(JsonNode value, JsonNode operand) {
      return ComparedValue.ordered(value, operand) && ComparedValue.compare(value, operand) > 0;
    }
  },
  CONTAINS("contains") {
    @Override
    boolean matches(JsonNode value, JsonNode operand) {
      return contains(value, operand);
    }
  },
  NOT_CONTAINS("notContains") {
    @Override
    boolean matches(JsonNode value, JsonNode operand) {
      return !contains(value, operand);
    }
  },
  BEGINS_WITH("beginsWith") {
    @Override
    boolean matches(JsonNode value, JsonNode operand) {
      return value.isTextual()
          && operand.isTextual()
          && value.textValue().startsWith(operand.textValue());
    }
  },
  IN("in") {
    @Override
    boolean matches(JsonNode value, JsonNode operand) {
      return hasElement(operand, value);
    }
  },
  NOT_IN("notIn") {
    @Override
    boolean matches(JsonNode value, JsonNode operand) {
      return !hasElement(operand, value);
    }
  },
  BETWEEN("between") {
    @Override
    boolean matches(JsonNode value, JsonNode operand) {
      return GE.matches(value, operand.path(0)) && LE.matches(value, operand.path(1));
    }
  },
  CONTAINS_ANY("containsAny") {
    @Override
    boolean matches(JsonNode value, JsonNode operand) {
      for (JsonNode element : operand) {
        if (value.isArray() && hasElement(value, element)) {
          return true;
        }
      }
      return false;
    }
  };

  private final String label;

  FilterOperator(String label) {
    this.label = label;
  }

  /** The operator of that name, exactly as it is written. */
  static Optional<FilterOperator> named(String name) {
    return Arrays.stream(values()).filter(operator -> operator.label.equals(name)).findFirst();
  }

  String label() {
    return label;
  }

  /** Whether a value of the payload satisfies the operator. */
  abstract boolean matches(JsonNode value, JsonNode operand);

  private static boolean contains(JsonNode value, JsonNode operand) {
    return value.isArray()
        ? hasElement(value, operand)
        : value.isTextual() && value.textValue().contains(ComparedValue.text(operand));
  }

  private static boolean hasElement(JsonNode array, JsonNode wanted) {
    for (JsonNode element : array) {
      if (ComparedValue.equal(element, wanted)) {
        return true;
      }
    }
    return false;
  }
}
