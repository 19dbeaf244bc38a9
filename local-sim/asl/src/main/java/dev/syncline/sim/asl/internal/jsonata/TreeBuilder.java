// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.jsonata;

import dev.syncline.sim.asl.internal.jsonata.Node.Pair;
import dev.syncline.sim.asl.internal.jsonata.Node.Slot;
import dev.syncline.sim.asl.internal.jsonata.Node.Term;
import dev.syncline.sim.asl.internal.jsonata.Node.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns the parser's tree of tokens into one of paths and steps. */
final class TreeBuilder {
  private final Ancestry ancestry = new Ancestry();

  private TreeBuilder() {}

  static Node build(Node parsed) {
    Node tree = new TreeBuilder().node(parsed);
    if (tree.type == Type.PARENT || tree.seekingParent != null) {
      throw JsonataException.of("S0217").token(tree.type.shown());
    }
    return tree;
  }

  private Node node(@Nullable Node parsed) {
    Node expr = Objects.requireNonNull(parsed);
    Node result =
        switch (expr.type) {
          case BINARY -> binary(expr);
          case UNARY -> unary(expr);
          case FUNCTION, PARTIAL -> call(expr);
          case LAMBDA -> {
            Node lambda = new Node(Type.LAMBDA, null, expr.position);
            lambda.arguments = expr.arguments;
            lambda.signature = expr.signature;
            lambda.body = tailCall(node(expr.body));
            yield lambda;
          }
          case CONDITION -> condition(expr);
          case TRANSFORM -> {
            Node transform = new Node(Type.TRANSFORM, null, expr.position);
            transform.pattern = node(expr.pattern);
            transform.update = node(expr.update);
            transform.delete = expr.delete == null ? null : node(expr.delete);
            yield transform;
          }
          case BLOCK -> block(expr);
          case NAME -> name(expr);
          case PARENT -> ancestry.parent(expr.position);
          case STRING, NUMBER, VALUE, WILDCARD, DESCENDANT, VARIABLE, REGEX -> expr;
          case OPERATOR -> operator(expr);
          case END -> throw JsonataException.of("S0207").token(expr.value);
          default -> throw JsonataException.of("S0206").token(expr.value);
        };
    result.keepArray |= expr.keepArray;
    return result;
  }

  private static Node name(Node expr) {
    Node path = Node.path(expr);
    path.keepSingletonArray = expr.keepArray;
    return path;
  }

  private Node operator(Node expr) {
    if (expr.is("and") || expr.is("or") || expr.is("in")) {
      expr.type = Type.NAME;
      return node(expr);
    }
    if (expr.is("?")) {
      return expr;
    }
    throw JsonataException.of("S0201").token(expr.value);
  }

  private Node call(Node expr) {
    Node call = new Node(expr.type, expr.value, expr.position);
    List<Node> arguments = new ArrayList<>();
    for (Node argument : expr.arguments) {
      Node built = node(argument);
      Ancestry.push(call, built);
      arguments.add(built);
    }
    call.arguments = arguments;
    call.procedure = node(expr.procedure);
    return call;
  }

  private Node condition(Node expr) {
    Node condition = new Node(Type.CONDITION, null, expr.position);
    condition.condition = pushed(condition, expr.condition);
    condition.then = pushed(condition, expr.then);
    if (expr.otherwise != null) {
      condition.otherwise = pushed(condition, expr.otherwise);
    }
    return condition;
  }

  private Node pushed(Node result, @Nullable Node part) {
    Node built = node(part);
    Ancestry.push(result, built);
    return built;
  }

  private Node block(Node expr) {
    Node block = new Node(Type.BLOCK, null, expr.position);
    List<Node> parts = new ArrayList<>();
    for (Node item : expr.expressions) {
      Node part = pushed(block, item);
      block.consarray |=
          part.consarray || (part.type == Type.PATH && part.steps.getFirst().consarray);
      parts.add(part);
    }
    block.expressions = parts;
    return block;
  }

  private Node unary(Node expr) {
    Node result = new Node(Type.UNARY, expr.value, expr.position);
    if (expr.valueIs("[")) {
      List<Node> items = new ArrayList<>();
      for (Node item : expr.expressions) {
        items.add(pushed(result, item));
      }
      result.expressions = items;
    } else if (expr.valueIs("{")) {
      List<Pair> pairs = new ArrayList<>();
      for (Pair pair : expr.pairs) {
        Node key = pushed(result, pair.key());
        pairs.add(new Pair(key, pushed(result, pair.value())));
      }
      result.pairs = pairs;
    } else {
      Node operand = node(expr.expression);
      if (operand.type == Type.NUMBER && operand.value instanceof Double number) {
        operand.value = -number;
        return operand;
      }
      Ancestry.push(result, operand);
      result.expression = operand;
    }
    return result;
  }

  private Node binary(Node expr) {
    return switch (expr.text()) {
      case "." -> path(expr);
      case "[" -> filtered(expr);
      case "{" -> grouped(expr);
      case "^" -> sorted(expr);
      case ":=" -> {
        Node bind = new Node(Type.BIND, expr.value, expr.position);
        bind.lhs = node(expr.lhs);
        bind.rhs = pushed(bind, expr.rhs);
        yield bind;
      }
      case "@" -> focused(expr);
      case "#" -> indexed(expr);
      case "~>" -> {
        Node apply = new Node(Type.APPLY, expr.value, expr.position);
        Node left = node(expr.lhs);
        Node right = node(expr.rhs);
        apply.lhs = left;
        apply.rhs = right;
        apply.keepArray = left.keepArray || right.keepArray;
        yield apply;
      }
      default -> {
        Node result = new Node(Type.BINARY, expr.value, expr.position);
        Node left = node(expr.lhs);
        Node right = node(expr.rhs);
        result.lhs = left;
        result.rhs = right;
        Ancestry.push(result, left);
        Ancestry.push(result, right);
        yield result;
      }
    };
  }

