// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.jsonata;

import dev.syncline.sim.asl.internal.jsonata.Node.Pair;
import dev.syncline.sim.asl.internal.jsonata.Node.Term;
import dev.syncline.sim.asl.internal.jsonata.Node.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads an expression by operator precedence (Pratt). */
final class Parser {
  private static final Map<String, Integer> POWER =
      Map.ofEntries(
          Map.entry(".", 75),
          Map.entry("[", 80),
          Map.entry("{", 70),
          Map.entry("(", 80),
          Map.entry("@", 80),
          Map.entry("#", 80),
          Map.entry("?", 20),
          Map.entry(":=", 10),
          Map.entry("~>", 40),
          Map.entry("^", 40),
          Map.entry("+", 50),
          Map.entry("-", 50),
          Map.entry("&", 50),
          Map.entry("*", 60),
          Map.entry("/", 60),
          Map.entry("%", 60),
          Map.entry("=", 40),
          Map.entry("!=", 40),
          Map.entry("<", 40),
          Map.entry(">", 40),
          Map.entry("<=", 40),
          Map.entry(">=", 40),
          Map.entry("in", 40),
          Map.entry("and", 30),
          Map.entry("or", 25));
  private static final Set<String> WITHOUT_POWER =
      Set.of(":", ";", ",", ")", "]", "}", "..", "|", "**");
  private static final int PREFIX_POWER = 70;

  private final Tokenizer tokens;
  private Node node;

  private Parser(String text) {
    this.tokens = new Tokenizer(text);
    this.node = end();
  }

  /** The tree of tokens, from which {@link TreeBuilder} makes the tree to evaluate. */
  static Node parse(String text) {
    Parser parser = new Parser(text);
    parser.advance(false);
    Node expression = parser.expression(0);
    if (parser.node.type != Type.END) {
      throw JsonataException.of("S0201").token(parser.node.value);
    }
    return expression;
  }

  private static Node end() {
    return new Node(Type.END, "(end)", 0);
  }

  private void advance(boolean infix) {
    Node next = tokens.next(infix);
    node = next == null ? end() : next;
    if (node.type == Type.OPERATOR
        && !POWER.containsKey(node.text())
        && !WITHOUT_POWER.contains(node.text())) {
      throw JsonataException.of("S0204").token(node.value);
    }
  }

  private void expect(String operator, boolean infix) {
    if (!node.is(operator)) {
      throw JsonataException.of(node.type == Type.END ? "S0203" : "S0202")
          .token(node.value)
          .value(operator);
    }
    advance(infix);
  }

  private void expect(String operator) {
    expect(operator, false);
  }

  private int power() {
    return node.type == Type.OPERATOR ? POWER.getOrDefault(node.text(), 0) : 0;
  }

  private Node expression(int power) {
    Node token = node;
    advance(true);
    Node left = prefix(token);
    while (power < power()) {
      token = node;
      advance(false);
      left = infix(token, left);
    }
    return left;
  }

  private Node prefix(Node token) {
    if (token.type != Type.OPERATOR) {
      return token;
    }
    switch (token.text()) {
      case "and", "or", "in" -> {}
      case "-" -> {
        token.expression = expression(PREFIX_POWER);
        token.type = Type.UNARY;
      }
      case "*" -> token.type = Type.WILDCARD;
      case "**" -> token.type = Type.DESCENDANT;
      case "%" -> token.type = Type.PARENT;
      case "(" -> block(token);
      case "[" -> array(token);
      case "{" -> {
        token.pairs = pairs();
        token.type = Type.UNARY;
      }
      case "|" -> transform(token);
      default -> throw JsonataException.of("S0211").token(token.value);
    }
    return token;
  }

  private void block(Node token) {
    List<Node> expressions = new ArrayList<>();
    while (!node.is(")")) {
      expressions.add(expression(0));
      if (!node.is(";")) {
        break;
      }
      expect(";");
    }
    expect(")", true);
    token.type = Type.BLOCK;
    token.expressions = expressions;
  }

  private void array(Node token) {
    List<Node> items = new ArrayList<>();
    if (!node.is("]")) {
      while (true) {
        Node item = expression(0);
        if (node.is("..")) {
          Node range = new Node(Type.BINARY, "..", node.position);
          range.lhs = item;
          expect("..");
          range.rhs = expression(0);
          item = range;
        }
        items.add(item);
        if (!node.is(",")) {
          break;
        }
        expect(",");
      }
    }
    expect("]", true);
    token.expressions = items;
    token.type = Type.UNARY;
  }

