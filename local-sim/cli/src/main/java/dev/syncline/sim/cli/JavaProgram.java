// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import java.io.BufferedReader;
import java.io.FileWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A Java program that runs in another process, writes to a log, and reports its start on standard
 * output. It gets the id of its parent process, so that it does not outlive it. Thread-safe.
 */
final class JavaProgram implements Supervisor.Running {
  private static final long SECONDS_TO_END = 10;

  private final Process process;
  private final String said;

  private JavaProgram(Process process, String said) {
    this.process = process;
    this.said = said;
  }

  /**
   * Starts a program; returns when it reports its start.
   *
   * @param classPath as {@code java -cp} takes it
   * @throws Failure when it does not
   */
  static JavaProgram start(
      String classPath,
      String program,
      List<String> arguments,
      Map<String, String> environment,
      Path log) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-cp");
    command.add(classPath);
    command.add(program);
    command.addAll(arguments);
    var builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    builder.environment().put("SYNCLINE_PARENT_PID", Long.toString(ProcessHandle.current().pid()));
    try {
      Process process = builder.start();
      BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
      String line = output.readLine();
      while (line != null && !line.contains("\"started\"")) {
        line = output.readLine();
      }
      if (line == null) {
        process.destroyForcibly();
        throw new Failure("it ended before it had started; see " + log);
      }
      Thread.ofVirtual().name("log of " + program).start(() -> keep(output, log));
      return new JavaProgram(process, line);
    } catch (IOException e) {
      throw new Failure(Failure.reason(e));
    }
  }

  private static void keep(BufferedReader output, Path log) {
    try (var file = new FileWriter(log.toFile(), StandardCharsets.UTF_8, true)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        file.write(line + "\n");
        file.flush();
      }
    } catch (IOException ended) {
      // The process was ended while its output was read.
    }
  }

  /** The line that reported its start. */
  String said() {
    return said;
  }

  /** The process, for tests that kill it. */
  ProcessHandle handle() {
    return process.toHandle();
  }

  @Override
  public CompletableFuture<Integer> ended() {
    return process.onExit().thenApply(Process::exitValue);
  }

  @Override
  public void stop() {
    process.destroy();
    try {
      if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
