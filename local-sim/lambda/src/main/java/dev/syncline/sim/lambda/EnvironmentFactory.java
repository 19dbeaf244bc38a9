// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda;

import java.util.function.Consumer;

/** Starts execution environments. Thread-safe. */
public interface EnvironmentFactory extends AutoCloseable {
  /**
   * Starts one; returns at once. A start that cannot be made shows in {@link
   * ExecutionEnvironment#ready()}.
   *
   * @param logStream the name of its log stream, which it may tell the function
   * @param output receives each line that the function prints
   */
  ExecutionEnvironment start(FunctionSpec spec, String logStream, Consumer<String> output);

  /**
   * Whether environments are real processes. Then their own timers run in real time, and the clock
   * is told while they work.
   */
  boolean external();

  /**
   * Whether a process of one of the environments holds the client's end of a TCP connection within
   * this machine. False also where that cannot be told: for environments that are no processes, and
   * on systems other than Linux.
   */
  default boolean holdsConnection(int clientPort, int serverPort) {
    return false;
  }

  /** Ends everything it started and gives back what it holds. */
  @Override
  void close();
}
