// SPDX-License-Identifier: Apache-2.0
package dev.syncline.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SleeperTest {

  @Test
  void aSchedulersTimeIsWaitedFor() throws InterruptedException {
    AtomicLong asked = new AtomicLong();
    try (ScheduledThreadPoolExecutor virtual =
        new ScheduledThreadPoolExecutor(1) {
          @Override
          public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
            asked.set(unit.toMillis(delay));
            return super.schedule(command, 0, unit);
          }
        }) {
      Sleeper.on(virtual).sleep(Duration.ofDays(1));
    }
    assertThat(asked).hasValue(Duration.ofDays(1).toMillis());
  }

  @Test
  void noTimeIsNoWait() throws InterruptedException {
    try (ScheduledThreadPoolExecutor closed = new ScheduledThreadPoolExecutor(1)) {
      closed.shutdownNow();
      // A closed scheduler refuses timers, so this proves that no timer was requested.
      Sleeper.on(closed).sleep(Duration.ZERO);
    }
    Sleeper.real().sleep(Duration.ofSeconds(-1));
  }

  @Test
  void anInterruptCancelsTheTimer() {
    try (ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1)) {
      scheduler.setRemoveOnCancelPolicy(true);
      Thread.currentThread().interrupt();

      assertThatThrownBy(() -> Sleeper.on(scheduler).sleep(Duration.ofHours(1)))
          .isInstanceOf(InterruptedException.class);
      assertThat(scheduler.getQueue()).isEmpty();
    }
  }
}
