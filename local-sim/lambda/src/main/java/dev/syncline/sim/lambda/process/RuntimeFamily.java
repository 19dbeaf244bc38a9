// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process;

import dev.syncline.sim.lambda.FunctionSpec;
import dev.syncline.sim.lambda.Suitability;

/** The runtimes of one language, such as all versions of Python. Thread-safe. */
public interface RuntimeFamily {
  /** Whether it runs functions of {@code runtime}, such as {@code python3.12}. */
  boolean runs(String runtime);

  /**
   * How an environment of a function is started. May run a program to find out the version of an
   * interpreter.
   *
   * @throws CannotStartException when the function cannot be started on this machine; its text
   *     becomes the error of the first invocation
   */
  Child child(FunctionSpec spec) throws CannotStartException;

  /** How well functions of one of its runtimes run here. */
  default Suitability suitability(String runtime) {
    return Suitability.GOOD;
  }
}
