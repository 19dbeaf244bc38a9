// SPDX-License-Identifier: Apache-2.0
package dev.syncline.temporal;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** This module's programs, from this class path. Stateless. */
final class Programs {
  private Programs() {}

  /** Starts a program and returns when it reports its start. */
  static Process start(
      String program,
      List<String> arguments,
      Map<String, String> environment,
      Consumer<String> lines)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(program);
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    Process process = builder.start();
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    StringBuilder said = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      said.append(line).append('\n');
      lines.accept(line);
      if (line.contains("started")) {
        Thread.ofVirtual().start(() -> output.lines().forEach(lines));
        return process;
      }
    }
    throw new IllegalStateException(program + " did not start: " + said);
  }
}
