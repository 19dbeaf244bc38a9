// SPDX-License-Identifier: Apache-2.0
package dev.syncline.benchmarks;

import dev.syncline.sim.asl.Execution;
import dev.syncline.sim.asl.ExecutionContext;
import dev.syncline.sim.asl.ExecutionStatus;
import dev.syncline.sim.asl.Payload;
import dev.syncline.sim.asl.StateMachineDefinition;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The workflow engine alone, in one thread: state transitions a second of a loop of Pass and Choice
 * that counts, with its whole history kept; and, by {@link #main}, the heap of a waiting execution.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class AslBenchmark {
  private static final int ROUNDS = 6_000;
  private static final int TRANSITIONS = 2 * ROUNDS + 2;
  private static final int WAITING = 100_000;

  private static final String JSON_PATH =
      """
      {"StartAt": "Init", "States": {
        "Init": {"Type": "Pass", "Result": {"n": 0}, "Next": "Increment"},
        "Increment": {"Type": "Pass", "Parameters": {"n.$": "States.MathAdd($.n, 1)"},
          "Next": "Check"},
        "Check": {"Type": "Choice", "Default": "Done", "Choices": [
          {"Variable": "$.n", "NumericLessThan": %d, "Next": "Increment"}]},
        "Done": {"Type": "Succeed"}}}
      """
          .formatted(ROUNDS);

  private static final String JSONATA =
      """
      {"QueryLanguage": "JSONata", "StartAt": "Init", "States": {
        "Init": {"Type": "Pass", "Output": {"n": 0}, "Next": "Increment"},
        "Increment": {"Type": "Pass", "Output": {"n": "{%% $states.input.n + 1 %%}"},
          "Next": "Check"},
        "Check": {"Type": "Choice", "Default": "Done", "Choices": [
          {"Condition": "{%% $states.input.n < %d %%}", "Next": "Increment"}]},
        "Done": {"Type": "Succeed"}}}
      """
          .formatted(ROUNDS);

  private static final String WAIT =
      """
      {"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 10, "End": true}}}
      """;

  /** The query language of the loop. */
  @Param({"JSONPath", "JSONata"})
  public String language = "JSONPath";

  private StateMachineDefinition definition = StateMachineDefinition.parse(WAIT);

  /** Parses the loop. */
  @Setup
  public void parse() {
    definition = StateMachineDefinition.parse(language.equals("JSONPath") ? JSON_PATH : JSONATA);
  }

  /** One execution of the loop. */
  @Benchmark
  @OperationsPerInvocation(TRANSITIONS)
  public ExecutionStatus transitions() {
    Execution execution = create(definition, "run", "{}");
    execution.start(Instant.EPOCH);
    if (execution.status() != ExecutionStatus.SUCCEEDED) {
      throw new IllegalStateException("The loop ended with " + execution.cause());
    }
    return execution.status();
  }

  private static Execution create(StateMachineDefinition definition, String name, String input) {
    ExecutionContext machine = ExecutionContext.forTests("machine", name);
    return Execution.create(definition, machine, Payload.parse(input), 1);
  }

  /** Prints the heap per execution of 100,000 concurrently waiting executions. */
  public static void main(String[] arguments) {
    StateMachineDefinition waiting = StateMachineDefinition.parse(WAIT);
    Execution[] executions = new Execution[WAITING];
    long before = heap();
    for (int i = 0; i < WAITING; i++) {
      String name = new UUID(i, i).toString();
      executions[i] = create(waiting, name, "{\"name\":\"Ada\",\"i\":" + i + "}");
      executions[i].start(Instant.EPOCH);
    }
    long bytes = (heap() - before) / executions.length;
    System.out.println(WAITING + " waiting executions: " + bytes + " bytes of heap each");
  }

  private static long heap() {
    var memory = ManagementFactory.getMemoryMXBean();
    for (int i = 0; i < 3; i++) {
      memory.gc();
    }
    return memory.getHeapMemoryUsage().getUsed();
  }
}
