// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.handlers;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.graalvm.polyglot.Context;
import org.jspecify.annotations.Nullable;

/**
 * Watches calls while they run and ends those that use more processor time or memory than they may.
 * It measures the thread of the call, so a busy machine or another call never counts against a
 * call. Thread-safe.
 */
final class HandlerGuard implements AutoCloseable {
  private static final long EVERY_MICROS = 1_000;

  private final HandlerLimits limits;
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(
          1, task -> Thread.ofPlatform().daemon().name("handler-guard").unstarted(task));

  HandlerGuard(HandlerLimits limits) {
    this.limits = limits;
    timer.setRemoveOnCancelPolicy(true);
  }

  /** Begins to measure the calling thread's use of {@code context}. */
  Watch watch(Context context) {
    return new Watch(context, Thread.currentThread().threadId());
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  /** One call under watch; close it when the call has ended. */
  final class Watch implements AutoCloseable {
    private final Context context;
    private final long thread;
    private final long nanosBefore;
    private final long bytesBefore;
    private final AtomicReference<@Nullable String> reason = new AtomicReference<>();
    private final ScheduledFuture<?> task;

    private Watch(Context context, long thread) {
      this.context = context;
      this.thread = thread;
      this.nanosBefore = threads.getThreadCpuTime(thread);
      this.bytesBefore = threads.getThreadAllocatedBytes(thread);
      this.task =
          timer.scheduleWithFixedDelay(
              this::look, EVERY_MICROS, EVERY_MICROS, TimeUnit.MICROSECONDS);
    }

    /** Why the call was ended; null if it was not. */
    @Nullable String reason() {
      return reason.get();
    }

    private void look() {
      if (threads.getThreadCpuTime(thread) - nanosBefore > limits.processorTime().toNanos()) {
        end("it computed for more than " + limits.processorTime().toMillis() + " ms");
      } else if (threads.getThreadAllocatedBytes(thread) - bytesBefore > limits.allocatedBytes()) {
        end("it allocated more than " + (limits.allocatedBytes() >> 20) + " MB");
      }
    }

    private void end(String why) {
      if (reason.compareAndSet(null, why)) {
        // Closing waits for the end of the call; the guard must check other calls meanwhile.
        Thread.ofPlatform().daemon().name("handler-stop").start(() -> context.close(true));
      }
    }

    @Override
    public void close() {
      task.cancel(false);
    }
  }
}
