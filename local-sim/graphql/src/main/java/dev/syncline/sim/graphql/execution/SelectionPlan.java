// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

import graphql.introspection.Introspection;
import graphql.language.Argument;
import graphql.language.BooleanValue;
import graphql.language.Directive;
import graphql.language.DirectivesContainer;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.TypeName;
import graphql.language.Value;
import graphql.language.VariableReference;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLUnionType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one operation for one outcome of its {@code @skip} and {@code @include}, collected
 * when they are first needed. Thread-safe.
 */
final class SelectionPlan {
  /** Fields of one plan at most, against documents that multiply by fragments. */
  static final int MAX_FIELDS = 50_000;

  /** Characters of all lists of selected paths at most; what does not fit is left out. */
  private static final int MAX_PATH_CHARACTERS = 2_000_000;

  private static final int PATH_CHARACTERS_OF_A_FIELD = 100;
  private static final int MAX_VIEWS = 10_000;

  private final GraphQLSchema schema;
  private final Map<String, FragmentDefinition> fragments;
  private final Map<String, Boolean> conditions;
  private final AtomicInteger ids = new AtomicInteger();
  private final AtomicInteger pathCharacters = new AtomicInteger();
  private final IntConsumer kept;
  private final List<PlannedField> roots;
  private final Map<FieldAccess, SubscriberView> views = new ConcurrentHashMap<>();

  /**
   * A plan.
   *
   * @param conditions the values of the variables in conditions
   * @param kept told how much the plan grows, in fields
   */
  SelectionPlan(
      GraphQLSchema schema,
      Map<String, FragmentDefinition> fragments,
      OperationDefinition operation,
      GraphQLObjectType root,
      Map<String, Boolean> conditions,
      IntConsumer kept) {
    this.kept = kept;
    this.schema = schema;
    this.fragments = fragments;
    this.conditions = conditions;
    Map<String, List<Field>> merged = new LinkedHashMap<>();
    add(root, operation.getSelectionSet(), merged, new HashSet<>());
    this.roots = planned(root, merged, 1);
  }

  /** The root fields in order. */
  List<PlannedField> roots() {
    return roots;
  }

  /** The view of subscribers with this access; shared by equal ones. */
  SubscriberView view(PlannedField root, FieldAccess access) {
    SubscriberView known = views.get(access);
    if (known == null) {
      SubscriberView made = new SubscriberView(schema, root, access);
      if (views.size() >= MAX_VIEWS) {
        return made;
      }
      known = views.putIfAbsent(access, made);
      known = known == null ? made : known;
    }
    return known;
  }

  /** How many fields are planned so far; ids are below it. */
  int size() {
    return ids.get();
  }

  int nextId() {
    int id = ids.getAndIncrement();
    kept.accept(1);
    if (id >= MAX_FIELDS) {
      throw new TooLargeException("The query selects more than " + MAX_FIELDS + " fields.");
    }
    return id;
  }

  /** Whether a list of selected paths may take one more path. */
  boolean takesPath(String path) {
    if (pathCharacters.addAndGet(path.length()) > MAX_PATH_CHARACTERS) {
      pathCharacters.set(MAX_PATH_CHARACTERS);
      return false;
    }
    kept.accept(1 + path.length() / PATH_CHARACTERS_OF_A_FIELD);
    return true;
  }

  /** The fragment of a name; null without one. */
  @Nullable FragmentDefinition fragment(String name) {
    return fragments.get(name);
  }

  List<PlannedField> collect(GraphQLObjectType type, List<Field> parents, int depth) {
    Map<String, List<Field>> merged = new LinkedHashMap<>();
    Set<String> visited = new HashSet<>();
    for (Field parent : parents) {
      add(type, parent.getSelectionSet(), merged, visited);
    }
    return planned(type, merged, depth);
  }

  private List<PlannedField> planned(
      GraphQLObjectType type, Map<String, List<Field>> merged, int depth) {
    List<PlannedField> fields = new ArrayList<>(merged.size());
    for (List<Field> nodes : merged.values()) {
      GraphQLFieldDefinition definition = definition(type, nodes.get(0).getName());
      if (definition != null) {
        fields.add(new PlannedField(this, fields.size(), depth, type.getName(), nodes, definition));
      }
    }
    return List.copyOf(fields);
  }

  private @Nullable GraphQLFieldDefinition definition(GraphQLObjectType type, String name) {
    if (name.startsWith("__")) {
      if (name.equals(Introspection.TypeNameMetaFieldDef.getName())) {
        return Introspection.TypeNameMetaFieldDef;
      }
      return Introspection.getFieldDefinition(schema, type, name);
    }
    return type.getFieldDefinition(name);
  }

  private void add(
      GraphQLObjectType type,
      @Nullable SelectionSet set,
      Map<String, List<Field>> merged,
      Set<String> visited) {
    if (set == null) {
      return;
    }
    for (Selection<?> selection : set.getSelections()) {
      switch (selection) {
        case Field field -> {
          if (isIncluded(field)) {
            merged.computeIfAbsent(field.getResultKey(), key -> new ArrayList<>(1)).add(field);
          }
        }
        case InlineFragment inline -> {
          if (isIncluded(inline) && applies(inline.getTypeCondition(), type)) {
            add(type, inline.getSelectionSet(), merged, visited);
          }
        }
        case FragmentSpread spread -> {
          FragmentDefinition fragment = fragments.get(spread.getName());
          if (fragment != null
              && isIncluded(spread)
              && visited.add(spread.getName())
              && isIncluded(fragment)
              && applies(fragment.getTypeCondition(), type)) {
            add(type, fragment.getSelectionSet(), merged, visited);
          }
        }
        default -> throw new IllegalStateException("unknown selection " + selection);
      }
    }
  }

  boolean applies(@Nullable TypeName condition, GraphQLObjectType type) {
    if (condition == null || condition.getName().equals(type.getName())) {
      return true;
    }
    GraphQLType abstractType = schema.getType(condition.getName());
    return switch (abstractType) {
      case GraphQLInterfaceType given -> schema.isPossibleType(given, type);
      case GraphQLUnionType given -> schema.isPossibleType(given, type);
      case null, default -> false;
    };
  }

  boolean isIncluded(DirectivesContainer<?> node) {
    List<Directive> directives = node.getDirectives();
    return directives.isEmpty()
        || (!condition(node.getDirectives("skip"), false)
            && condition(node.getDirectives("include"), true));
  }

  private boolean condition(List<Directive> directives, boolean without) {
    if (directives.isEmpty()) {
      return without;
    }
    Argument argument = directives.get(0).getArgument("if");
    Value<?> value = argument == null ? null : argument.getValue();
    return switch (value) {
      case BooleanValue constant -> constant.isValue();
      case VariableReference variable -> conditions.getOrDefault(variable.getName(), false);
      case null, default -> without;
    };
  }
}
