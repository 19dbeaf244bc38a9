// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.jsonata;

import dev.syncline.sim.asl.internal.jsonata.Function.Builtin;
import dev.syncline.sim.asl.internal.jsonata.Function.Lambda;
import dev.syncline.sim.asl.internal.jsonata.Node.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Calls of functions. Not thread-safe. */
record JsonataCalls(JsonataEvaluator evaluator, Budget budget, JsonataEnvironment environment) {
  private static final Object HOLE = new Object();

  /** A lambda becomes a closure over its frame. */
  Lambda lambda(Node expr, @Nullable Object input, JsonataFrame frame) {
    return new Lambda(
        expr.arguments.stream().map(Node::text).toList(),
        expr.body,
        frame,
        input,
        expr.signature,
        expr.thunk);
  }

  /**
   * The name in the first step of a procedure if a variable has that name: its dollar sign may be
   * missing.
   */
  private static @Nullable Object forgotten(
      @Nullable Object function, Node procedure, JsonataFrame frame) {
    if (function != null || procedure.type != Type.PATH) {
      return null;
    }
    Node first = procedure.steps.getFirst();
    return first.value instanceof String name && frame.lookup(name) != null ? name : null;
  }

  private static @Nullable Object nameOf(Node procedure) {
    return procedure.type == Type.PATH ? procedure.steps.getFirst().value : procedure.value;
  }

  /** A call; {@code context}, if not null, holds a first argument that may be undefined. */
  @Nullable Object call(
      Node expr, @Nullable Object input, JsonataFrame frame, @Nullable Sequence context) {
    Node procedure = Objects.requireNonNull(expr.procedure);
    Object function = evaluator.evaluate(procedure, input, frame);
    Object forgotten = forgotten(function, procedure, frame);
    if (forgotten != null) {
      throw JsonataException.of("T1005").token(forgotten);
    }
    List<@Nullable Object> args = new ArrayList<>();
    if (context != null) {
      args.add(context.getFirst());
    }
    for (Node argument : expr.arguments) {
      args.add(evaluator.evaluate(argument, input, frame));
    }
    Object name = nameOf(procedure);
    try {
      return apply(function, args, input, name instanceof String text ? text : null);
    } catch (JsonataException e) {
      e.nameIfUnnamed(name);
      throw e;
    }
  }

  /** Calls a function from within the library, without a context. */
  @Nullable Object invoke(@Nullable Object function, @Nullable Object... args) {
    return apply(function, Arrays.asList(args), JsonNull.NULL, null);
  }

  /** Calls a function and the calls in its tail. */
  @Nullable Object apply(
      @Nullable Object function,
      List<? extends @Nullable Object> args,
      @Nullable Object input,
      @Nullable String name) {
    Object result = applyOnce(function, new ArrayList<>(args), input, name);
    while (result instanceof Lambda thunk && thunk.thunk()) {
      Node call = Objects.requireNonNull(thunk.body());
      Node procedure = Objects.requireNonNull(call.procedure);
      Object next = evaluator.evaluate(procedure, thunk.input(), thunk.frame());
      List<@Nullable Object> nextArgs = new ArrayList<>();
      for (Node argument : call.arguments) {
        nextArgs.add(evaluator.evaluate(argument, thunk.input(), thunk.frame()));
      }
      String nextName = procedure.type == Type.VARIABLE ? procedure.text() : null;
      result = applyOnce(next, nextArgs, input, nextName);
    }
    return result;
  }

  private @Nullable Object applyOnce(
      @Nullable Object function,
      List<@Nullable Object> args,
      @Nullable Object input,
      @Nullable String name) {
    if (!(function instanceof Function callable)) {
      throw JsonataException.of("T1006");
    }
    try {
      Signature signature = callable.signature();
      List<@Nullable Object> valid = signature == null ? args : signature.validate(args, input);
      return switch (callable) {
        case Builtin builtin -> builtin.call(this, valid);
        case Lambda lambda -> {
          JsonataFrame frame = new JsonataFrame(lambda.frame());
          for (int i = 0; i < lambda.parameters().size(); i++) {
            frame.bind(lambda.parameters().get(i), i < valid.size() ? valid.get(i) : null);
          }
          yield evaluator.evaluate(lambda.body(), lambda.input(), frame);
        }
      };
    } catch (JsonataException e) {
      boolean own =
          name == null && callable instanceof Builtin builtin && !builtin.name().isEmpty();
      e.nameIfUnnamed(own ? ((Builtin) callable).name() : name);
      throw e;
    }
  }

  /** A function with some of its arguments filled in. */
  Function partial(Node expr, @Nullable Object input, JsonataFrame frame) {
    List<@Nullable Object> args = new ArrayList<>();
    for (Node argument : expr.arguments) {
      args.add(argument.is("?") ? HOLE : evaluator.evaluate(argument, input, frame));
    }
    Node procedure = Objects.requireNonNull(expr.procedure);
    Object function = evaluator.evaluate(procedure, input, frame);
    Object forgotten = forgotten(function, procedure, frame);
    if (forgotten != null) {
      throw JsonataException.of("T1007").token(forgotten);
    }
    return switch (function) {
      case Lambda lambda -> {
        JsonataFrame bound = new JsonataFrame(lambda.frame());
        List<String> open = new ArrayList<>();
        for (int i = 0; i < lambda.parameters().size(); i++) {
          Object arg = i < args.size() ? args.get(i) : null;
          if (arg == HOLE) {
            open.add(lambda.parameters().get(i));
          } else {
            bound.bind(lambda.parameters().get(i), arg);
          }
        }
        yield new Lambda(open, lambda.body(), bound, lambda.input(), null, false);
      }
      case Builtin builtin -> partial(builtin, args);
      case null, default -> throw JsonataException.of("T1008").token(nameOf(procedure));
    };
  }

  private static Builtin partial(Builtin builtin, List<@Nullable Object> args) {
    int holes = (int) args.stream().limit(builtin.arity()).filter(arg -> arg == HOLE).count();
    return Builtin.plain(
        builtin.name(),
        holes,
        (calls, given) -> {
          List<@Nullable Object> all = new ArrayList<>();
          int next = 0;
          for (Object arg : args) {
            all.add(arg == HOLE ? (next < given.size() ? given.get(next++) : null) : arg);
          }
          return builtin.call(calls, all);
        });
  }

  /** <code>~></code>: a call with a first argument, or a chain of functions. */
  @Nullable Object applyTo(Node expr, @Nullable Object input, JsonataFrame frame) {
    Object left = evaluator.evaluate(expr.lhs, input, frame);
    Node right = Objects.requireNonNull(expr.rhs);
    if (right.type == Type.FUNCTION) {
      return call(right, input, frame, Sequence.of(left));
    }
    Object function = evaluator.evaluate(right, input, frame);
    if (!(function instanceof Function)) {
      throw JsonataException.of("T2006").value(function);
    }
    if (left instanceof Function first) {
      return Builtin.plain(
          "", 1, (calls, args) -> calls.invoke(function, calls.invoke(first, args.getFirst())));
    }
    return apply(function, Arrays.asList(left), JsonNull.NULL, null);
  }

  /** Calls a function for one value, with as many of value, place and whole as it declares. */
  @Nullable Object invokeEach(Object function, @Nullable Object value, Object place, Object whole) {
    int arity = function instanceof Function callable ? callable.arity() : 1;
    return switch (Math.min(arity, 3)) {
      case 3 -> invoke(function, value, place, whole);
      case 2 -> invoke(function, value, place);
      default -> invoke(function, value);
    };
  }
}
