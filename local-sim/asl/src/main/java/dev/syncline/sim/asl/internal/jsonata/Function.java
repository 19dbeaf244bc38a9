// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.jsonata;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A function as a value. */
sealed interface Function {

  /** How many parameters it declares. */
  int arity();

  /** Checks its arguments; null for no check. */
  @Nullable Signature signature();

  /** A function of an expression, with the scope it was made in. */
  record Lambda(
      List<String> parameters,
      @Nullable Node body,
      JsonataFrame frame,
      @Nullable Object input,
      @Nullable Signature signature,
      boolean thunk)
      implements Function {
    @Override
    public int arity() {
      return parameters.size();
    }
  }

  /** A function of the library. */
  record Builtin(String name, int arity, @Nullable Signature signature, Body body)
      implements Function {

    static Builtin of(String name, int arity, String signature, Body body) {
      return new Builtin(name, arity, Signature.parse(signature), body);
    }

    /** A Java function without a signature: its arguments are not checked. */
    static Builtin plain(String name, int arity, Body body) {
      return new Builtin(name, arity, null, body);
    }

    @Nullable Object call(JsonataCalls calls, List<@Nullable Object> given) {
      List<@Nullable Object> args = new ArrayList<>(given);
      while (args.size() < arity) {
        args.add(null);
      }
      return body.call(calls, args);
    }
  }

  /** The body of a library function; it gets at least as many arguments as it declares. */
  @FunctionalInterface
  interface Body {
    @Nullable Object call(JsonataCalls calls, List<@Nullable Object> args);
  }
}
