// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda;

import java.util.function.Consumer;

/** Starts execution environments. Thread-safe. */
public interface EnvironmentFactory extends AutoCloseable {
  /**
   * Starts an environment; returns at once. A failed start is reported by {@link
   * ExecutionEnvironment#ready()}.
   *
   * @param logStream the name of its log stream, which it may tell the function
   * @param output receives each line that the function prints
   */
  ExecutionEnvironment start(FunctionSpec spec, String logStream, Consumer<String> output);

  /**
   * Whether environments of a runtime are real processes. Their own timers then run in real time,
   * and the clock has an external activity while they work.
   */
  boolean external(String runtime);

  /**
   * Whether a process of one of the environments holds the client's end of a TCP connection within
   * this machine. False also where this cannot be found out: for environments that are not
   * processes, and on systems other than Linux.
   */
  default boolean holdsConnection(int clientPort, int serverPort) {
    return false;
  }

  /**
   * How well functions of a runtime run here. May run programs to find out the versions of
   * interpreters.
   */
  default Suitability suitability(String runtime) {
    return Suitability.GOOD;
  }

  /** Ends all started environments and frees its files. */
  @Override
  void close();
}
