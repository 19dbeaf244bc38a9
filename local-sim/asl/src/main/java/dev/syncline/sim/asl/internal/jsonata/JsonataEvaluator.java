// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.jsonata;

import dev.syncline.sim.asl.internal.jsonata.Node.Pair;
import dev.syncline.sim.asl.internal.jsonata.Node.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Evaluates a tree once. Not thread-safe. */
final class JsonataEvaluator {
  /** The place of the context item in a tuple. */
  static final String ITEM = "@";

  private final Budget budget;
  private final JsonataCalls calls;
  private final Paths paths;

  JsonataEvaluator(Budget budget, JsonataEnvironment environment) {
    this.budget = budget;
    this.calls = new JsonataCalls(this, budget, environment);
    this.paths = new Paths(this, new Sorting(this, calls));
  }

  @Nullable Object evaluate(@Nullable Node node, @Nullable Object input, JsonataFrame frame) {
    Node expr = Objects.requireNonNull(node);
    budget.enter();
    Object result = byType(expr, input, frame);
    if (expr.predicate != null) {
      for (Node filter : expr.predicate) {
        result = paths.filter(filter.expression, result, frame);
      }
    }
    if (expr.type != Type.PATH && expr.group != null) {
      result = group(expr.group.pairs, result, frame);
    }
    budget.exit(result);
    if (result instanceof Sequence sequence && sequence.sequence && !sequence.tupleStream) {
      sequence.keepSingleton |= expr.keepArray;
      if (sequence.isEmpty()) {
        return null;
      }
      return sequence.size() == 1 && !sequence.keepSingleton ? sequence.getFirst() : sequence;
    }
    return result;
  }

  private @Nullable Object byType(Node expr, @Nullable Object input, JsonataFrame frame) {
    return switch (expr.type) {
      case PATH -> paths.path(expr, input, frame);
      case BINARY -> binary(expr, input, frame);
      case UNARY -> unary(expr, input, frame);
      case NAME -> JsonataValues.lookup(input, expr.text());
      case STRING, NUMBER, VALUE -> expr.value;
      case WILDCARD -> Paths.wildcard(input);
      case DESCENDANT -> Paths.descendants(input);
      case PARENT -> frame.lookup(Objects.requireNonNull(expr.slot).label);
      case CONDITION -> {
        if (JsonataValues.truth(evaluate(expr.condition, input, frame))) {
          yield evaluate(expr.then, input, frame);
        }
        yield expr.otherwise == null ? null : evaluate(expr.otherwise, input, frame);
      }
      case BLOCK -> {
        JsonataFrame inner = new JsonataFrame(frame);
        Object last = null;
        for (Node part : expr.expressions) {
          last = evaluate(part, input, inner);
        }
        yield last;
      }
      case BIND -> {
        Object value = evaluate(expr.rhs, input, frame);
        frame.bind(Objects.requireNonNull(expr.lhs).text(), value);
        yield value;
      }
      case REGEX -> Matching.function((Regex) Objects.requireNonNull(expr.value), budget);
      case FUNCTION -> calls.call(expr, input, frame, null);
      case VARIABLE -> variable(expr, input, frame);
      case LAMBDA -> calls.lambda(expr, input, frame);
      case PARTIAL -> calls.partial(expr, input, frame);
      case APPLY -> calls.applyTo(expr, input, frame);
      case TRANSFORM -> Transform.function(expr, this, frame);
      default -> null;
    };
  }

  private static @Nullable Object variable(Node expr, @Nullable Object input, JsonataFrame frame) {
    if (!expr.text().isEmpty()) {
      return frame.lookup(expr.text());
    }
    return input instanceof Sequence sequence && sequence.outerWrapper
        ? sequence.getFirst()
        : input;
  }

  private @Nullable Object unary(Node expr, @Nullable Object input, JsonataFrame frame) {
    if (expr.valueIs("{")) {
      return group(expr.pairs, input, frame);
    }
    if (expr.valueIs("[")) {
      return array(expr, input, frame);
    }
    Object operand = evaluate(expr.expression, input, frame);
    if (operand == null) {
      return null;
    }
    if (!JsonataValues.isNumeric(operand)) {
      throw JsonataException.of("D1002").token(expr.value).value(operand);
    }
    return -(Double) operand;
  }

