// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes in what a process prints, line by line, on its own thread.
 *
 * <p>The end of an invocation reaches us by another way than what was printed before it. To know
 * that all of it has come, we write a mark into the very pipe that the process prints to, and wait
 * until the mark comes out at our end. The same mark ends the reading when the process is gone:
 * waiting for the end of the stream would wait for every process that it left behind.
 *
 * <p>Thread-safe.
 */
final class OutputPump {
  /** A longer line is cut here; CloudWatch Logs takes events of up to 256 KB. */
  static final int MAX_LINE = 256 * 1024;

  // A line is not cut inside a mark.
  private static final int MAX_MARK = 40;
  private static final String MARK = "\u0000syncline-mark:";

  private final InputStream in;
  private final Consumer<String> lines;
  private final @Nullable OutputStream pipe;
  private final ReentrantLock writing = new ReentrantLock();
  private final AtomicLong lastMark = new AtomicLong();
  private final Map<Long, CompletableFuture<Void>> marks = new ConcurrentHashMap<>();
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private volatile boolean stopped;

  OutputPump(Process process, Consumer<String> lines) {
    this.in = process.getInputStream();
    this.lines = lines;
    this.pipe = openPipe(process.pid());
    Thread.ofPlatform().daemon().name("function-output-" + process.pid()).start(this::run);
  }

  /** Completes when everything that was printed before the call has been taken in. */
  CompletableFuture<Void> mark() {
    if (pipe == null || stopped) {
      return CompletableFuture.completedFuture(null);
    }
    long number = lastMark.incrementAndGet();
    var reached = new CompletableFuture<Void>();
    marks.put(number, reached);
    writing.lock();
    try {
      pipe.write((MARK + number + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException closed) {
      reached.complete(null);
    } finally {
      writing.unlock();
    }
    if (stopped) {
      reached.complete(null);
    }
    return reached;
  }

  /** Takes in what is there and stops; completes then. */
  CompletableFuture<Void> finish() {
    if (pipe == null) {
      return end;
    }
    return mark()
        .thenRun(
            () -> {
              stopped = true;
              closeQuietly(pipe);
              closeQuietly(in);
              end.complete(null);
            });
  }

  private void run() {
    var line = new LineBuffer(MAX_LINE, MAX_MARK, this::take);
    var buffer = new byte[16 * 1024];
    try {
      int count = in.read(buffer);
      while (count >= 0) {
        line.add(buffer, count);
        if (stopped) {
          return;
        }
        count = in.read(buffer);
      }
      line.finish();
    } catch (IOException closed) {
      // We closed it, after the last mark.
    } finally {
      stopped = true;
      marks.values().forEach(mark -> mark.complete(null));
      end.complete(null);
    }
  }

  private void take(String line) {
    int at = line.indexOf(MARK);
    if (at < 0) {
      lines.accept(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
      return;
    }
    if (at > 0) {
      lines.accept(line.substring(0, at));
    }
    CompletableFuture<Void> mark = marks.remove(numberAfter(line, at));
    if (mark != null) {
      mark.complete(null);
    }
  }

  private static long numberAfter(String line, int at) {
    try {
      return Long.parseLong(line.substring(at + MARK.length()));
    } catch (NumberFormatException notOurs) {
      return -1;
    }
  }

  private static @Nullable OutputStream openPipe(long pid) {
    try {
      return new FileOutputStream("/proc/" + pid + "/fd/1");
    } catch (IOException notThere) {
      return null;
    }
  }

  private static void closeQuietly(AutoCloseable stream) {
    try {
      stream.close();
    } catch (Exception alreadyGone) {
      // Nothing is lost with it.
    }
  }
}
