// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syncline.bridge.ManualTime;
import dev.syncline.bridge.ScriptedBackend;
import dev.syncline.bridge.correlate.CorrelationId;
import dev.syncline.bridge.correlate.WorkOutcome;
import dev.syncline.publisher.Channel;
import dev.syncline.work.aws.WorkStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A backend without state, and a bucket, shared by two environments. */
class TrackedBackendTest {

  private static final CorrelationId ID =
      new CorrelationId("exec-0123456789abcdef0123456789abcdef");
  private static final long LEASE = 30_000;
  private static final long DOUBT = 900_000;

  private final FakeBucket s3 = new FakeBucket();
  private final ScriptedBackend forgetful = new ScriptedBackend();
  private final ManualTime time = new ManualTime();
  private final WorkStore store = s3.store();
  private final Backend backend = environment("a");
  private final Backend other = environment("b");

  TrackedBackendTest() throws IOException {
    forgetful.repeatable = false;
  }

  private Backend environment(String name) {
    return new TrackedBackend(
        forgetful,
        WorkNotes.in(store),
        time.clock(),
        new TrackedBackend.Times(LEASE, DOUBT),
        () -> name);
  }

  @AfterEach
  void stop() throws Exception {
    backend.close();
    s3.close();
  }

  private static WorkRequest work(boolean keyed, String event) {
    return new WorkRequest(
        ID,
        Optional.of(Channel.of("/replies/env-1/" + ID)),
        event,
        keyed,
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void startedWorkIsFoundInEveryEnvironmentUntilItsOutcomeIs() throws Exception {
    assertThat(backend.find(ID)).isEqualTo(new FindResult.NotFound());
    assertThat(backend.start(work(false, "1"))).isEqualTo(new StartResult.Started());
    assertThat(backend.find(ID)).isEqualTo(new FindResult.Running());
    store.outcome(ID.value(), "{\"id\":\"" + ID + "\",\"status\":\"COMPLETED\",\"result\":7}");
    assertThat(backend.find(ID)).isEqualTo(new FindResult.Finished(new WorkOutcome.Completed("7")));
  }

  @Test
  void aRepeatJoinsAndAnotherEventDoesNot() {
    assertThat(backend.start(work(true, "1"))).isEqualTo(new StartResult.Started());
    assertThat(backend.start(work(true, "1")))
        .isEqualTo(new StartResult.Joined("/replies/env-1/" + ID));
    assertThat(backend.start(work(true, "2"))).isEqualTo(new StartResult.OtherEvent());
    assertThat(forgetful.started).hasSize(1);
  }

  @Test
  void aRepeatOfFinishedWorkIsItsOutcome() throws Exception {
    backend.start(work(true, "1"));
    store.outcome(
        ID.value(),
        "{\"id\":\""
            + ID
            + "\",\"status\":\"FAILED\",\"error\":{\"error\":\"E\",\"cause\":\"c\"}}");
    assertThat(backend.start(work(true, "1")))
        .isEqualTo(new StartResult.Finished(new WorkOutcome.Failed("E", "c")));
  }

  /** The owner of the lease blocks in its start while another environment repeats the key. */
  @Test
  void whileOneEnvironmentStartsWorkNoOtherDoes() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    forgetful.onStart =
        request -> {
          inside.countDown();
          await(go);
          return new StartResult.Started();
        };
    CompletableFuture<StartResult> first =
        CompletableFuture.supplyAsync(() -> backend.start(work(true, "1")));
    await(inside);

    assertThat(other.start(work(true, "1"))).isInstanceOf(StartResult.Leased.class);
    assertThat(backend.start(work(true, "1"))).isInstanceOf(StartResult.Leased.class);
    assertThat(other.start(work(true, "2"))).isEqualTo(new StartResult.OtherEvent());
    assertThat(other.find(ID)).isEqualTo(new FindResult.Doubtful());

    go.countDown();
    assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo(new StartResult.Started());
    assertThat(other.start(work(true, "1")))
        .isEqualTo(new StartResult.Joined("/replies/env-1/" + ID));
    assertThat(forgetful.started).hasSize(1);
  }

  @Test
  void workWhoseStarterDiedIsStartedByAnotherAfterTheLease() {
    forgetful.onStart =
        request -> {
          throw new Killed();
        };
    assertThatThrownBy(() -> backend.start(work(true, "1"))).isInstanceOf(Killed.class);
    forgetful.onStart = request -> new StartResult.Started();

    time.advance(LEASE - 1);
    assertThat(other.start(work(true, "1")))
        .isInstanceOfSatisfying(
            StartResult.Leased.class,
            leased -> assertThat(leased.untilMillis()).isEqualTo(time.clock().millis() + 1));
    assertThat(forgetful.started).hasSize(1);
    time.advance(1);
    assertThat(other.find(ID)).isEqualTo(new FindResult.NotFound());
    assertThat(other.start(work(true, "1"))).isEqualTo(new StartResult.Started());
  }

  /** Both find the lease expired; the conditional write lets only one acquire it. */
  @Test
  void oneOfTwoTakesAnExpiredLease() throws Exception {
    store.claim(
        ID.value(),
        "{\"state\":\"starting\",\"event\":\"" + WorkNote.digest(work(true, "1")) + "\"}");
    CountDownLatch both = new CountDownLatch(2);
    s3.beforeReplace =
        () -> {
          both.countDown();
          await(both);
        };
    CompletableFuture<StartResult> first =
        CompletableFuture.supplyAsync(() -> backend.start(work(true, "1")));
    StartResult second = other.start(work(true, "1"));
    assertThat(List.of(first.get(20, TimeUnit.SECONDS).getClass(), second.getClass()))
        .containsExactlyInAnyOrder(StartResult.Started.class, StartResult.Leased.class);
    assertThat(forgetful.started).hasSize(1);
  }

  /** A start succeeds after this. */
  private void startsWith(Runnable first) {
    forgetful.onStart =
        request -> {
          first.run();
          return new StartResult.Started();
        };
  }

  @Test
  void afterAGoodStartOnlyTheNoteIsRepeated() {
    startsWith(() -> s3.failWrites(3));
    assertThat(backend.start(work(true, "1")))
        .isInstanceOfSatisfying(
            StartResult.Unrecorded.class,
            told -> assertThat(told.result()).isEqualTo(new StartResult.Started()));
    assertThat(other.start(work(true, "1"))).isInstanceOf(StartResult.Leased.class);
    assertThat(backend.start(work(true, "1"))).isEqualTo(new StartResult.Started());
    assertThat(forgetful.started).hasSize(1);
    assertThat(other.start(work(true, "1"))).isInstanceOf(StartResult.Joined.class);
  }

  @Test
  void aNoteThatWasWrittenThoughItsAnswerFailedIsNoReasonToStartAgain() {
    startsWith(() -> s3.failAnswers(2));
    assertThat(backend.start(work(true, "1"))).isEqualTo(new StartResult.Started());
    assertThat(other.start(work(true, "1"))).isInstanceOf(StartResult.Joined.class);
    assertThat(forgetful.started).hasSize(1);
  }

  @Test
  void aClaimWhoseAnswerFailedIsOnesOwn() {
    s3.failAnswers(1);
    assertThat(backend.start(work(true, "1")))
        .isInstanceOfSatisfying(
            StartResult.NotStarted.class, not -> assertThat(not.retryable()).isTrue());
    assertThat(forgetful.started).isEmpty();
    assertThat(backend.start(work(true, "1"))).isEqualTo(new StartResult.Started());
  }

  @Test
  void anUnconfirmedStartIsNotRepeatedBeforeTheDoubtEnds() throws Exception {
    forgetful.onStart = request -> new StartResult.Unconfirmed("BackendUnreachable", "x");
    assertThat(backend.start(work(true, "1"))).isInstanceOf(StartResult.Unconfirmed.class);
    assertThat(backend.start(work(true, "1"))).isInstanceOf(StartResult.InDoubt.class);
    assertThat(other.start(work(true, "1"))).isInstanceOf(StartResult.InDoubt.class);
    assertThat(other.find(ID)).isEqualTo(new FindResult.Doubtful());
    assertThat(forgetful.started).hasSize(1);
    time.advance(DOUBT);
    forgetful.onStart = request -> new StartResult.Started();
    assertThat(other.start(work(true, "1"))).isEqualTo(new StartResult.Started());
  }

  @Test
  void anUnconfirmedStartIsRepeatedWhereTheBackendKnowsTheWork() {
    forgetful.repeatable = true;
    forgetful.onStart = request -> new StartResult.Unconfirmed("BackendUnreachable", "x");
    assertThat(backend.start(work(true, "1"))).isInstanceOf(StartResult.Unconfirmed.class);
    forgetful.onStart = request -> new StartResult.Started();
    assertThat(backend.start(work(true, "1"))).isEqualTo(new StartResult.Started());
  }

  @Test
  void theAnswerOfWorkInDoubtIsGivenToTheRepeat() throws Exception {
    forgetful.onStart = request -> new StartResult.Unconfirmed("BackendUnreachable", "x");
    backend.start(work(true, "1"));
    store.outcome(ID.value(), "{\"id\":\"" + ID + "\",\"status\":\"COMPLETED\",\"result\":7}");
    assertThat(other.start(work(true, "1")))
        .isEqualTo(new StartResult.Finished(new WorkOutcome.Completed("7")));
  }

  @Test
  void anAnswerThatCameWithTheStartIsKeptForTheRepeat() {
    forgetful.onStart =
        request -> new StartResult.Finished(new WorkOutcome.Failed("E", "said \"no\""));
    backend.start(work(true, "1"));
    assertThat(other.start(work(true, "1")))
        .isEqualTo(new StartResult.Finished(new WorkOutcome.Failed("E", "said \"no\"")));
    assertThat(forgetful.started).hasSize(1);
  }

  @Test
  void workThatWasRefusedIsFreeForEveryEnvironmentAndEvent() {
    forgetful.onStart = request -> new StartResult.NotStarted("Throttled", "x", true);
    backend.start(work(true, "1"));
    assertThat(backend.find(ID)).isEqualTo(new FindResult.NotFound());
    forgetful.onStart = request -> new StartResult.Started();
    assertThat(other.start(work(true, "2"))).isEqualTo(new StartResult.Started());
  }

  @Test
  void aBucketThatDoesNotAnswerKeepsKeyedWorkFromStarting() {
    s3.down = true;
    assertThat(backend.start(work(true, "1")))
        .isInstanceOfSatisfying(
            StartResult.NotStarted.class, not -> assertThat(not.retryable()).isTrue());
    assertThat(backend.find(ID)).isInstanceOf(FindResult.Unavailable.class);
    assertThat(forgetful.started).isEmpty();
    assertThat(backend.start(work(false, "1"))).isInstanceOf(StartResult.Unrecorded.class);
    assertThat(backend.start(work(false, "1"))).isInstanceOf(StartResult.Unrecorded.class);
    assertThat(forgetful.started).hasSize(1);
  }

  @Test
  void aBucketThatStallsInItsBodyIsGivenUp() throws Exception {
    backend.start(work(true, "1"));
    s3.stall = true;
    assertThat(backend.find(ID)).isInstanceOf(FindResult.Unavailable.class);
    s3.stall = false;
  }

  @Test
  void noIdLeavesItsPlaceInTheBucket() {
    for (String id : List.of("x?list-type=2&prefix=", "../../other/k", "a b", "", "%2e%2e")) {
      assertThatThrownBy(() -> store.outcome(id)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> store.note(id)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The environment is dead. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }
}
