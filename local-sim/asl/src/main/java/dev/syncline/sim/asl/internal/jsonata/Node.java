// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.jsonata;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A node of the syntax tree. The parser makes one for each token, {@link TreeBuilder} turns these
 * into the tree that is evaluated; after that nothing changes it.
 */
final class Node {
  /** The kind of a node; the first ones are also kinds of tokens. */
  enum Type {
    NAME,
    VARIABLE,
    STRING,
    NUMBER,
    VALUE,
    REGEX,
    OPERATOR,
    END,
    BINARY,
    UNARY,
    FUNCTION,
    PARTIAL,
    LAMBDA,
    CONDITION,
    BLOCK,
    TRANSFORM,
    PATH,
    BIND,
    APPLY,
    SORT,
    FILTER,
    INDEX,
    WILDCARD,
    DESCENDANT,
    PARENT;

    /** As error texts name it. */
    String shown() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** An ancestor that a {@code %} seeks; shared between the steps it goes through. */
  static final class Slot {
    String label;
    int level = 1;
    final int index;

    Slot(int index) {
      this.label = "!" + index;
      this.index = index;
    }
  }

  /** A key and its value of an object constructor or a group. */
  record Pair(Node key, Node value) {}

  /** One term of an order-by. */
  record Term(Node expression, boolean descending) {}

  Type type;

  /** The operator, the name or the literal; JSON null is {@link JsonNull}. */
  @Nullable Object value;

  final int position;

  @Nullable Node lhs;
  @Nullable Node rhs;
  @Nullable Node expression;
  @Nullable Node procedure;
  @Nullable Node body;
  @Nullable Node condition;
  @Nullable Node then;
  @Nullable Node otherwise;
  @Nullable Node pattern;
  @Nullable Node update;
  @Nullable Node delete;
  @Nullable Signature signature;
  @Nullable Slot slot;
  @Nullable Slot ancestor;
  @Nullable String focus;
  @Nullable String index;
  @Nullable Node group;
  @Nullable List<Node> predicate;
  @Nullable List<Node> stages;
  @Nullable List<Slot> seekingParent;
  List<Node> arguments = List.of();
  List<Node> expressions = List.of();
  List<Node> steps = List.of();
  List<Pair> pairs = List.of();
  List<Term> terms = List.of();
  boolean keepArray;
  boolean keepSingletonArray;
  boolean consarray;
  boolean tuple;
  boolean thunk;

  Node(Type type, @Nullable Object value, int position) {
    this.type = type;
    this.value = value;
    this.position = position;
  }

  static Node path(Node first) {
    Node path = new Node(Type.PATH, null, first.position);
    path.steps = new ArrayList<>(List.of(first));
    return path;
  }

  /** Whether this token is that operator. */
  boolean is(String operator) {
    return type == Type.OPERATOR && operator.equals(value);
  }

  boolean valueIs(String operator) {
    return operator.equals(value);
  }

  String text() {
    return String.valueOf(value);
  }

  Node lastStep() {
    return steps.get(steps.size() - 1);
  }
}
