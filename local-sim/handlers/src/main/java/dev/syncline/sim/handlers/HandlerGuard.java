// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.handlers;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.graalvm.polyglot.Context;
import org.jspecify.annotations.Nullable;

/**
 * Watches calls while they run and ends those that use more processor time or memory than they may.
 * It measures the thread of the call, so a busy machine or another call never counts against a
 * call. Thread-safe.
 */
final class HandlerGuard implements AutoCloseable {
  private static final long EVERY_MICROS = 1_000;

  /** It stops looking when there was no call for so many looks. */
  private static final int MAX_IDLE_LOOKS = 200;

  private static final String ENDED = "";

  private final HandlerLimits limits;
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(
          1, task -> Thread.ofPlatform().daemon().name("handler-guard").unstarted(task));
  private final ReentrantLock switching = new ReentrantLock();
  private volatile @Nullable ScheduledFuture<?> looking;

  /** Changed by the timer's thread only. */
  private int idleLooks;

  HandlerGuard(HandlerLimits limits) {
    this.limits = limits;
    timer.setRemoveOnCancelPolicy(true);
  }

  /** Begins to measure the calling thread's use of {@code context}. */
  Watch watch(Context context) {
    var watch = new Watch(context, Thread.currentThread().threadId());
    watches.add(watch);
    if (looking == null) {
      begin();
    }
    return watch;
  }

  private void begin() {
    switching.lock();
    try {
      if (looking == null) {
        looking =
            timer.scheduleWithFixedDelay(
                this::look, EVERY_MICROS, EVERY_MICROS, TimeUnit.MICROSECONDS);
      }
    } finally {
      switching.unlock();
    }
  }

  private void look() {
    watches.forEach(Watch::look);
    idleLooks = watches.isEmpty() ? idleLooks + 1 : 0;
    if (idleLooks > MAX_IDLE_LOOKS) {
      pause();
    }
  }

  /** Stops looking until the next call. */
  void pause() {
    switching.lock();
    try {
      ScheduledFuture<?> present = looking;
      if (present != null) {
        looking = null;
        idleLooks = 0;
        present.cancel(false);
      }
    } finally {
      switching.unlock();
    }
    // A call that began meanwhile may have found the guard still looking.
    if (!watches.isEmpty()) {
      begin();
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  /** One call under watch; {@link #end} it when the call has ended. */
  final class Watch {
    private final Context context;
    private final long thread;
    private final long nanosBefore;
    private final long bytesBefore;
    private final AtomicReference<@Nullable String> reason = new AtomicReference<>();

    private Watch(Context context, long thread) {
      this.context = context;
      this.thread = thread;
      this.nanosBefore = threads.getThreadCpuTime(thread);
      this.bytesBefore = threads.getThreadAllocatedBytes(thread);
    }

    /** Why the call was stopped; null if it was not. */
    @Nullable String reason() {
      String why = reason.get();
      return ENDED.equals(why) ? null : why;
    }

    private void look() {
      if (threads.getThreadCpuTime(thread) - nanosBefore > limits.processorTime().toNanos()) {
        stop("it computed for more than " + limits.processorTime().toMillis() + " ms");
      } else if (threads.getThreadAllocatedBytes(thread) - bytesBefore > limits.allocatedBytes()) {
        stop("it allocated more than " + (limits.allocatedBytes() >> 20) + " MB");
      }
    }

    private void stop(String why) {
      if (reason.compareAndSet(null, why)) {
        // Closing waits for the end of the call; the guard must check other calls meanwhile.
        Thread.ofPlatform().daemon().name("handler-stop").start(() -> context.close(true));
      }
    }

    /**
     * Ends the watch.
     *
     * @return whether the call was not stopped; otherwise its context is being closed
     */
    boolean end() {
      watches.remove(this);
      return reason.compareAndSet(null, ENDED);
    }
  }
}
