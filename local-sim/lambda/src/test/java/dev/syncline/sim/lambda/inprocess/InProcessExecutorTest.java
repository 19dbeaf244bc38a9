// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.inprocess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.lambda.CompiledFunction;
import dev.syncline.sim.lambda.EventInvoker;
import dev.syncline.sim.lambda.FunctionSpec;
import dev.syncline.sim.lambda.InvocationResult;
import dev.syncline.sim.lambda.LambdaEvent;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Functions in this process: virtual time, their environment, time-outs and events. */
class InProcessExecutorTest extends InProcessFixture {
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
}
