// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Ends environments that use more memory than their function has. The private memory of all their
 * processes counts; programs and libraries mapped from files do not. Checks several times a second,
 * in the real time of processes; a short peak between two checks is missed. Child processes are
 * searched once a second only, because each thread must be read.
 *
 * <p>Without {@code /proc} nothing is ended; the JVM's heap is limited nevertheless.
 */
final class MemoryGuard implements AutoCloseable {
  private static final long PERIOD_MILLIS = 200;
  private static final int LOOKS_FOR_ONE_AT_CHILDREN = 5;

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("function-memory").factory());
  // Only the thread above counts.
  private int looks;

  private final Supplier<Collection<ProcessEnvironment>> environments;
  private final AtomicBoolean begun = new AtomicBoolean();

  /** Will check the environments that exist at each check. */
  MemoryGuard(Supplier<Collection<ProcessEnvironment>> environments) {
    this.environments = environments;
  }

  /** Starts checking, at the first environment. */
  void begin() {
    if (begun.compareAndSet(false, true)) {
      try {
        var unused =
            thread.scheduleWithFixedDelay(
                () -> lookAgain(environments), PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException closed) {
        // No environment runs any more.
      }
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  private void lookAgain(Supplier<Collection<ProcessEnvironment>> environments) {
    try {
      look(environments.get());
    } catch (RuntimeException | Error failure) {
      // An exception of one check would end all checks, and memory would have no limit.
      Thread.UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();
      if (handler != null) {
        handler.uncaughtException(Thread.currentThread(), failure);
      }
    }
  }

  private void look(Collection<ProcessEnvironment> environments) {
    looks++;
    boolean withChildren = looks % LOOKS_FOR_ONE_AT_CHILDREN == 0;
    for (ProcessEnvironment environment : environments) {
      Process process = environment.process();
      if (process != null
          && process.isAlive()
          && kilobytes(process.pid(), withChildren) > environment.memoryMb() * 1024L) {
        environment.kill();
      }
    }
  }

  /** The memory of a process and, if requested, of its child processes. */
  private static long kilobytes(long pid, boolean withChildren) {
    long total = 0;
    try {
      ProcessStatus status = ProcessStatus.of(pid);
      total = status.kilobytes("RssAnon") + status.kilobytes("RssShmem");
      if (withChildren) {
        for (long child : children(pid)) {
          total += kilobytes(child, true);
        }
      }
    } catch (IOException | RuntimeException goneOrUnknown) {
      // It has ended, or this system does not report it.
    }
    return total;
  }

  /** A child is listed with the thread that started it. */
  private static List<Long> children(long pid) throws IOException {
    var children = new ArrayList<Long>();
    try (DirectoryStream<Path> threads =
        Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "task"))) {
      for (Path thread : threads) {
        for (String child : Files.readString(thread.resolve("children")).split(" ")) {
          if (!child.isBlank()) {
            children.add(Long.parseLong(child.strip()));
          }
        }
      }
    }
    return children;
  }
}
