// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.schema;

import graphql.language.FieldDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.InterfaceTypeDefinition;
import graphql.language.ListType;
import graphql.language.NonNullType;
import graphql.language.ObjectTypeDefinition;
import graphql.language.Type;
import graphql.language.TypeDefinition;
import graphql.language.TypeName;
import graphql.language.UnionTypeDefinition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Bounds what graphql-java's validation of a schema costs. It walks from type to type and at each
 * element climbs back to the root, and it follows each path of required input fields.
 */
final class SchemaCost {
  /** Elements times their distance from the root; some seconds. */
  private static final long MAX_CLIMB = 20_000_000;

  /** Paths of required fields from all arguments. */
  private static final long MAX_PATHS = 500_000;

  /** Required fields within required fields. */
  private static final int MAX_REQUIRED_DEPTH = 200;

  private final SchemaModel model;
  private final Map<String, Long> paths = new HashMap<>();

  private SchemaCost(SchemaModel model) {
    this.model = model;
  }

  /**
   * Checks the cost of a schema whose references are known to exist.
   *
   * @throws SchemaException when it is too high, or when required input fields form a cycle
   */
  static void check(SchemaModel model) throws SchemaException {
    SchemaCost cost = new SchemaCost(model);
    cost.checkClimb();
    cost.checkPaths();
  }

  /** A type on the way down. */
  private record Step(Iterator<String> references) {}

  private void checkClimb() throws SchemaException {
    Set<String> seen = new HashSet<>();
    long climb = 0;
    List<String> starts = new ArrayList<>(model.operations().values());
    starts.addAll(model.types().keySet());
    Deque<Step> way = new ArrayDeque<>();
    for (String start : starts) {
      way.push(new Step(List.of(start).iterator()));
      while (!way.isEmpty()) {
        Iterator<String> references = way.element().references();
        if (!references.hasNext()) {
          way.pop();
          continue;
        }
        TypeDefinition<?> type = model.types().get(references.next());
        if (type != null && seen.add(type.getName())) {
          List<String> next = references(type);
          climb += (long) way.size() * (next.size() + 1);
          if (climb > MAX_CLIMB) {
            throw new SchemaException(SchemaTexts.TOO_ENTANGLED);
          }
          way.push(new Step(next.iterator()));
        }
      }
    }
  }

  private List<String> references(TypeDefinition<?> type) {
    List<String> names = new ArrayList<>();
    for (FieldDefinition field : model.fields(type.getName())) {
      names.add(TypeReferences.name(field.getType()));
      field
          .getInputValueDefinitions()
          .forEach(argument -> names.add(TypeReferences.name(argument.getType())));
    }
    switch (type) {
      case ObjectTypeDefinition object -> names.addAll(SchemaModel.names(object.getImplements()));
      case InterfaceTypeDefinition object ->
          names.addAll(SchemaModel.names(object.getImplements()));
      case UnionTypeDefinition union -> names.addAll(SchemaModel.names(union.getMemberTypes()));
      case InputObjectTypeDefinition input ->
          input
              .getInputValueDefinitions()
              .forEach(field -> names.add(TypeReferences.name(field.getType())));
      default -> {}
    }
    return names;
  }

  private void checkPaths() throws SchemaException {
    long total = 0;
    for (TypeDefinition<?> type : model.types().values()) {
      for (FieldDefinition field : model.fields(type.getName())) {
        for (InputValueDefinition argument : field.getInputValueDefinitions()) {
          // graphql-java looks at arguments that are neither required nor lists.
          if (argument.getType() instanceof TypeName name) {
            total += paths(name.getName(), new HashSet<>());
          }
          if (total > MAX_PATHS) {
            throw new SchemaException(SchemaTexts.TOO_ENTANGLED);
          }
        }
      }
    }
  }

  private long paths(String name, Set<String> above) throws SchemaException {
    if (!(model.types().get(name) instanceof InputObjectTypeDefinition input)) {
      return 0;
    }
    Long known = paths.get(name);
    if (known != null) {
      return known;
    }
    if (!above.add(name)) {
      throw SchemaTexts.rules(
          List.of("The required fields of the input type '" + name + "' form a cycle."));
    }
    if (above.size() > MAX_REQUIRED_DEPTH) {
      throw new SchemaException(SchemaTexts.TOO_ENTANGLED);
    }
    long count = 1;
    for (InputValueDefinition field : input.getInputValueDefinitions()) {
      if (isRequired(field.getType())) {
        count = Math.min(MAX_PATHS + 1, count + paths(TypeReferences.name(field.getType()), above));
      }
    }
    above.remove(name);
    paths.put(name, count);
    return count;
  }

  /** Whether a value must hold a value of the inner type; graphql-java counts [T!]! too. */
  private static boolean isRequired(Type<?> type) {
    return type instanceof NonNullType outer
        && (!(outer.getType() instanceof ListType list) || list.getType() instanceof NonNullType);
  }
}