  private Node path(Node expr) {
    Node left = node(expr.lhs);
    Node result = left.type == Type.PATH ? left : Node.path(left);
    if (left.type == Type.PARENT && left.slot != null) {
      result.seekingParent = new ArrayList<>(List.of(left.slot));
    }
    Node rest = node(expr.rhs);
    if (rest.type == Type.PATH) {
      result.steps.addAll(rest.steps);
    } else {
      if (rest.predicate != null) {
        rest.stages = rest.predicate;
        rest.predicate = null;
      }
      result.steps.add(rest);
    }
    for (Node step : result.steps) {
      if (step.type == Type.NUMBER || step.type == Type.VALUE) {
        throw JsonataException.of("S0213").value(step.value);
      }
      if (step.type == Type.STRING) {
        step.type = Type.NAME;
      }
      result.keepSingletonArray |= step.keepArray;
    }
    constructs(result.steps.getFirst());
    constructs(result.lastStep());
    ancestry.resolve(result);
    return result;
  }

  private static void constructs(Node step) {
    if (step.type == Type.UNARY && step.valueIs("[")) {
      step.consarray = true;
    }
  }

  private Node filtered(Node expr) {
    Node result = node(expr.lhs);
    boolean path = result.type == Type.PATH;
    Node step = path ? result.lastStep() : result;
    if (step.group != null) {
      throw JsonataException.of("S0209");
    }
    Node predicate = node(expr.rhs);
    if (predicate.seekingParent != null) {
      for (Slot slot : predicate.seekingParent) {
        if (slot.level == 1) {
          ancestry.seek(step, slot);
        } else {
          slot.level--;
        }
      }
      Ancestry.push(step, predicate);
    }
    Node filter = new Node(Type.FILTER, null, expr.position);
    filter.expression = predicate;
    List<Node> filters = path ? step.stages : step.predicate;
    if (filters == null) {
      filters = new ArrayList<>();
    }
    filters.add(filter);
    if (path) {
      step.stages = filters;
    } else {
      step.predicate = filters;
    }
    return result;
  }

  private Node grouped(Node expr) {
    Node result = node(expr.lhs);
    if (result.group != null) {
      throw JsonataException.of("S0210");
    }
    Node group = new Node(Type.UNARY, "{", expr.position);
    List<Pair> pairs = new ArrayList<>();
    for (Pair pair : expr.pairs) {
      pairs.add(new Pair(node(pair.key()), node(pair.value())));
    }
    group.pairs = pairs;
    result.group = group;
    return result;
  }

  private Node sorted(Node expr) {
    Node left = node(expr.lhs);
    Node result = left.type == Type.PATH ? left : Node.path(left);
    Node sort = new Node(Type.SORT, null, expr.position);
    List<Term> terms = new ArrayList<>();
    for (Term term : expr.terms) {
      terms.add(new Term(pushed(sort, term.expression()), term.descending()));
    }
    sort.terms = terms;
    result.steps.add(sort);
    ancestry.resolve(result);
    return result;
  }

  private Node focused(Node expr) {
    Node result = node(expr.lhs);
    Node step = result.type == Type.PATH ? result.lastStep() : result;
    if (step.stages != null || step.predicate != null) {
      throw JsonataException.of("S0215");
    }
    if (step.type == Type.SORT) {
      throw JsonataException.of("S0216");
    }
    step.keepArray |= expr.keepArray;
    step.focus = Objects.requireNonNull(expr.rhs).text();
    step.tuple = true;
    return result;
  }

  private Node indexed(Node expr) {
    Node result = node(expr.lhs);
    Node step = result;
    if (result.type == Type.PATH) {
      step = result.lastStep();
    } else {
      result = Node.path(step);
      if (step.predicate != null) {
        step.stages = step.predicate;
        step.predicate = null;
      }
    }
    String name = Objects.requireNonNull(expr.rhs).text();
    if (step.stages == null) {
      step.index = name;
    } else {
      step.stages.add(new Node(Type.INDEX, name, expr.position));
    }
    step.tuple = true;
    return result;
  }

  /** A call in tail position becomes a thunk, so that recursion there does not go deeper. */
  private static Node tailCall(Node expr) {
    if (expr.type == Type.FUNCTION && expr.predicate == null) {
      Node thunk = new Node(Type.LAMBDA, null, expr.position);
      thunk.thunk = true;
      thunk.body = expr;
      return thunk;
    }
    if (expr.type == Type.CONDITION) {
      expr.then = tailCall(Objects.requireNonNull(expr.then));
      expr.otherwise = expr.otherwise == null ? null : tailCall(expr.otherwise);
    } else if (expr.type == Type.BLOCK && !expr.expressions.isEmpty()) {
      int last = expr.expressions.size() - 1;
      expr.expressions.set(last, tailCall(expr.expressions.get(last)));
    }
    return expr;
  }
}
