// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Ends environments that take more memory than their function has. What counts is memory of their
 * own, of all their processes; programs and libraries mapped from files do not. Looks several times
 * a second, in real time because processes keep that; a short peak between two looks goes unseen.
 *
 * <p>Where there is no {@code /proc} nothing is ended; the JVM's heap is limited all the same.
 */
final class MemoryGuard implements AutoCloseable {
  private static final long PERIOD_MILLIS = 200;

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("function-memory").factory());

  /** Begins to look after the environments that there are at each look. */
  MemoryGuard(Supplier<Collection<ProcessEnvironment>> environments) {
    thread.scheduleWithFixedDelay(
        () -> environments.get().forEach(MemoryGuard::check),
        PERIOD_MILLIS,
        PERIOD_MILLIS,
        TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  private static void check(ProcessEnvironment environment) {
    Process process = environment.process();
    if (process != null && process.isAlive()) {
      long used = kilobytes(process.pid());
      if (used > environment.memoryMb() * 1024L) {
        environment.kill();
      }
    }
  }

  /** The memory of a process and of what it started. */
  private static long kilobytes(long pid) {
    Path directory = Path.of("/proc", Long.toString(pid));
    long total = 0;
    try {
      for (String line : Files.readAllLines(directory.resolve("status"))) {
        if (line.startsWith("RssAnon:") || line.startsWith("RssShmem:")) {
          total += Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
      // A child is listed with the thread that started it.
      try (DirectoryStream<Path> threads = Files.newDirectoryStream(directory.resolve("task"))) {
        for (Path thread : threads) {
          for (String child : Files.readString(thread.resolve("children")).split(" ")) {
            if (!child.isBlank()) {
              total += kilobytes(Long.parseLong(child.strip()));
            }
          }
        }
      }
    } catch (IOException | RuntimeException goneOrUnknown) {
      // It has ended, or this system does not tell.
    }
    return total;
  }
}
