// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** Runs short programs that print facts about this machine. */
public final class Programs {
  private static final int MAX_SECONDS = 20;

  private static final int TRIES = 50;
  private static final long PAUSE_NANOS = 10_000_000;

  /** Linux's {@code ETXTBSY}, as the JDK writes it. */
  private static final Pattern BUSY = Pattern.compile("error[=:] ?26\\b");

  private Programs() {}

  /**
   * Starts a program. One that has just been written may be busy for a moment: a process that
   * another thread starts at the same time has the written file open until it becomes its program.
   */
  static Process start(ProcessBuilder builder) throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        return builder.start();
      } catch (IOException failure) {
        if (tries == TRIES || !BUSY.matcher(String.valueOf(failure.getMessage())).find()) {
          throw failure;
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  /**
   * What a program prints on standard output, by line; empty when it cannot be run, fails, or takes
   * longer than 20 seconds.
   *
   * @param maxBytes how much is read
   */
  public static List<String> lines(List<String> command, int maxBytes) {
    try {
      Process process =
          start(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD));
      process.getOutputStream().close();
      // Ends the output of a program that hangs, so that reading ends. Of one that has ended it
      // would
      // close the output before it is read.
      var unused =
          process
              .onExit()
              .orTimeout(MAX_SECONDS, TimeUnit.SECONDS)
              .exceptionally(
                  tooLong -> {
                    process.destroyForcibly();
                    return process;
                  });
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
