// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl;

import static dev.syncline.sim.asl.Machines.json;
import static dev.syncline.sim.asl.Machines.machine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.syncline.sim.asl.Effect.ExecutionEnded;
import dev.syncline.sim.asl.Effect.ScheduleTask;
import dev.syncline.sim.asl.Effect.ScheduleTimer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * RedriveExecution. The chains of events are those that AWS gave on 2026-09-24 for the same
 * machines with activities; see also "Redriving executions" in the Developer Guide.
 */
class RedriveTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(60);

  private final List<Effect> effects = new ArrayList<>();
  private Execution execution = start(machine("'P':{'Type':'Pass','End':true}"), "{}");

  private Execution start(String definition, String input) {
    effects.clear();
    execution =
        Execution.create(
            StateMachineDefinition.parse(definition),
            ExecutionContext.forTests("m", "e"),
            Payload.parse(json(input)),
            1);
    effects.addAll(execution.start(NOW));
    return execution;
  }

  private static String task(String name) {
    return "'"
        + name
        + "':{'Type':'Task','Resource':'arn:aws:states:us-east-1:111111111111:activity:a',"
        + "'Parameters':{'at.$':'$$.Execution.RedriveCount','tries.$':'$$.State.RetryCount'}";
  }

  private ScheduleTask open(String state) {
    return effects.stream()
        .filter(ScheduleTask.class::isInstance)
        .map(ScheduleTask.class::cast)
        .filter(task -> task.stateName().equals(state) && execution.awaitsTask(task.taskId()))
        .findFirst()
        .orElseThrow();
  }

  private void succeed(String state, JsonNode output) {
    effects.addAll(execution.onTaskSucceeded(open(state).taskId(), output, LATER));
  }

  private void fail(String state) {
    effects.addAll(execution.onTaskFailed(open(state).taskId(), "Oops", "why", LATER));
  }

  private void redrive() {
    effects.addAll(execution.redrive(LATER));
  }

  private List<String> chainFrom(long id) {
    return execution.history().stream()
        .filter(event -> event.id() >= id)
        .map(RedriveTest::link)
        .toList();
  }

  private static String link(HistoryEvent event) {
    return event.id() + "<" + event.previousEventId() + " " + event.type().aws();
  }

  @Test
  void aFailedTaskIsScheduledAgainWithoutBeingEnteredAgain() {
    start(machine("'P':{'Type':'Pass','Next':'T'}," + task("T") + ",'End':true}"), "{}");
    fail("T");
    assertThat(execution.status()).isEqualTo(ExecutionStatus.FAILED);

    redrive();
    succeed("T", TextNode.valueOf("done"));

    assertThat(execution.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(chainFrom(7))
        .containsExactly(
            "7<6 ActivityFailed",
            "8<7 ExecutionFailed",
            "9<8 ExecutionRedriven",
            "10<4 ActivityScheduled",
            "11<10 ActivityStarted",
            "12<11 ActivitySucceeded",
            "13<12 TaskStateExited",
            "14<13 ExecutionSucceeded");
    assertThat(open(9).toJson().at("/executionRedrivenEventDetails/redriveCount").asInt())
        .isEqualTo(1);
  }

  private HistoryEvent open(long id) {
    return execution.history().get((int) id - 1);
  }

  @Test
  void theContextTellsOfTheRedrive() {
    start(
        machine(
            "'T':{'Type':'Task','Resource':'arn:aws:states:us-east-1:111111111111:activity:a',"
                + "'Parameters':{'e.$':'$$.Execution'},'End':true}"),
        "{}");
    assertThat(open("T").parameters().json().at("/e").has("RedriveTime")).isFalse();
    fail("T");
    redrive();

    JsonNode seen = open("T").parameters().json().at("/e");

    assertThat(seen.get("RedriveCount").asInt()).isEqualTo(1);
    assertThat(seen.get("RedriveTime").asText()).isEqualTo("2026-01-01T00:01:00.000Z");
    assertThat(seen.get("StartTime").asText()).isEqualTo("2026-01-01T00:00:00.000Z");
    assertThat(execution.redriveCount()).isEqualTo(1);
    assertThat(execution.redriveTime()).contains(LATER);
  }

  @Test
  void retriesCountFromZeroAgain() {
    start(
        machine(
            task("T")
                + ",'Retry':[{'ErrorEquals':['Oops'],'MaxAttempts':1,'IntervalSeconds':1}],'End':true}"),
        "{}");
    fail("T");
    effects.addAll(execution.onTimer("timer-1", LATER));
    fail("T");
    assertThat(execution.status()).isEqualTo(ExecutionStatus.FAILED);

    redrive();
    assertThat(open("T").parameters().json().get("tries").asInt()).isZero();
    fail("T");

    assertThat(execution.status()).isEqualTo(ExecutionStatus.RUNNING);
    effects.addAll(execution.onTimer("timer-2", LATER));
    assertThat(open("T").parameters().json().get("tries").asInt()).isEqualTo(1);
  }

  @Test
  void aFailStateFailsAgainAndItsEndPointsToTheRedrive() {
    start(machine("'F':{'Type':'Fail','Error':'E','Cause':'c'}"), "{}");

    redrive();

    assertThat(execution.status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(chainFrom(1))
        .containsExactly(
            "1<0 ExecutionStarted",
            "2<0 FailStateEntered",
            "3<2 ExecutionFailed",
            "4<3 ExecutionRedriven",
            "5<4 ExecutionFailed");
    assertThat(effects).hasOnlyElementsOfType(ExecutionEnded.class).hasSize(2);
  }

  @Test
  void ofAParallelOnlyTheBranchesThatDidNotSucceedRunAgain() {
    start(
        machine(
            "'P':{'Type':'Parallel','End':true,'Branches':["
                + "{'StartAt':'A','States':{"
                + task("A")
                + ",'End':true}}},{'StartAt':'B','States':{"
                + task("B")
                + ",'End':true}}},{'StartAt':'C','States':{"
                + task("C")
                + ",'End':true}}}]}"),
        "{}");
    succeed("A", TextNode.valueOf("a"));
    fail("B");
    assertThat(chainFrom(14))
        .containsExactly(
            "14<13 ActivityFailed",
            "15<14 TaskStateAborted",
            "16<14 TaskStateAborted",
            "17<14 ParallelStateFailed",
            "18<17 ExecutionFailed");

    redrive();
    assertThat(chainFrom(19))
        .containsExactly(
            "19<18 ExecutionRedriven", "20<6 ActivityScheduled", "21<8 ActivityScheduled");
    succeed("B", TextNode.valueOf("b"));
    succeed("C", TextNode.valueOf("c"));

    assertThat(execution.output()).hasValue(Payload.parse("[\"a\",\"b\",\"c\"]"));
  }

  @Test
  void aRedrivenInlineMapRepeatsTheFailedIterationAndTheRestFollow() {
    start(
        machine(
            "'S':{'Type':'Pass','Next':'M'},'M':{'Type':'Map','End':true,'MaxConcurrency':1,"
                + "'ItemProcessor':{'StartAt':'I','States':{"
                + task("I")
                + ",'End':true}}}}"),
        "[0,1,2]");
    succeed("I", TextNode.valueOf("zero"));
    fail("I");
    assertThat(chainFrom(17))
        .containsExactly(
            "17<16 ActivityFailed",
            "18<17 MapIterationFailed",
            "19<17 TaskStateAborted",
            "20<17 MapStateFailed",
            "21<20 ExecutionFailed");

    redrive();
    succeed("I", TextNode.valueOf("one"));
    succeed("I", TextNode.valueOf("two"));

    assertThat(execution.output()).hasValue(Payload.parse("[\"zero\",\"one\",\"two\"]"));
    assertThat(chainFrom(22).subList(0, 8))
        .containsExactly(
            "22<21 ExecutionRedriven",
            "23<14 ActivityScheduled",
            "24<23 ActivityStarted",
            "25<24 ActivitySucceeded",
            "26<25 TaskStateExited",
            "27<26 MapIterationSucceeded",
            "28<26 MapIterationStarted",
            "29<28 TaskStateEntered");
  }

  @Test
  void aRedrivenMapRunRepeatsTheChildrenThatDidNotSucceed() {
    start(
        machine(
            "'M':{'Type':'Map','End':true,'MaxConcurrency':1,'ItemProcessor':{"
                + "'ProcessorConfig':{'Mode':'DISTRIBUTED','ExecutionType':'STANDARD'},"
                + "'StartAt':'I','States':{"
                + task("I")
                + ",'End':true}}}}"),
        "[0,1,2]");
    succeed("I", TextNode.valueOf("zero"));
    fail("I");
    assertThat(execution.status()).isEqualTo(ExecutionStatus.FAILED);
    String arn = execution.mapRuns().getFirst().arn();

    redrive();
    succeed("I", TextNode.valueOf("one"));
    succeed("I", TextNode.valueOf("two"));

    assertThat(execution.output()).hasValue(Payload.parse("[\"zero\",\"one\",\"two\"]"));
    MapRun run = execution.mapRuns().getFirst();
    assertThat(execution.mapRuns()).hasSize(1);
    assertThat(run.arn()).isEqualTo(arn);
    assertThat(run.redriveCount()).isEqualTo(1);
    assertThat(run.children()).extracting(MapRun.Child::redriveCount).containsExactly(0, 1, 0);
    assertThat(chainFrom(5))
        .containsExactly(
            "5<4 MapRunFailed",
            "6<5 MapStateFailed",
            "7<6 ExecutionFailed",
            "8<7 ExecutionRedriven",
            "9<3 MapRunRedriven",
            "10<9 MapRunSucceeded",
            "11<10 MapStateSucceeded",
            "12<9 MapStateExited",
            "13<12 ExecutionSucceeded");
    assertThat(open(9).toJson().at("/mapRunRedrivenEventDetails/mapRunArn").asText())
        .isEqualTo(arn);
  }

  @Test
  void aRedrivenExecutionContinuesAndItsTimeLimitStartsAgain() {
    start(
        json("{'TimeoutSeconds':100,'StartAt':'T','States':{" + task("T") + ",'End':true}}}"),
        "{}");
    String before = open("T").taskId();
    execution.stop("Probe.Abort", null, LATER);
    assertThat(execution.status()).isEqualTo(ExecutionStatus.ABORTED);

    redrive();

    assertThat(effects)
        .contains(
            new ScheduleTimer(
                "timer-2",
                Duration.ofSeconds(100),
                LATER.plusSeconds(100),
                TimerPurpose.EXECUTION_TIMEOUT));
    assertThat(open("T").taskId()).isNotEqualTo(before);
    assertThat(execution.error()).isEmpty();
    succeed("T", TextNode.valueOf("done"));
    assertThat(execution.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
  }

  @Test
  void aRefusedRedriveSaysWhyInAwsWords() {
    start(machine(task("T") + ",'End':true}"), "{}");
    assertThat(execution.redriveStatus(LATER).reason())
        .contains("Execution is RUNNING and cannot be redriven");
    assertThatThrownBy(() -> execution.redrive(LATER))
        .hasMessage("Execution is RUNNING and cannot be redriven");
    fail("T");
    assertThat(execution.redriveStatus(LATER).aws()).isEqualTo("REDRIVABLE");
    assertThat(execution.redriveStatus(LATER.plus(Duration.ofDays(15))).reason())
        .contains("Execution redrivable period exceeded");
    assertThat(execution.redriveStatus(LATER.plus(Duration.ofDays(366))).reason())
        .contains("Execution has exceeded the max execution time");
    redrive();
    succeed("T", TextNode.valueOf("done"));
    assertThat(execution.redriveStatus(LATER).reason())
        .contains("Execution is SUCCEEDED and cannot be redriven");
  }
}
