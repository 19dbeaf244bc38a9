// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.jsonata;

import dev.syncline.sim.asl.internal.jsonata.Function.Body;
import dev.syncline.sim.asl.internal.jsonata.Function.Builtin;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The functions of JSONata, and those that Step Functions adds. {@code $eval} is not there, as in
 * Step Functions.
 */
final class Library {
  private static final JsonataFrame FUNCTIONS = new JsonataFrame(null);

  static {
    NumberFunctions.define(Library::define);
    TextFunctions.define(Library::define);
    Matching.define(Library::define);
    ArrayFunctions.define(Library::define);
    ObjectFunctions.define(Library::define);
    HigherOrderFunctions.define(Library::define);
    DateFunctions.define(Library::define);
    StepFunctionsFunctions.define(Library::define);
  }

  private Library() {}

  /** Adds a function to the library. */
  @FunctionalInterface
  interface Definition {
    /** {@code arity} is the number of parameters that higher-order functions see. */
    void add(String name, int arity, String signature, Body body);
  }

  private static void define(String name, int arity, String signature, Body body) {
    FUNCTIONS.bind(name, Builtin.of(name, arity, signature, body));
  }

  /** A frame in which the functions can be seen. */
  static JsonataFrame frame() {
    return new JsonataFrame(FUNCTIONS);
  }

  static @Nullable Object arg(List<@Nullable Object> args, int index) {
    return index < args.size() ? args.get(index) : null;
  }

  static @Nullable Double number(List<@Nullable Object> args, int index) {
    return arg(args, index) instanceof Double number ? number : null;
  }

  static @Nullable String text(List<@Nullable Object> args, int index) {
    return arg(args, index) instanceof String text ? text : null;
  }

  static @Nullable Sequence array(List<@Nullable Object> args, int index) {
    return arg(args, index) instanceof Sequence array ? array : null;
  }

  /**
   * The argument at an index if it is a function. For other values the reference fails with an
   * error of its JavaScript engine.
   */
  static Function function(List<@Nullable Object> args, int index, String of) {
    if (arg(args, index) instanceof Function function) {
      return function;
    }
    throw JsonataException.argument(index + 1, of);
  }
}
