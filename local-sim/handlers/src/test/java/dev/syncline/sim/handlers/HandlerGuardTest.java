// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.handlers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.junit.jupiter.api.Test;

class HandlerGuardTest {
  private static final HandlerLimits LIMITS =
      new HandlerLimits(Long.MAX_VALUE, Duration.ofMillis(100), 1L << 40, 1);

  @Test
  void aCallAfterAPauseIsWatchedToo() {
    Context context = context();
    try (var guard = new HandlerGuard(LIMITS)) {
      HandlerGuard.Watch first = guard.watch(context);
      assertThat(first.end()).as("ended by itself").isTrue();
      guard.pause();

      HandlerGuard.Watch second = guard.watch(context);

      assertThatThrownBy(() -> context.eval("js", "for (;;) {}"))
          .isInstanceOf(PolyglotException.class);
      assertThat(second.reason()).isEqualTo("it computed for more than 100 ms");
      assertThat(second.end()).as("ended by itself").isFalse();
    } finally {
      context.close(true);
    }
  }

  @Test
  void aPauseDoesNotStopTheWatchOfARunningCall() {
    Context context = context();
    try (var guard = new HandlerGuard(LIMITS)) {
      HandlerGuard.Watch watch = guard.watch(context);
      guard.pause();

      assertThatThrownBy(() -> context.eval("js", "for (;;) {}"))
          .isInstanceOf(PolyglotException.class);
      assertThat(watch.reason()).isNotNull();
    } finally {
      context.close(true);
    }
  }

  private static Context context() {
    return Context.newBuilder("js").option("engine.WarnInterpreterOnly", "false").build();
  }
}
