// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.jsonata;

import dev.syncline.sim.asl.internal.jsonata.Node.Pair;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds references to the context item outside of every path step, predicate, group and order-by.
 * Step Functions evaluates without a context item, so AWS refuses a definition with such a
 * reference. Reads the tree of {@link Parser} before {@link TreeBuilder} changes it.
 */
final class ContextReferences {
  private @Nullable String first;

  private ContextReferences() {}

  /** The first such reference as it is written, without back quotes; null without one. */
  static @Nullable String first(Node parsed) {
    var references = new ContextReferences();
    references.visit(parsed, true);
    return references.first;
  }

  private void found(String reference) {
    if (first == null) {
      first = reference;
    }
  }

  /**
   * Visits a node and its children in the order of the text.
   *
   * @param top whether the node is evaluated with the context item of the whole expression
   */
  private void visit(@Nullable Node node, boolean top) {
    if (node == null || first != null) {
      return;
    }
    switch (node.type) {
      case VARIABLE -> {
        if (node.valueIs("$") || (top && node.valueIs(""))) {
          found("$" + node.text());
        }
      }
      case NAME, WILDCARD, DESCENDANT, PARENT -> {
        if (top) {
          found(node.text());
        }
      }
      case OPERATOR -> {
        // "and", "or" and "in" as names; "?" is an open argument of a partial application.
        if (top && !node.is("?")) {
          found(node.text());
        }
      }
      case BINARY -> {
        visit(node.lhs, top);
        boolean sameItem =
            switch (node.text()) {
              case ".", "[", "{", "^", "@", "#" -> false;
              default -> true;
            };
        visit(node.rhs, top && sameItem);
        pairs(node.pairs, false);
        node.terms.forEach(term -> visit(term.expression(), false));
      }
      case UNARY, BLOCK -> {
        visit(node.expression, top);
        all(node.expressions, top);
        pairs(node.pairs, top);
      }
      case FUNCTION, PARTIAL -> {
        visit(node.procedure, top);
        all(node.arguments, top);
      }
      case LAMBDA -> visit(node.body, top);
      case CONDITION -> {
        visit(node.condition, top);
        visit(node.then, top);
        visit(node.otherwise, top);
      }
      case TRANSFORM -> {
        visit(node.pattern, false);
        visit(node.update, false);
        visit(node.delete, false);
      }
      case STRING, NUMBER, VALUE, REGEX, END -> {}
      case PATH, BIND, APPLY, SORT, FILTER, INDEX -> {
        // Only TreeBuilder makes these.
      }
    }
  }

  private void all(List<Node> nodes, boolean top) {
    nodes.forEach(node -> visit(node, top));
  }

  private void pairs(List<Pair> pairs, boolean top) {
    for (Pair pair : pairs) {
      visit(pair.key(), top);
      visit(pair.value(), top);
    }
  }
}
