// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.inprocess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.kernel.TimerKind;
import dev.syncline.sim.lambda.CompiledFunction;
import dev.syncline.sim.lambda.EventInvoker;
import dev.syncline.sim.lambda.FunctionCode;
import dev.syncline.sim.lambda.FunctionHost;
import dev.syncline.sim.lambda.FunctionSpec;
import dev.syncline.sim.lambda.Invocation;
import dev.syncline.sim.lambda.InvocationResult;
import dev.syncline.sim.lambda.LambdaEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class InProcessExecutorTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path directory;
  private final SimClock clock =
      new SimClock(new ClockMode.Skipping(), START, Duration.ofMillis(50));
  private final Journal journal = new Journal(clock);
  private final Ids ids = new Ids(3);
  private final InProcessFunctions functions = new InProcessFunctions();
  private final ConcurrentLinkedQueue<String> log = new ConcurrentLinkedQueue<>();
  private final FunctionHost host =
      new FunctionHost(
          clock,
          ids,
          journal,
          new InProcessEnvironments(
              clock, journal, functions, () -> Map.of("AWS_REGION", "us-east-1")),
          (group, stream, at, line) -> log.add(line),
          4,
          () -> 0,
          true);

  @AfterEach
  void stop() {
    host.close();
    clock.close();
  }

  @Test
  void aHandlerGetsVirtualTimeAndItsEnvironmentThroughItsConstructor() throws IOException {
    CompiledFunction.compile(
        directory,
        "Sleeper",
        """
        import com.amazonaws.services.lambda.runtime.Context;
        import com.amazonaws.services.lambda.runtime.RequestHandler;
        import java.time.Clock;
        import java.time.Duration;
        import java.time.Instant;
        import java.util.Map;
        import java.util.concurrent.ScheduledExecutorService;
        import java.util.concurrent.TimeUnit;

        public class Sleeper implements RequestHandler<Map<String, Object>, Map<String, Object>> {
          private final Map<String, String> environment;
          private final Clock clock;
          private final ScheduledExecutorService scheduler;

          public Sleeper(
              Map<String, String> environment, Clock clock, ScheduledExecutorService scheduler) {
            this.environment = environment;
            this.clock = clock;
            this.scheduler = scheduler;
          }

          @Override
          public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
            Instant before = clock.instant();
            try {
              scheduler.schedule(() -> {}, 600, TimeUnit.SECONDS).get();
            } catch (Exception failure) {
              throw new IllegalStateException(failure);
            }
            context.getLogger().log("slept");
            return Map.of(
                "slept", Duration.between(before, clock.instant()).toSeconds(),
                "stage", environment.get("STAGE"),
                "left", context.getRemainingTimeInMillis() / 1000);
          }
        }
        """);

    InvocationResult result =
        invoke(spec("Sleeper", Duration.ofSeconds(900), Map.of("STAGE", "dev")), "{}");

    assertThat(text(result))
        .contains("\"slept\":600", "\"stage\":\"dev\"")
        .containsPattern("\"left\":(299|300)");
    assertThat(log).contains("slept");
    assertThat(clock.skipped()).isGreaterThan(Duration.ofSeconds(599));
  }

  @Test
  void aHandlerThatNeverReturnsTimesOutInVirtualTime() {
    functions.register(
        "Hanging",
        environment ->
            (in, out, context) -> {
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException killed) {
                throw new IllegalStateException(killed);
              }
            });

    InvocationResult result = invoke(spec("Hanging", Duration.ofSeconds(30), Map.of()), "{}");

    assertThat(result.errorType()).isEqualTo("Sandbox.Timedout");
    assertThat(text(result)).contains("Task timed out after 30.00 seconds");
    assertThat(journal.select(entry -> entry.event() instanceof LambdaEvent.Finished).getFirst())
        .satisfies(entry -> assertThat(entry.event().details()).containsEntry("status", "timeout"));
    assertThat(clock.now()).isAfterOrEqualTo(START.plusSeconds(30));
  }

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
  void aClassThatIsNotThereFailsTheInvocationByName() {
    InvocationResult result = invoke(spec("No.Such", Duration.ofSeconds(3), Map.of()), "{}");

    assertThat(result.errorType()).isEqualTo("java.lang.ClassNotFoundException");
    assertThat(text(result)).contains("No.Such");
    assertThat(host.environments()).isZero();
  }

  @Test
  void proactiveInitializationStartsOneEnvironmentAheadOfTheFirstInvocation() {
    functions.register("Ready", environment -> (in, out, context) -> out.write('1'));
    FunctionSpec spec = spec("Ready", Duration.ofSeconds(3), Map.of());

    host.activate(spec);
    host.activate(spec);
    assertThat(host.environments()).isEqualTo(1);
    invoke(spec, "{}");

    assertThat(host.environments()).isEqualTo(1);
    assertThat(journal.select(entry -> entry.event() instanceof LambdaEvent.EnvironmentStarted))
        .singleElement()
        .satisfies(
            entry -> assertThat(entry.event().details()).containsEntry("reason", "proactive"));
  }

  @Test
  void aRetiredRevisionIsNotUsedAgain() {
    var made = new AtomicInteger();
    functions.register(
        "Counting",
        environment -> {
          made.incrementAndGet();
          return (in, out, context) -> out.write('1');
        });
    FunctionSpec spec = spec("Counting", Duration.ofSeconds(3), Map.of());
    invoke(spec, "{}");

    host.retire(spec);

    assertThat(host.environments()).isZero();
    invoke(spec, "{}");
    assertThat(made).hasValue(2);
  }

  @Test
  void aFailedEventIsTriedAgainAfterOneAndThenTwoMinutes() {
    var calls = new ConcurrentLinkedQueue<Instant>();
    var third = new CompletableFuture<Boolean>();
    functions.register(
        "Failing",
        environment ->
            (in, out, context) -> {
              calls.add(clock.now());
              if (calls.size() == 3) {
                third.complete(true);
              }
              throw new IllegalStateException("again");
            });
    FunctionSpec spec = spec("Failing", Duration.ofSeconds(3), Map.of());

    new EventInvoker(clock, journal, host)
        .accept("Failing", () -> spec, invocation(spec, "{}"), EventInvoker.Policy.DEFAULT);
    third.join();

    List<Instant> times = new ArrayList<>(calls);
    assertThat(times).hasSize(3);
    assertThat(Duration.between(times.get(0), times.get(1)))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(60));
    assertThat(Duration.between(times.get(1), times.get(2)))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(120));
    assertThat(journal.select(entry -> entry.event() instanceof LambdaEvent.RetryScheduled))
        .hasSize(2);
  }

  @Test
  void functionsThatLoopAreGivenUpAndEverythingElseGoesOn() throws Exception {
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
  void whatAFunctionTakesForItsProcessIsItsOwn() throws IOException {
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

  private FunctionSpec spec(String handler, Duration timeout, Map<String, String> environment) {
    return new FunctionSpec(
        handler,
        "$LATEST",
        "arn:aws:lambda:us-east-1:111111111111:function:" + handler,
        "1",
        "java21",
        handler,
        256,
        timeout,
        environment,
        FunctionCode.unpacked(directory),
        1,
        null,
        "/aws/lambda/" + handler,
        false);
  }

  private Invocation invocation(FunctionSpec spec, String event) {
    return new Invocation(
        ids.uuid().toString(),
        spec.arn(),
        event.getBytes(StandardCharsets.UTF_8),
        null,
        null,
        false);
  }

  private InvocationResult invoke(FunctionSpec spec, String event) {
    return host.invoke(spec, invocation(spec, event)).join();
  }

  private static String text(InvocationResult result) {
    return new String(result.payload(), StandardCharsets.UTF_8);
  }
}
