// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process;

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
 * Reads the output of a process, line by line, on its own thread.
 *
 * <p>The end of an invocation arrives on another channel than the output before it. To know that
 * all output has been read, we write a mark into the same pipe that the process writes to, and wait
 * until the reader gets the mark. The same mark ends the reading after the end of the process: the
 * end of the stream would come only after the end of every process that it left running.
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
  private final LogRecords records;
  private final @Nullable OutputStream pipe;
  private final ReentrantLock writing = new ReentrantLock();
  private final AtomicLong lastMark = new AtomicLong();
  private final Map<Long, CompletableFuture<Void>> marks = new ConcurrentHashMap<>();
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private volatile boolean stopped;

  /**
   * Starts reading.
   *
   * @param in the output of the process
   * @param pipe writes into the same pipe; null when that is not possible, so that no mark is seen
   */
  OutputPump(InputStream in, @Nullable OutputStream pipe, long pid, Consumer<String> events) {
    this.in = in;
    this.records = new LogRecords(MAX_LINE, events);
    this.pipe = pipe;
    Thread.ofPlatform().daemon().name("function-output-" + pid).start(this::run);
  }

  /** Completes when all output before the call has been read. */
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

  /** Reads the available output, stops, and completes. */
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
      records.finish();
      stopped = true;
      marks.values().forEach(mark -> mark.complete(null));
      end.complete(null);
    }
  }

  private void take(String line) {
    int at = line.indexOf(MARK);
    if (at < 0) {
      records.line(line);
      return;
    }
    if (at > 0) {
      records.part(line.substring(0, at));
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

  private static void closeQuietly(AutoCloseable stream) {
    try {
      stream.close();
    } catch (Exception alreadyGone) {
      // Nothing is lost: the stream is not used any more.
    }
  }
}
