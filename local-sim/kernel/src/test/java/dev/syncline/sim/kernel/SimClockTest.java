// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SimClockTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void aManualClockMovesOnlyWhenAdvanced() {
    try (var clock = new SimClock(new ClockMode.Manual(), START, Duration.ZERO)) {
      clock.advance(Duration.ofSeconds(3));

      assertThat(clock.now()).isEqualTo(START.plusSeconds(3));
    }
  }

  @Test
  void aManualClockFiresTimersInOrderEachAtItsOwnInstant() {
    try (var clock = new SimClock(new ClockMode.Manual(), START, Duration.ZERO)) {
      var fired = new ArrayList<String>();
      clock.schedule(Duration.ofSeconds(2), () -> fired.add("b@" + clock.now()));
      clock.schedule(
          Duration.ofSeconds(1),
          () -> {
            fired.add("a@" + clock.now());
            clock.schedule(Duration.ofMillis(500), () -> fired.add("nested@" + clock.now()));
          });
      clock.schedule(Duration.ofSeconds(9), () -> fired.add("never"));

      clock.advance(Duration.ofSeconds(5));

      assertThat(fired)
          .containsExactly(
              "a@" + START.plusSeconds(1),
              "nested@" + START.plusMillis(1500),
              "b@" + START.plusSeconds(2));
      assertThat(clock.pendingTimers()).isEqualTo(1);
    }
  }

  @Test
  void onlyAManualClockCanBeAdvanced() {
    try (var clock = new SimClock(new ClockMode.Real())) {
      assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(1)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("manual");
    }
  }

  @Test
  void aCancelledTimerNeverFires() {
    try (var clock = new SimClock(new ClockMode.Manual(), START, Duration.ZERO)) {
      var fired = new ArrayList<String>();
      Timer timer = clock.schedule(Duration.ofSeconds(1), () -> fired.add("x"));

      assertThat(timer.cancel()).isTrue();
      assertThat(timer.cancel()).isFalse();
      clock.advance(Duration.ofSeconds(2));

      assertThat(fired).isEmpty();
      assertThat(clock.pendingTimers()).isZero();
    }
  }

  @Test
  void aTimerThatFailsDoesNotStopTheOthers() {
    try (var clock = new SimClock(new ClockMode.Skipping())) {
      Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
      var seen = new CompletableFuture<Throwable>();
      Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> seen.complete(failure));
      try {
        var second = new CompletableFuture<Boolean>();
        clock.schedule(
            Duration.ofSeconds(1),
            () -> {
              throw new IllegalStateException("boom");
            });
        clock.schedule(Duration.ofSeconds(2), () -> second.complete(true));

        assertThat(second.join()).isTrue();
        assertThat(seen.join()).hasMessage("boom");
      } finally {
        Thread.setDefaultUncaughtExceptionHandler(before);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        StackOverflowError.class,
        OutOfMemoryError.class,
        NoClassDefFoundError.class,
        AssertionError.class,
        IllegalStateException.class
      })
  void anErrorOfATimerDoesNotStopTimeAndIsInTheJournal(Class<? extends Throwable> type)
      throws Exception {
    Throwable thrown = type.getConstructor().newInstance();
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> {
          throw new IllegalStateException("the handler fails as well");
        });
    try (var clock = new SimClock(new ClockMode.Skipping(), START, Duration.ofMillis(1))) {
      var journal = new Journal(clock);
      var second = new CompletableFuture<Instant>();
      clock.schedule(Duration.ofSeconds(1), () -> SimClockTest.<RuntimeException>sneak(thrown));
      clock.schedule(Duration.ofSeconds(2), () -> second.complete(clock.now()));
      clock.schedule(TimerKind.LIMIT, Duration.ofHours(1), () -> {});

      assertThat(second.get(30, TimeUnit.SECONDS)).isAfterOrEqualTo(START.plusSeconds(2));
      assertThat(journal.select(entry -> entry.event() instanceof Journal.TimerFailed))
          .singleElement()
          .satisfies(
              entry ->
                  assertThat(entry.event().details()).containsEntry("failure", thrown.toString()));
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void sneak(Throwable thrown) throws E {
    throw (E) thrown;
  }

  @Test
  void aTaskThatLeavesItsThreadInterruptedDoesNotStopTheClock() throws Exception {
    try (var clock = new SimClock(new ClockMode.Skipping(), START, Duration.ofMillis(1))) {
      var second = new CompletableFuture<Boolean>();
      clock.schedule(Duration.ofSeconds(1), () -> Thread.currentThread().interrupt());
      clock.schedule(Duration.ofSeconds(2), () -> second.complete(true));

      assertThat(second.get(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aManualClockAdvancesOverATimerThatThrowsAnError() {
    try (var clock = new SimClock(new ClockMode.Manual(), START, Duration.ZERO)) {
      var fired = new ArrayList<String>();
      clock.schedule(
          Duration.ofSeconds(1),
          () -> {
            throw new StackOverflowError();
          });
      clock.schedule(Duration.ofSeconds(2), () -> fired.add("second"));

      clock.advance(Duration.ofSeconds(3));

      assertThat(fired).containsExactly("second");
      assertThat(clock.now()).isEqualTo(START.plusSeconds(3));
    }
  }

  @Test
  void aSkippingClockJumpsOverAYear() {
    try (var clock = new SimClock(new ClockMode.Skipping(), START, Duration.ofMillis(1))) {
      var done = new CompletableFuture<Instant>();
      clock.schedule(Duration.ofDays(365), () -> done.complete(clock.now()));

      assertThat(done.join())
          .isBetween(START.plus(Duration.ofDays(365)), START.plus(Duration.ofDays(366)));
      assertThat(clock.skipped()).isGreaterThan(Duration.ofDays(364));
    }
  }

  @Test
  void aSkippingClockDoesNotJumpWhileSomethingRuns() throws Exception {
    try (var clock = new SimClock(new ClockMode.Skipping(), START, Duration.ofMillis(1))) {
      var fired = new CountDownLatch(1);
      ClockActivity running = clock.begin();
      clock.schedule(Duration.ofHours(1), fired::countDown);

      assertThat(fired.await(50, TimeUnit.MILLISECONDS)).isFalse();
      assertThat(clock.skipped()).isZero();
      running.close();
      running.close();

      assertThat(fired.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void awaitingInsideAnActivityLetsTheClockJump() throws Exception {
    try (var clock = new SimClock(new ClockMode.Skipping(), START, Duration.ofMillis(1))) {
      String result =
          clock.call(
              () -> {
                var answer = new CompletableFuture<String>();
                clock.schedule(Duration.ofHours(1), () -> answer.complete("an hour later"));
                return clock.await(answer);
              });

      assertThat(result).isEqualTo("an hour later");
      assertThat(clock.now()).isAfterOrEqualTo(START.plusSeconds(3600));
    }
  }

  @Test
  void anActivityIsTakenUpAgainBeforeTheNextJump() throws Exception {
    try (var clock = new SimClock(new ClockMode.Skipping(), START, Duration.ofMillis(1))) {
      List<String> order = Collections.synchronizedList(new ArrayList<>());
      clock.call(
          () -> {
            for (int i = 0; i < 200; i++) {
              var first = new CompletableFuture<Boolean>();
              var second = new CompletableFuture<Boolean>();
              clock.schedule(Duration.ofSeconds(1), () -> first.complete(true));
              clock.schedule(Duration.ofSeconds(2), () -> second.complete(true));
              clock.await(first);
              order.add(second.isDone() ? "jumped" : "held");
              clock.await(second);
            }
            return 0;
          });

      assertThat(order).hasSize(200).containsOnly("held");
    }
  }

  @Test
  void housekeepingNeverMakesTheClockJumpButFiresOnTheWay() {
    try (var clock = new SimClock(new ClockMode.Skipping(), START, Duration.ofMillis(1))) {
      List<String> order = Collections.synchronizedList(new ArrayList<>());
      clock.schedule(TimerKind.BACKGROUND, Duration.ofMinutes(1), () -> order.add("keep-alive"));
      assertThat(clock.skipped()).isZero();
      var done = new CompletableFuture<Boolean>();
      clock.schedule(
          Duration.ofMinutes(2),
          () -> {
            order.add("work");
            done.complete(true);
          });
      done.join();

      assertThat(order).containsExactly("keep-alive", "work");
    }
  }

  @Test
  void aLimitIsJumpedToOnceEverythingIsQuiet() {
    try (var clock = new SimClock(new ClockMode.Skipping(), START, Duration.ofMillis(20))) {
      var fired = new CompletableFuture<Instant>();
      clock.schedule(TimerKind.LIMIT, Duration.ofSeconds(29), () -> fired.complete(clock.now()));

      assertThat(fired.join()).isAfterOrEqualTo(START.plusSeconds(29));
    }
  }

  @Test
  void workBeforeALimitComesFirst() {
    try (var clock = new SimClock(new ClockMode.Skipping(), START, Duration.ofMillis(1))) {
      List<String> order = Collections.synchronizedList(new ArrayList<>());
      var done = new CompletableFuture<Boolean>();
      ClockActivity setUp = clock.begin();
      clock.schedule(
          TimerKind.LIMIT,
          Duration.ofSeconds(29),
          () -> {
            order.add("limit");
            done.complete(true);
          });
      clock.schedule(Duration.ofSeconds(10), () -> order.add("work"));
      setUp.close();
      done.join();

      assertThat(order).containsExactly("work", "limit");
    }
  }

  @Test
  void noJumpPassesTheLimitOfARunningProcess() throws Exception {
    try (var clock = new SimClock(new ClockMode.Skipping(), START, Duration.ofMillis(1))) {
      var late = new CountDownLatch(1);
      var early = new CountDownLatch(1);
      var limit = new CountDownLatch(1);
      ClockActivity process = clock.beginExternal();
      clock.schedule(TimerKind.LIMIT, Duration.ofSeconds(29), limit::countDown);
      clock.schedule(Duration.ofSeconds(10), early::countDown);
      clock.schedule(Duration.ofSeconds(45), late::countDown);

      assertThat(early.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(late.await(50, TimeUnit.MILLISECONDS)).isFalse();
      assertThat(limit.getCount()).isEqualTo(1);
      process.close();

      assertThat(limit.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(late.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void manyShortJumpsDoNotUseUpTheLimitOfARunningProcess() throws Exception {
    try (var clock = new SimClock(new ClockMode.Skipping(), START, Duration.ofMillis(1))) {
      ClockActivity process = clock.beginExternal();
      clock.schedule(TimerKind.LIMIT, Duration.ofSeconds(29), () -> {});
      for (int i = 1; i <= 20; i++) {
        var over = new CountDownLatch(1);
        clock.schedule(Duration.ofSeconds(10), over::countDown);
        assertThat(over.await(5, TimeUnit.SECONDS)).as("jump %d", i).isTrue();
      }
      process.close();

      assertThat(clock.now()).isAfterOrEqualTo(START.plusSeconds(200));
    }
  }

  @Test
  void aJumpDoesNotEatIntoTheLimitOfARunningProcess() throws Exception {
    try (var clock = new SimClock(new ClockMode.Skipping(), START, Duration.ofMillis(1))) {
      ClockActivity process = clock.beginExternal();
      var limit = new CountDownLatch(1);
      clock.schedule(TimerKind.LIMIT, Duration.ofSeconds(3600), limit::countDown);
      var work = new CountDownLatch(1);
      clock.schedule(Duration.ofSeconds(3599), work::countDown);
      assertThat(work.await(30, TimeUnit.SECONDS)).isTrue();

      // Virtual time is a second short of the limit now, but the process has used next to nothing.
      assertThat(limit.await(1500, TimeUnit.MILLISECONDS)).isFalse();
      process.close();
    }
  }

  @Test
  void aScaledClockRunsFaster() {
    try (var clock = new SimClock(new ClockMode.Scaled(1000), START, Duration.ZERO)) {
      var fired = new CompletableFuture<Instant>();
      clock.schedule(Duration.ofSeconds(20), () -> fired.complete(clock.now()));

      assertThat(fired.join()).isAfterOrEqualTo(START.plusSeconds(20));
    }
  }

  @Test
  void aLimitOfAScaledClockRunsAtItsRateAgainOnceTheProcessIsDone() {
    try (var clock = new SimClock(new ClockMode.Scaled(1000), START, Duration.ZERO)) {
      var fired = new CompletableFuture<Boolean>();
      ClockActivity process = clock.beginExternal();
      clock.schedule(TimerKind.LIMIT, Duration.ofMinutes(10), () -> fired.complete(true));
      // By then the clock has made up its mind how long it waits for the limit.
      clock.pause(Duration.ofSeconds(100));

      process.close();

      assertThat(fired.join()).isTrue();
    }
  }

  @Test
  void aTimerThatIsDueBeforeTheOthersIsNotKeptWaitingByThem() {
    try (var clock = new SimClock(new ClockMode.Real())) {
      var fired = new CompletableFuture<Boolean>();
      clock.schedule(Duration.ofHours(1), () -> {});
      Timer cancelled = clock.schedule(Duration.ofMinutes(30), () -> {});
      clock.schedule(TimerKind.LIMIT, Duration.ofMinutes(20), () -> {});
      cancelled.cancel();
      clock.schedule(TimerKind.BACKGROUND, Duration.ofMillis(1), () -> fired.complete(true));

      assertThat(fired.join()).isTrue();
    }
  }

  @Test
  void timersOfFarAwayNeverOverflow() {
    try (var clock = new SimClock(new ClockMode.Manual(), START, Duration.ZERO)) {
      var fired = new ArrayList<String>();
      clock.schedule(Duration.ofSeconds(Long.MAX_VALUE), () -> fired.add("far"));
      clock.schedule(Duration.ofDays(-1), () -> fired.add("past"));

      clock.advance(Duration.ofDays(1000));

      assertThat(fired).containsExactly("past");
    }
  }
}
