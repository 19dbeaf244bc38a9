// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A scheduler of virtual time with only the methods that the bridge uses. */
public abstract class VirtualScheduler extends AbstractExecutorService
    implements ScheduledExecutorService {

  @Override
  public final <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
    throw new UnsupportedOperationException("the bridge schedules runnables");
  }

  @Override
  public final ScheduledFuture<?> scheduleAtFixedRate(Runnable r, long i, long p, TimeUnit u) {
    throw new UnsupportedOperationException("the bridge has no periodic task");
  }

  @Override
  public final ScheduledFuture<?> scheduleWithFixedDelay(Runnable r, long i, long d, TimeUnit u) {
    throw new UnsupportedOperationException("the bridge has no periodic task");
  }

  @Override
  public final void shutdown() {}

  @Override
  public final List<Runnable> shutdownNow() {
    return List.of();
  }

  @Override
  public final boolean isShutdown() {
    return false;
  }

  @Override
  public final boolean isTerminated() {
    return false;
  }

  @Override
  public final boolean awaitTermination(long timeout, TimeUnit unit) {
    return false;
  }

  /** The clock of this virtual time. */
  public final Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return Instant.ofEpochMilli(nowMillis());
      }

      @Override
      public long millis() {
        return nowMillis();
      }
    };
  }

  /** The current virtual time, in milliseconds. */
  protected abstract long nowMillis();

  /** A scheduled task. */
  protected abstract class VirtualTask extends FutureTask<Void> implements ScheduledFuture<Void> {
    /** When the task is due, in milliseconds. */
    public final long at;

    /** The order among tasks that are due at the same time. */
    public final long no;

    @SuppressWarnings("NullAway") // a Runnable has no result
    protected VirtualTask(Runnable task, long at, long no) {
      super(task, null);
      this.at = at;
      this.no = no;
    }

    @Override
    public final long getDelay(TimeUnit unit) {
      return unit.convert(at - nowMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public final int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.MILLISECONDS), other.getDelay(TimeUnit.MILLISECONDS));
    }

    @Override
    public final boolean equals(@Nullable Object other) {
      return this == other;
    }

    @Override
    public final int hashCode() {
      return System.identityHashCode(this);
    }
  }
}
