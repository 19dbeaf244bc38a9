// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Processes that a function started and left behind. When their parent is gone they are nobody's
 * children any more, but they still carry its environment, and in it the one address that no other
 * environment has.
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
      // Then there is no way to find them; the direct descendants have been ended already.
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
