// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The runtimes of functions. */
final class Runtimes {
  private static final Set<String> RUN =
      Set.of(
          "java17",
          "java21",
          "java25",
          "python3.9",
          "python3.10",
          "python3.11",
          "python3.12",
          "python3.13",
          "python3.14",
          "nodejs18.x",
          "nodejs20.x",
          "nodejs22.x",
          "nodejs24.x",
          "provided",
          "provided.al2",
          "provided.al2023");

  /** Runtimes of Lambda that the simulator does not run. */
  private static final Set<String> NOT_RUN =
      Set.of(
          "java8.al2", "java11", "dotnet8", "dotnet10", "ruby3.2", "ruby3.3", "ruby3.4", "ruby4.0");

  private Runtimes() {}

  /**
   * Refuses a runtime that does not exist or that the simulator does not run.
   *
   * @throws dev.syncline.sim.service.AwsException as Lambda words it for an unknown runtime
   */
  static void require(String runtime) {
    if (RUN.contains(runtime)) {
      return;
    }
    if (NOT_RUN.contains(runtime)) {
      throw LambdaErrors.invalid(
          "The simulator does not run functions of the runtime "
              + runtime
              + "; it runs "
              + String.join(", ", RUN.stream().sorted().toList())
              + ".");
    }
    List<String> all = new ArrayList<>(RUN);
    all.addAll(NOT_RUN);
    throw LambdaErrors.invalid(
        "Value "
            + runtime
            + " at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: "
            + all.stream().sorted().toList()
            + " or be a valid ARN");
  }
}
