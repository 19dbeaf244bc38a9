// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

import com.fasterxml.jackson.databind.node.ArrayNode;
import graphql.language.Directive;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.Node;
import graphql.language.OperationDefinition;
import graphql.language.OperationDefinition.Operation;
import graphql.language.SourceLocation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * What AppSync refuses beside the present graphql-java: {@code @defer} and {@code @stream}, and
 * introspection where it is disabled.
 */
final class ExtraRules {
  private static final Set<String> DIRECTIVES = Set.of("defer", "stream");
  private static final Set<String> INTROSPECTION = Set.of("__schema", "__type");

  private final ArrayNode errors;
  private final String queryType;
  private final boolean introspection;
  private final Deque<String> path = new ArrayDeque<>();

  private ExtraRules(ArrayNode errors, String queryType, boolean introspection) {
    this.errors = errors;
    this.queryType = queryType;
    this.introspection = introspection;
  }

  /** Whether an error of the present engine is about a directive that this class refuses. */
  static boolean covers(String message) {
    return DIRECTIVES.stream().anyMatch(name -> message.contains("irective '" + name + "'"));
  }

  static void check(Document document, String queryType, boolean introspection, ArrayNode errors) {
    ExtraRules rules = new ExtraRules(errors, queryType, introspection);
    for (Node<?> definition : document.getDefinitions()) {
      rules.visit(definition, false);
    }
  }

  private void visit(Node<?> node, boolean isQueryRoot) {
    String name = null;
    boolean inRoot = isQueryRoot;
    if (node instanceof Field field) {
      name = field.getName();
      inRoot = false;
    } else if (node instanceof FragmentDefinition fragment) {
      name = fragment.getName();
      inRoot = fragment.getTypeCondition().getName().equals(queryType);
    } else if (node instanceof OperationDefinition operation) {
      inRoot = operation.getOperation() == Operation.QUERY;
    } else if (node instanceof Directive directive && DIRECTIVES.contains(directive.getName())) {
      add("UnknownDirective", "Unknown directive " + directive.getName(), node);
    }
    if (name != null) {
      path.addLast(name);
    }
    if (isQueryRoot && !introspection && name != null && INTROSPECTION.contains(name)) {
      add("FieldUndefined", "Field '" + name + "' in type '" + queryType + "' is undefined", node);
    }
    for (Node<?> child : node.getChildren()) {
      visit(child, inRoot);
    }
    if (name != null) {
      path.removeLast();
    }
  }

  private void add(String type, String text, Node<?> node) {
    SourceLocation location = node.getSourceLocation();
    List<SourceLocation> locations = location == null ? List.of() : List.of(location);
    errors.add(
        ErrorNodes.request(ValidationTexts.of(type, text, new ArrayList<>(path)), locations));
  }
}
