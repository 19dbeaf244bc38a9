// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import dev.syncline.sim.service.settings.FunctionInterpreters;
import dev.syncline.sim.service.settings.JavaClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what functions in Python and Node.js run on. */
final class InterpreterOptions {
  private static final String RUNTIME = "--runtime";
  private static final String VERSIONS = "--runtime-versions";
  private static final String SDK = "--sdk-node";

  @Option(
      names = RUNTIME,
      paramLabel = "RUNTIME=PATH",
      description =
          "The interpreter for a runtime, such as python3.12=/usr/bin/python3.12. Repeatable."
              + " Default: looked for in the active virtual environment, on PATH, and where version"
              + " managers keep theirs; see 'syncline runtimes'.")
  private List<String> runtimes = new ArrayList<>();

  @Option(
      names = VERSIONS,
      paramLabel = "CHOICE",
      description =
          "Whether another version of an interpreter may run a function: compatible (yes, with a"
              + " line in its log) or exact (the function is refused). Default: ${DEFAULT-VALUE}.")
  private String versions = "compatible";

  @Option(
      names = "--host-packages",
      description =
          "Let Python functions import every package of the interpreter, not only those that Lambda"
              + " includes.")
  private boolean hostPackages;

  @Option(
      names = SDK,
      paramLabel = "DIR",
      description =
          "A node_modules directory with the AWS SDK for JavaScript v3 for Node.js functions."
              + " Default: npm's global packages, then the node_modules of this directory and"
              + " above.")
  private @Nullable Path nodeSdk;

  @Option(
      names = "--java-client-in-java",
      description =
          "Run Java functions with Java code in place of the native library of AWS's client, as"
              + " where it has none for the machine.")
  private boolean javaClientInJava;

  /** How Java functions call their Runtime API. */
  JavaClient javaClient() {
    return new JavaClient(javaClientInJava);
  }

  /**
   * The options as settings.
   *
   * @throws IllegalArgumentException naming the option that is wrong
   */
  FunctionInterpreters settings() {
    boolean exact =
        switch (versions.toLowerCase(Locale.ROOT)) {
          case "compatible" -> false;
          case "exact" -> true;
          default ->
              throw new IllegalArgumentException(
                  VERSIONS + " must be compatible or exact, got '" + versions + "'");
        };
    if (nodeSdk != null && !Files.isDirectory(nodeSdk)) {
      throw new IllegalArgumentException(SDK + " must be a directory, got '" + nodeSdk + "'");
    }
    return new FunctionInterpreters(
        programs(), exact, hostPackages, nodeSdk == null ? null : nodeSdk.toAbsolutePath());
  }

  private Map<String, Path> programs() {
    var programs = new LinkedHashMap<String, Path>();
    for (String given : runtimes) {
      int equals = given.indexOf('=');
      String runtime = equals < 0 ? given : given.substring(0, equals);
      if (equals < 0 || !runtime.matches("python3\\.\\d{1,2}|nodejs\\d{1,2}\\.x")) {
        throw new IllegalArgumentException(
            RUNTIME
                + " must be a runtime such as python3.12 or nodejs22.x, = and a file, got '"
                + given
                + "'");
      }
      Path program = Path.of(given.substring(equals + 1)).toAbsolutePath();
      if (!Files.isExecutable(program)) {
        throw new IllegalArgumentException(
            RUNTIME + " " + runtime + ": " + program + " cannot be executed");
      }
      programs.put(runtime, program);
    }
    return programs;
  }
}
