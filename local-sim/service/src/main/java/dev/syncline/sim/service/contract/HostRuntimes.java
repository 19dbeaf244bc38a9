// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.contract;

import dev.syncline.sim.service.settings.FunctionInterpreters;
import java.util.List;

/**
 * Finds out which runtimes of functions this machine can run, without a simulator. Found by {@link
 * java.util.ServiceLoader}.
 */
public interface HostRuntimes {
  /**
   * What a runtime runs on.
   *
   * @param runtime such as {@code python3.12}
   * @param program the interpreter, empty when none is found
   * @param version of the interpreter, empty when none is found
   * @param note what differs from Lambda, or what to do; empty when nothing
   * @param sdk the AWS SDK that functions can use: its version or place, empty for none
   */
  record Found(String runtime, String program, String version, String note, String sdk) {}

  /** Every runtime that needs an interpreter of this machine. May take seconds. */
  List<Found> find(FunctionInterpreters settings);
}
