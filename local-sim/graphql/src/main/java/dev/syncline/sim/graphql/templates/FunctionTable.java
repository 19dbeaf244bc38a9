// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.templates;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The functions of one group, such as {@code $util.time}. Overloads are told apart by the types of
 * the arguments, which are not converted; null fits every type. Immutable after it is built.
 */
final class FunctionTable {
  /** A function's body. */
  @FunctionalInterface
  interface Body {
    @Nullable Object call(TemplateRun run, Arguments arguments);
  }

  /** Arguments whose types have been checked. */
  record Arguments(List<@Nullable Object> values) {
    @Nullable Object get(int index) {
      return index < values.size() ? values.get(index) : null;
    }

    int size() {
      return values.size();
    }

    /** An argument that is a text or null. */
    @Nullable String text(int index) {
      return get(index) instanceof String text ? text : null;
    }

    /** A text that is needed. */
    String needed(int index) {
      return get(index) instanceof String text ? text : "";
    }
  }

  private record Overload(List<Class<?>> types, Body body) {
    boolean fits(List<@Nullable Object> arguments) {
      if (arguments.size() != types.size()) {
        return false;
      }
      for (int i = 0; i < types.size(); i++) {
        Object argument = arguments.get(i);
        if (argument != null && !types.get(i).isInstance(argument)) {
          return false;
        }
      }
      return true;
    }
  }

  private final String name;
  private final Map<String, List<Overload>> functions = new HashMap<>();
  private final Map<String, FunctionTable> groups = new HashMap<>();

  /**
   * An empty table.
   *
   * @param name the group as it is written in templates, for texts of errors
   */
  FunctionTable(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  /** Adds an overload; earlier ones are preferred. */
  FunctionTable add(String function, Body body, Class<?>... types) {
    functions
        .computeIfAbsent(function, key -> new ArrayList<>())
        .add(new Overload(List.of(types), body));
    return this;
  }

  /** Adds a group that is a property of this one. */
  FunctionTable group(String property, FunctionTable group) {
    groups.put(property, group);
    return this;
  }

  @Nullable FunctionTable group(String property) {
    return groups.get(property);
  }

  @Nullable Body find(String function, List<@Nullable Object> arguments) {
    for (Overload overload : functions.getOrDefault(function, List.of())) {
      if (overload.fits(arguments)) {
        return overload.body();
      }
    }
    return null;
  }
}
