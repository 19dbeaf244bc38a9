// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Starts {@code up} as a process that outlives this one and its terminal, and waits until it is
 * ready. Not thread-safe.
 */
record DetachedStart(Home home, PrintWriter out) {
  /** Set in the process that was started: it ends by {@code down} and SIGTERM only. */
  static final String PROPERTY = "syncline.detached";

  /**
   * Starts it with these arguments of {@code up} and returns when it is ready.
   *
   * @throws Failure when it ends before, or when its deployment fails; after a failed deployment it
   *     continues to run
   */
  void start(int port, List<String> arguments) {
    Path log = home.detachedLog(port);
    Process process = run(arguments, log);
    JsonNode health = awaitHealth(process, log);
    out.print(read(log).replace("\nCtrl-C stops it.", ""));
    int served = health.path("port").asInt();
    String command =
        "./syncline down" + (served == ConnectOptions.DEFAULT_PORT ? "" : " --port " + served);
    out.println(
        "Runs as process " + process.pid() + "; its output is in " + log + ". Stop it: " + command);
    out.flush();
    if (health.path("status").asText().equals("failed")) {
      throw new Failure(health.path("reason").asText());
    }
  }

  private static Process run(List<String> arguments, Path log) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.add("-D" + PROPERTY + "=true");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    command.addAll(arguments);
    try {
      Files.deleteIfExists(log);
      return new ProcessBuilder(command)
          .redirectInput(ProcessBuilder.Redirect.from(nothing()))
          .redirectErrorStream(true)
          .redirectOutput(log.toFile())
          .start();
    } catch (IOException refused) {
      throw new Failure("cannot start a background process: " + Failure.reason(refused));
    }
  }

  private static File nothing() {
    return new File(File.separatorChar == '/' ? "/dev/null" : "NUL");
  }

  private JsonNode awaitHealth(Process process, Path log) {
    var stop = new StopSignal();
    while (process.isAlive()) {
      Optional<JsonNode> health =
          home.running().stream()
              .filter(one -> one.pid() == process.pid())
              .findFirst()
              .flatMap(one -> new AdminClient(one.port()).health());
      if (health.isPresent() && !health.get().path("status").asText().equals("deploying")) {
        return health.get();
      }
      stop.await(StopSignal.POLL);
    }
    throw new Failure(lastLine(log));
  }

  private static String lastLine(Path log) {
    String text = read(log).strip();
    String line = text.substring(text.lastIndexOf('\n') + 1).strip();
    String prefix = "syncline: ";
    return line.startsWith(prefix)
        ? line.substring(prefix.length())
        : "it ended before it was ready; its output is in " + log;
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException unreadable) {
      throw new Failure("cannot read " + log + ": " + Failure.reason(unreadable));
    }
  }
}
