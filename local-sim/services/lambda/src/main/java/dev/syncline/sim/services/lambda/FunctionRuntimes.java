// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Input;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The runtimes of Lambda: which the simulator runs, and when AWS ends the others. Names: the
 * service's published model; dates: AWS's table of deprecated runtimes.
 */
final class FunctionRuntimes {
  /** Those that the simulator runs. */
  static final List<String> RUN =
      List.of(
          "java17",
          "java21",
          "java25",
          "nodejs18.x",
          "nodejs20.x",
          "nodejs22.x",
          "nodejs24.x",
          "provided",
          "provided.al2",
          "provided.al2023",
          "python3.9",
          "python3.10",
          "python3.11",
          "python3.12",
          "python3.13",
          "python3.14");

  /** Those that AWS takes and the simulator cannot run. */
  private static final List<String> NOT_RUN =
      List.of(
          "dotnet10", "dotnet8", "java11", "java8.al2", "ruby3.2", "ruby3.3", "ruby3.4", "ruby4.0");

  /** Those that AWS no longer takes for a function; a layer may still name them. */
  private static final Set<String> ENDED =
      Set.of(
          "dotnet6",
          "dotnetcore1.0",
          "dotnetcore2.0",
          "dotnetcore2.1",
          "dotnetcore3.1",
          "go1.x",
          "java8",
          "nodejs",
          "nodejs10.x",
          "nodejs12.x",
          "nodejs14.x",
          "nodejs16.x",
          "nodejs4.3",
          "nodejs4.3-edge",
          "nodejs6.10",
          "nodejs8.10",
          "python2.7",
          "python3.6",
          "python3.7",
          "python3.8",
          "ruby2.5",
          "ruby2.7");

  /** When AWS refuses to create, and to update, a function. */
  private record End(LocalDate create, LocalDate update) {
    static final End OF_2026 = new End(LocalDate.of(2026, 6, 1), LocalDate.of(2026, 7, 1));
  }

  private static final Map<String, End> ENDS =
      Map.of(
          "nodejs18.x",
          End.OF_2026,
          "nodejs20.x",
          End.OF_2026,
          "python3.9",
          End.OF_2026,
          "python3.11",
          new End(LocalDate.of(2026, 7, 31), LocalDate.of(2026, 8, 31)));

  private static final List<String> ARCHITECTURES = List.of("x86_64", "arm64");

  private FunctionRuntimes() {}

  /**
   * Refuses a runtime that AWS does not have, no longer takes, or that the simulator cannot run.
   *
   * @throws AwsException {@code InvalidParameterValueException}
   */
  static String require(String runtime) {
    if (RUN.contains(runtime)) {
      return runtime;
    }
    if (ENDED.contains(runtime)) {
      throw LambdaErrors.runtimeEnded(runtime);
    }
    if (NOT_RUN.contains(runtime)) {
      throw LambdaErrors.invalid(
          "The simulator does not run the runtime "
              + runtime
              + ". It runs "
              + String.join(", ", RUN)
              + ".");
    }
    throw LambdaErrors.invalid(
        "Value "
            + runtime
            + " at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: ["
            + String.join(", ", RUN)
            + ", "
            + String.join(", ", NOT_RUN)
            + "] or be a valid ARN");
  }

  /** The day since which AWS refuses to create or to update such a function; empty before it. */
  static Optional<LocalDate> refusedSince(String runtime, boolean create, Instant now) {
    return Optional.ofNullable(ENDS.get(runtime))
        .map(end -> create ? end.create : end.update)
        .filter(day -> !now.isBefore(day.atStartOfDay(ZoneOffset.UTC).toInstant()));
  }

  /** A runtime of the published model, null when the member is absent. */
  static @Nullable String known(Input input, String member) {
    return input.text(member).map(runtime -> knownOf(runtime, shown(member))).orElse(null);
  }

  private static String knownOf(String runtime, String shown) {
    if (!RUN.contains(runtime) && !NOT_RUN.contains(runtime) && !ENDED.contains(runtime)) {
      throw LambdaErrors.violated(
          runtime,
          shown,
          "Member must satisfy enum value set: ["
              + String.join(", ", RUN)
              + ", "
              + String.join(", ", NOT_RUN)
              + "]");
    }
    return runtime;
  }

  /** The runtimes that a layer is for. */
  static List<String> compatible(Input input, String member, int most) {
    List<String> runtimes = input.texts(member);
    requireSize(runtimes, shown(member), most);
    runtimes.forEach(runtime -> knownOf(runtime, shown(member)));
    return List.copyOf(runtimes);
  }

  /** An architecture, null when the member is absent. */
  static @Nullable String architecture(Input input, String member) {
    return input
        .text(member)
        .map(architecture -> architectureOf(architecture, shown(member)))
        .orElse(null);
  }

  /** The architectures that a layer is for. */
  static List<String> architectures(Input input, String member) {
    List<String> given = input.texts(member);
    requireSize(given, shown(member), ARCHITECTURES.size());
    given.forEach(architecture -> architectureOf(architecture, shown(member)));
    return List.copyOf(given);
  }

  private static String architectureOf(String architecture, String shown) {
    if (!ARCHITECTURES.contains(architecture)) {
      throw LambdaErrors.violated(
          architecture, shown, "Member must satisfy enum value set: [x86_64, arm64]");
    }
    return architecture;
  }

  private static void requireSize(List<String> given, String shown, int most) {
    if (given.size() > most) {
      throw LambdaErrors.violated(
          given, shown, "Member must have length less than or equal to " + most);
    }
  }

  private static String shown(String member) {
    return Character.toLowerCase(member.charAt(0)) + member.substring(1);
  }
}
