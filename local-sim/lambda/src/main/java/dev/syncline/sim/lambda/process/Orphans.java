// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Processes that a function started and left running. After the end of their parent they are not
 * found as its children, but they still have its environment variables, and in them the address
 * that only this environment has.
 */
final class Orphans {
  private Orphans() {}

  /** Ends every process whose environment has {@code variable}, given as {@code NAME=value}. */
  static void end(String variable) {
    if (variable.endsWith("=")) {
      return;
    }
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path directory : processes) {
        if (carries(directory, variable)) {
          ProcessHandle.of(Long.parseLong(directory.getFileName().toString()))
              .filter(process -> process.pid() != ProcessHandle.current().pid())
              .ifPresent(ProcessHandle::destroyForcibly);
        }
      }
    } catch (IOException noProcFileSystem) {
      // Without it they cannot be found; direct descendants have been ended already.
    }
  }

  private static boolean carries(Path directory, String variable) {
    try {
      String environment =
          new String(Files.readAllBytes(directory.resolve("environ")), StandardCharsets.UTF_8);
      return Arrays.asList(environment.split("\0")).contains(variable);
    } catch (IOException notOursOrGone) {
      return false;
    }
  }
}
