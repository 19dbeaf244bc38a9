// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.inprocess;

import java.lang.reflect.InvocationTargetException;

/** Calls by reflection. */
final class Reflection {
  private Reflection() {}

  /** A call by reflection. */
  @FunctionalInterface
  interface Call {
    /** Throws what was thrown, wrapped. */
    Object run() throws ReflectiveOperationException;
  }

  /** The result of the call; throws what the called code threw. */
  static Object unwrapped(Call call) throws Exception {
    try {
      return call.run();
    } catch (InvocationTargetException thrown) {
      if (thrown.getCause() instanceof Exception cause) {
        throw cause;
      }
      if (thrown.getCause() instanceof Error cause) {
        throw cause;
      }
      throw thrown;
    }
  }
}
