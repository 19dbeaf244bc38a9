// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Walks a value that has not been evaluated and reports the names that it refers to. */
final class References {
  /** Called for each name. */
  interface Visitor {
    /** Of a parameter, pseudo parameter or resource. */
    void name(String name);

    /** Of a resource, for one of its attributes. */
    void attribute(String logicalId, String attribute);

    /** Of a condition. */
    default void condition(String name) {}

    /** Of a mapping. */
    default void mapping(String name) {}
  }

  private final Visitor visitor;
  private final Predicate<String> taken;
  private final boolean everyBranch;

  private References(Visitor visitor, Predicate<String> taken, boolean everyBranch) {
    this.visitor = visitor;
    this.taken = taken;
    this.everyBranch = everyBranch;
  }

  /** Visits both branches of every {@code Fn::If}. */
  static void visitAll(JsonNode value, Visitor visitor) {
    new References(visitor, name -> true, true).walk(value);
  }

  /** Visits only the branches that are taken, given whether a condition holds. */
  static void visitTaken(JsonNode value, Predicate<String> conditions, Visitor visitor) {
    new References(visitor, conditions, false).walk(value);
  }

  private void walk(JsonNode value) {
    if (value instanceof ObjectNode object && object.size() == 1) {
      Map.Entry<String, JsonNode> only = object.properties().iterator().next();
      if (function(only.getKey(), only.getValue())) {
        return;
      }
    }
    value.forEach(this::walk);
  }

  /** Whether it was a function whose argument must not be visited like a value. */
  private boolean function(String name, JsonNode argument) {
    switch (name) {
      case "Ref" -> {
        if (argument.isTextual()) {
          visitor.name(argument.asText());
        }
        return argument.isTextual();
      }
      case "Fn::GetAtt" -> {
        AttributeName attribute = AttributeName.of(argument);
        visitor.attribute(attribute.logicalId(), attribute.attribute());
        return true;
      }
      case "Fn::Sub" -> {
        boolean withMap = argument.isArray() && argument.size() == 2;
        JsonNode text = withMap ? argument.get(0) : argument;
        Set<String> own = withMap ? Set.copyOf(names(argument.get(1))) : Set.of();
        Substitution.apply(
            text.asText(),
            variable -> {
              if (!own.contains(variable)) {
                variable(variable);
              }
              return "";
            });
        if (withMap) {
          argument.get(1).forEach(this::walk);
        }
        return true;
      }
      case "Fn::If" -> {
        if (!argument.isArray() || argument.size() != 3) {
          return false;
        }
        String condition = argument.get(0).asText();
        visitor.condition(condition);
        if (everyBranch || taken.test(condition)) {
          walk(argument.get(1));
        }
        if (everyBranch || !taken.test(condition)) {
          walk(argument.get(2));
        }
        return true;
      }
      case "Fn::FindInMap" -> {
        if (argument.path(0).isTextual()) {
          visitor.mapping(argument.get(0).asText());
        }
        return false;
      }
      default -> {
        return false;
      }
    }
  }

  private static Set<String> names(JsonNode map) {
    var names = new HashSet<String>();
    map.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private void variable(String variable) {
    int dot = variable.indexOf('.');
    if (dot < 0) {
      visitor.name(variable);
    } else {
      visitor.attribute(variable.substring(0, dot), variable.substring(dot + 1));
    }
  }
}
