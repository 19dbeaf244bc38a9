// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs short programs that print facts about this machine. */
public final class Programs {
  private static final int MAX_SECONDS = 20;

  private Programs() {}

  /**
   * What a program prints on standard output, by line; empty when it cannot be run, fails, or takes
   * longer than 20 seconds.
   *
   * @param maxBytes how much is read
   */
  public static List<String> lines(List<String> command, int maxBytes) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      process.getOutputStream().close();
      // Closes the output of a program that hangs, so that reading ends.
      Process watched = process;
      var unused =
          process
              .onExit()
              .orTimeout(MAX_SECONDS, TimeUnit.SECONDS)
              .whenComplete((ended, tooLong) -> watched.destroyForcibly());
      byte[] printed = process.getInputStream().readNBytes(maxBytes);
      process.getInputStream().close();
      boolean good = process.waitFor() == 0;
      String text = new String(printed, StandardCharsets.UTF_8).strip();
      return good && !text.isEmpty() ? text.lines().toList() : List.of();
    } catch (IOException notAProgram) {
      return List.of();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }
}