  private List<Pair> pairs() {
    List<Pair> pairs = new ArrayList<>();
    if (!node.is("}")) {
      while (true) {
        Node key = expression(0);
        expect(":");
        pairs.add(new Pair(key, expression(0)));
        if (!node.is(",")) {
          break;
        }
        expect(",");
      }
    }
    expect("}", true);
    return pairs;
  }

  private void transform(Node token) {
    token.type = Type.TRANSFORM;
    token.pattern = expression(0);
    expect("|");
    token.update = expression(0);
    if (node.is(",")) {
      expect(",");
      token.delete = expression(0);
    }
    expect("|");
  }

  private Node infix(Node token, Node left) {
    switch (token.text()) {
      case "(" -> call(token, left);
      case "[" -> {
        return predicate(token, left);
      }
      case "^" -> {
        token.lhs = left;
        token.terms = terms();
        token.type = Type.BINARY;
      }
      case "{" -> {
        token.lhs = left;
        token.pairs = pairs();
        token.type = Type.BINARY;
      }
      case ":=" -> {
        if (left.type != Type.VARIABLE) {
          throw JsonataException.of("S0212").token(left.value);
        }
        binary(token, left, 9);
      }
      case "@", "#" -> {
        binary(token, left, 80);
        if (right(token).type != Type.VARIABLE) {
          throw JsonataException.of("S0214").token(token.value);
        }
      }
      case "?" -> {
        token.type = Type.CONDITION;
        token.condition = left;
        token.then = expression(0);
        if (node.is(":")) {
          expect(":");
          token.otherwise = expression(0);
        }
      }
      default -> binary(token, left, POWER.getOrDefault(token.text(), 0));
    }
    return token;
  }

  private void binary(Node token, Node left, int power) {
    token.lhs = left;
    token.rhs = expression(power);
    token.type = Type.BINARY;
  }

  private static Node right(Node token) {
    Node right = token.rhs;
    return right == null ? token : right;
  }

  private Node predicate(Node token, Node left) {
    if (node.is("]")) {
      Node step = left;
      while (step.type == Type.BINARY && step.valueIs("[") && step.lhs != null) {
        step = step.lhs;
      }
      step.keepArray = true;
      expect("]");
      return left;
    }
    token.lhs = left;
    token.rhs = expression(0);
    token.type = Type.BINARY;
    expect("]", true);
    return token;
  }

  private List<Term> terms() {
    expect("(");
    List<Term> terms = new ArrayList<>();
    while (true) {
      boolean descending = node.is(">");
      if (descending || node.is("<")) {
        advance(false);
      }
      terms.add(new Term(expression(0), descending));
      if (!node.is(",")) {
        break;
      }
      expect(",");
    }
    expect(")");
    return terms;
  }

  private void call(Node token, Node left) {
    token.procedure = left;
    token.type = Type.FUNCTION;
    List<Node> arguments = new ArrayList<>();
    if (!node.is(")")) {
      while (true) {
        if (node.is("?")) {
          token.type = Type.PARTIAL;
          arguments.add(node);
          expect("?");
        } else {
          arguments.add(expression(0));
        }
        if (!node.is(",")) {
          break;
        }
        expect(",");
      }
    }
    token.arguments = arguments;
    expect(")", true);
    if (left.type == Type.NAME && (left.valueIs("function") || left.valueIs("λ"))) {
      lambda(token);
    }
  }

  private void lambda(Node token) {
    for (int i = 0; i < token.arguments.size(); i++) {
      Node argument = token.arguments.get(i);
      if (argument.type != Type.VARIABLE) {
        throw JsonataException.of("S0208").token(argument.value).value((double) i + 1);
      }
    }
    token.type = Type.LAMBDA;
    if (node.is("<")) {
      token.signature = Signature.parse(signature());
    }
    expect("{");
    token.body = expression(0);
    expect("}");
  }

  private String signature() {
    int depth = 1;
    StringBuilder signature = new StringBuilder("<");
    while (depth > 0 && !node.is("{") && node.type != Type.END) {
      advance(false);
      depth += node.is("<") ? 1 : node.is(">") ? -1 : 0;
      @Nullable Object part = node.value;
      signature.append(part);
    }
    expect(">");
    return signature.toString();
  }
}
