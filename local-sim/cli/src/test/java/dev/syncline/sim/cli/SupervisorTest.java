// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.SimClock;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SupervisorTest {
  @TempDir private Path directory;

  private final SimClock clock = new SimClock(new ClockMode.Manual());
  private final StringWriter said = new StringWriter();
  private final Reporter reporter = new Reporter(new PrintWriter(said, true), Reporter.Style.QUIET);
  private final List<Script> started = new ArrayList<>();
  private final Deque<Failure> refusals = new ArrayDeque<>();

  @AfterEach
  void stop() {
    clock.close();
  }

  @Test
  void aDeadProgramIsRestartedAfterAPauseWithAMessage() {
    try (Supervisor supervisor = supervisor()) {
      started.getFirst().ended.complete(137);

      assertThat(said.toString())
          .contains("WARNING: the server ended with status 137; it is started again in 1 s");
      assertThat(started).hasSize(1);
      clock.advance(Duration.ofSeconds(1));
      assertThat(started).hasSize(2);
      assertThat(said.toString()).contains("The server runs again");
    }
  }

  @Test
  void aProgramThatKeepsDyingIsRestartedAfterLongerPauses() {
    try (Supervisor supervisor = supervisor()) {
      for (long pause : new long[] {1, 2, 4, 8, 16, 30, 30}) {
        int before = started.size();
        started.getLast().ended.complete(1);
        clock.advance(Duration.ofSeconds(pause).minusMillis(1));
        assertThat(started).hasSize(before);
        clock.advance(Duration.ofMillis(1));
        assertThat(started).hasSize(before + 1);
      }
    }
  }

  @Test
  void aProgramThatRanForAMinuteStartsWithTheFirstPause() {
    try (Supervisor supervisor = supervisor()) {
      started.getLast().ended.complete(1);
      clock.advance(Duration.ofSeconds(1));
      clock.advance(Duration.ofSeconds(Supervisor.STEADY_SECONDS));
      started.getLast().ended.complete(1);
      clock.advance(Duration.ofSeconds(1));

      assertThat(started).hasSize(3);
    }
  }

  @Test
  void aStartThatFailsLaterIsTriedAgainAndTheFirstIsTheCallersBusiness() {
    refusals.add(new Failure("no such jar"));
    assertThatThrownBy(this::supervisor).isInstanceOf(Failure.class).hasMessage("no such jar");

    try (Supervisor supervisor = supervisor()) {
      refusals.add(new Failure("address in use"));
      started.getLast().ended.complete(1);
      clock.advance(Duration.ofSeconds(1));
      assertThat(said.toString())
          .contains("could not be started (address in use); it is started again in 2 s");
      clock.advance(Duration.ofSeconds(2));

      assertThat(started).hasSize(2);
    }
  }

  @Test
  void aStoppedProgramIsNotRestarted() {
    Supervisor supervisor = supervisor();
    supervisor.close();
    clock.advance(Duration.ofHours(1));

    assertThat(started).hasSize(1);
    assertThat(started.getFirst().stopped).isTrue();
    assertThat(said.toString()).isEmpty();
  }

  @Test
  void aProcessThatIsKilledComesBack() throws Exception {
    var programs = new LinkedBlockingQueue<JavaProgram>();
    try (var real = new SimClock(new ClockMode.Real());
        var supervisor =
            new Supervisor(
                "program",
                () -> {
                  JavaProgram program =
                      JavaProgram.start(
                          System.getProperty("java.class.path"),
                          Program.class.getName(),
                          List.of(),
                          Map.of(),
                          directory.resolve("program.log"));
                  programs.add(program);
                  return program;
                },
                real,
                Thread::startVirtualThread,
                reporter)) {
      JavaProgram first = programs.take();
      first.handle().destroyForcibly();

      JavaProgram second = programs.take();

      assertThat(second.handle().pid()).isNotEqualTo(first.handle().pid());
      assertThat(second.said()).contains("started");
      supervisor.close();
      assertThat(second.ended().get()).isNotNull();
    }
  }

  private Supervisor supervisor() {
    return new Supervisor("server", this::start, clock, Runnable::run, reporter);
  }

  private Supervisor.Running start() {
    Failure refusal = refusals.poll();
    if (refusal != null) {
      throw refusal;
    }
    var script = new Script();
    started.add(script);
    return script;
  }

  /** A program that ends when the test says so. */
  private static final class Script implements Supervisor.Running {
    final CompletableFuture<Integer> ended = new CompletableFuture<>();
    boolean stopped;

    @Override
    public CompletableFuture<Integer> ended() {
      return ended;
    }

    @Override
    public void stop() {
      stopped = true;
      ended.complete(143);
    }
  }

  /** A program that runs until it is ended. */
  static final class Program {
    public static void main(String[] arguments) throws InterruptedException {
      System.out.println("{\"message\":\"started\"}");
      new CountDownLatch(1).await();
    }
  }
}