  private Sequence array(Node expr, @Nullable Object input, JsonataFrame frame) {
    Sequence array = Sequence.array();
    for (Node item : expr.expressions) {
      Object value = evaluate(item, input, frame);
      if (value instanceof Sequence elements && !item.valueIs("[")) {
        budget.elements(array.size() + elements.size());
        array.addAll(elements);
      } else if (value != null) {
        array.add(value);
      }
    }
    array.cons = expr.consarray;
    return array;
  }

  private @Nullable Object binary(Node expr, @Nullable Object input, JsonataFrame frame) {
    Object left = evaluate(expr.lhs, input, frame);
    String op = expr.text();
    if (op.equals("and") || op.equals("or")) {
      try {
        boolean first = JsonataValues.truth(left);
        return op.equals("and")
            ? first && JsonataValues.truth(evaluate(expr.rhs, input, frame))
            : first || JsonataValues.truth(evaluate(expr.rhs, input, frame));
      } catch (JsonataException e) {
        throw e.token(op);
      }
    }
    Object right = evaluate(expr.rhs, input, frame);
    try {
      return switch (op) {
        case "=" -> left != null && right != null && JsonataValues.equal(left, right);
        case "!=" -> left != null && right != null && !JsonataValues.equal(left, right);
        case "<", "<=", ">", ">=" -> Operators.compare(left, right, op);
        case "&" -> Operators.concatenate(left, right);
        case ".." -> Operators.range(left, right, budget);
        case "in" -> Operators.includes(left, right);
        default -> Operators.calculate(left, right, op);
      };
    } catch (JsonataException e) {
      throw e.token(op);
    }
  }

  /** One group of an object constructor: the items with one key. */
  private static final class Group {
    final int pair;
    @Nullable Object data;

    /** Whether the data are an array made here, to which one may add. */
    private boolean own;

    Group(int pair, @Nullable Object data) {
      this.pair = pair;
      this.data = data;
    }

    void add(@Nullable Object item) {
      if (own && data instanceof Sequence all) {
        if (item instanceof Sequence elements) {
          all.addAll(elements);
        } else if (item != null) {
          all.add(item);
        }
      } else {
        own = data != null && item != null;
        data = Sequence.append(data, item);
      }
    }
  }

  /** An object whose keys group the items of the input. */
  Map<String, @Nullable Object> group(
      List<Pair> pairs, @Nullable Object input, JsonataFrame frame) {
    boolean tuples = input instanceof Sequence sequence && sequence.tupleStream;
    Sequence items = input instanceof Sequence all ? all : Sequence.of(input);
    if (items.isEmpty()) {
      items = Sequence.of(null);
    }
    Map<String, Group> groups = new LinkedHashMap<>();
    for (Object item : items) {
      JsonataFrame itemFrame =
          tuples && item instanceof Map<?, ?> tuple ? JsonataFrame.ofTuple(frame, tuple) : frame;
      for (int i = 0; i < pairs.size(); i++) {
        Object key = evaluate(pairs.get(i).key(), tuples ? Paths.item(item) : item, itemFrame);
        if (key == null) {
          continue;
        }
        if (!(key instanceof String name)) {
          throw JsonataException.of("T1003").value(key);
        }
        Group group = groups.get(name);
        if (group == null) {
          groups.put(name, new Group(i, item));
        } else if (group.pair != i) {
          throw JsonataException.of("D1009").value(key);
        } else {
          group.add(item);
        }
      }
    }
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    groups.forEach(
        (key, group) -> {
          Object context = group.data;
          JsonataFrame groupFrame = frame;
          if (tuples) {
            Map<String, @Nullable Object> tuple = Paths.reduce(group.data);
            context = tuple.remove(ITEM);
            groupFrame = JsonataFrame.ofTuple(frame, tuple);
          }
          Object value = evaluate(pairs.get(group.pair).value(), context, groupFrame);
          if (value != null) {
            result.put(key, value);
          }
        });
    return result;
  }

  Budget budget() {
    return budget;
  }

  JsonataCalls calls() {
    return calls;
  }
}
