// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.inprocess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.TimerKind;
import dev.syncline.sim.lambda.CompiledFunction;
import dev.syncline.sim.lambda.FunctionSpec;
import dev.syncline.sim.lambda.InvocationResult;
import dev.syncline.sim.lambda.LambdaEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Functions in this process that loop, exit or change process-wide settings. */
class InProcessLimitsTest extends InProcessFixture {
  @Test
  void timeIsNotSkippedOverAHandlerThatComputes() {
    functions.register(
        "Busy",
        environment ->
            (in, out, context) -> {
              long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(400);
              while (System.nanoTime() < until) {
                Thread.onSpinWait();
              }
              out.write('1');
            });

    // Its time-out is the only timer there is, and everything else is quiet far beyond the settle
    // time.
    assertThat(text(invoke(spec("Busy", Duration.ofSeconds(10), Map.of()), "{}"))).isEqualTo("1");
  }

  @Test
  void functionsThatLoopAreAbandonedAndOthersContinue() throws Exception {
    var stop = new AtomicBoolean();
    var looping = new CountDownLatch(2);
    functions.register("Loop", environment -> (in, out, context) -> loop(looping, stop));
    functions.register("Other", environment -> (in, out, context) -> out.write('1'));
    FunctionSpec loop = spec("Loop", Duration.ofSeconds(1), Map.of());
    CompletableFuture<InvocationResult> first = host.invoke(loop, invocation(loop, "{}"));
    CompletableFuture<InvocationResult> second = host.invoke(loop, invocation(loop, "{}"));
    looping.await();

    assertThat(text(invoke(spec("Other", Duration.ofSeconds(60), Map.of()), "{}"))).isEqualTo("1");
    for (CompletableFuture<InvocationResult> timedOut : List.of(first, second)) {
      assertThat(timedOut.join().errorType()).isEqualTo("Sandbox.Timedout");
      assertThat(text(timedOut.join())).contains("Task timed out after 1.00 seconds");
    }
    assertThat(stillRuns(2))
        .allSatisfy(
            entry ->
                assertThat(entry.event().details())
                    .containsEntry("function", "Loop")
                    .containsEntry("message", "function Loop still runs after its time-out"));
    // They count for nothing: a limit far away is skipped to all the same.
    var limit = new CompletableFuture<Boolean>();
    clock.schedule(TimerKind.LIMIT, Duration.ofHours(5), () -> limit.complete(true));
    assertThat(limit.get(30, TimeUnit.SECONDS)).isTrue();
    stop.set(true);
  }

  @Test
  void aFunctionWithSeveralThreadsThatCannotBeStoppedIsRefusedUntilTheyHaveEnded()
      throws Exception {
    var stop = new AtomicBoolean();
    var threads = new ConcurrentLinkedQueue<Thread>();
    functions.register(
        "Loop",
        environment ->
            (in, out, context) -> {
              threads.add(Thread.currentThread());
              loop(new CountDownLatch(1), stop);
              out.write('1');
            });
    functions.register("Other", environment -> (in, out, context) -> out.write('1'));
    FunctionSpec loop = spec("Loop", Duration.ofSeconds(1), Map.of());
    for (int i = 0; i < AbandonedThreads.MAX_OF_FUNCTION; i++) {
      assertThat(invoke(loop, "{}").errorType()).isEqualTo("Sandbox.Timedout");
    }
    stillRuns(AbandonedThreads.MAX_OF_FUNCTION);

    InvocationResult refused = invoke(loop, "{}");

    assertThat(refused.errorType()).isEqualTo("Simulator.FunctionStillRuns");
    assertThat(text(refused)).contains("does not start the function 'Loop'", "executor 'process'");
    assertThat(threads).hasSize(AbandonedThreads.MAX_OF_FUNCTION);
    assertThat(text(invoke(spec("Other", Duration.ofSeconds(60), Map.of()), "{}"))).isEqualTo("1");
    stop.set(true);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(text(invoke(loop, "{}"))).isEqualTo("1");
  }

  @Test
  void processWideSettingsOfAFunctionAreItsOwn() throws IOException {
    CompiledFunction.compile(
        directory,
        "Selfish",
        """
        import java.util.Locale;
        import java.util.TimeZone;

        public class Selfish {
          static {
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
            Locale.setDefault(Locale.forLanguageTag("tlh"));
            System.setProperty("selfish", "yes");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {}));
          }

          public String handle(int number) {
            System.out.println("a line of " + number);
            System.out.print("no end");
            System.err.println("!");
            new IllegalStateException("traced").printStackTrace();
            return System.getProperty("selfish") + Boolean.getBoolean("selfish")
                + System.getenv("STAGE") + System.getenv().get("_HANDLER");
          }
        }
        """);
    java.util.TimeZone zone = java.util.TimeZone.getDefault();
    java.util.Locale locale = java.util.Locale.getDefault();

    InvocationResult result =
        invoke(spec("Selfish::handle", Duration.ofSeconds(60), Map.of("STAGE", "dev")), "5");

    assertThat(text(result)).isEqualTo("\"yesfalsedevSelfish::handle\"");
    assertThat(log)
        .contains("a line of 5", "no end!", "java.lang.IllegalStateException: traced")
        .anyMatch(line -> line.startsWith("TimeZone.setDefault(Pacific/Kiritimati) has no effect"))
        .anyMatch(line -> line.startsWith("Locale.setDefault(tlh) has no effect"));
    assertThat(java.util.TimeZone.getDefault()).isEqualTo(zone);
    assertThat(java.util.Locale.getDefault()).isEqualTo(locale);
    assertThat(System.getProperty("selfish")).isNull();
  }

  @Test
  void anExitEndsTheEnvironmentAndTheNextInvocationHasANewOne() throws IOException {
    CompiledFunction.compile(
        directory,
        "Exits",
        """
        public class Exits {
          private int calls;

          public String handle(String what) {
            calls++;
            if (what.equals("exit")) {
              try {
                System.exit(3);
              } catch (Throwable caught) {
                return "caught";
              }
            }
            return "call " + calls;
          }
        }
        """);
    FunctionSpec spec = spec("Exits::handle", Duration.ofSeconds(60), Map.of());
    assertThat(text(invoke(spec, "\"a\""))).isEqualTo("\"call 1\"");
    assertThat(text(invoke(spec, "\"a\""))).isEqualTo("\"call 2\"");

    InvocationResult exited = invoke(spec, "\"exit\"");

    assertThat(exited.errorType()).isEqualTo("Runtime.ExitError");
    assertThat(text(exited))
        .containsPattern(
            "RequestId: [0-9a-f-]{36} Error: Runtime exited with error: exit status 3");
    assertThat(text(invoke(spec, "\"a\""))).isEqualTo("\"call 1\"");
  }

  private static void loop(CountDownLatch started, AtomicBoolean stop) {
    started.countDown();
    while (!stop.get()) {
      Thread.onSpinWait();
    }
  }

  /** Waits for the journal to tell of functions that still run. */
  private List<Journal.Entry> stillRuns(int count) {
    Predicate<Journal.Entry> wanted = entry -> entry.event() instanceof LambdaEvent.StillRuns;
    var told = new CompletableFuture<Boolean>();
    Runnable look =
        () -> {
          if (journal.select(wanted).size() >= count) {
            told.complete(true);
          }
        };
    try (var listening = journal.listen(entry -> look.run())) {
      look.run();
      told.join();
    }
    return journal.select(wanted);
  }
}
