// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl;

import static dev.syncline.sim.asl.Machines.chain;
import static dev.syncline.sim.asl.Machines.machine;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.asl.testing.LocalRunner;
import dev.syncline.sim.asl.testing.RunResult;
import dev.syncline.sim.asl.testing.TaskOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorHandlingTest {
  private static final String TASK =
      "'T':{'Type':'Task','Resource':'arn:aws:states:::http:invoke','End':true%s},"
          + "'C':{'Type':'Pass','End':true}";

  private static String task(String more) {
    String reachable = more.contains("'Next':'C'") ? TASK : TASK.substring(0, TASK.indexOf(",'C'"));
    return machine(String.format(reachable, more));
  }

  private static TaskOutcome fail(String error) {
    return TaskOutcome.fails(error, "why");
  }

  @Test
  void intervalsGrowByTheBackoffRateUpToTheMaximumDelay() {
    RunResult result =
        LocalRunner.of(
                task(
                    ",'Retry':[{'ErrorEquals':['A'],'IntervalSeconds':2,'BackoffRate':3,"
                        + "'MaxAttempts':4,'MaxDelaySeconds':10}]"))
            .mock("T", fail("A"), fail("A"), fail("A"), fail("A"), TaskOutcome.returns("1"))
            .run("{}");

    assertThat(result.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(result.virtualTime()).isEqualTo(Duration.ofSeconds(2 + 6 + 10 + 10));
  }

  @Test
  void fullJitterDrawsFromTheSeedAndNeverExceedsTheInterval() {
    LocalRunner runner =
        LocalRunner.of(
            task(
                ",'Retry':[{'ErrorEquals':['A'],'IntervalSeconds':100,'BackoffRate':1,"
                    + "'MaxAttempts':1,'JitterStrategy':'FULL'}]"));
    List<Duration> times = new ArrayList<>();
    for (int seed = 0; seed < 50; seed++) {
      RunResult first = runner.mock("T", fail("A"), TaskOutcome.returns("1")).seed(seed).run("{}");
      RunResult again = runner.mock("T", fail("A"), TaskOutcome.returns("1")).seed(seed).run("{}");
      assertThat(again.virtualTime()).isEqualTo(first.virtualTime());
      times.add(first.virtualTime());
    }

    assertThat(times).allMatch(time -> time.compareTo(Duration.ofSeconds(100)) <= 0);
    assertThat(times).doesNotHaveDuplicates();
  }

  @Test
  void eachRetrierCountsForItself() {
    RunResult result =
        LocalRunner.of(
                task(
                    ",'Retry':[{'ErrorEquals':['A'],'MaxAttempts':1},{'ErrorEquals':['B'],'MaxAttempts':1}]"))
            .mock("T", fail("A"), fail("B"), fail("A"))
            .run("{}");

    assertThat(result.error()).contains("A");
    assertThat(result.tasks()).hasSize(3);
  }

  @Test
  void aRetrierOfNoAttemptsShieldsFromThoseAfterIt() {
    RunResult result =
        LocalRunner.of(
                task(
                    ",'Retry':[{'ErrorEquals':['A'],'MaxAttempts':0},{'ErrorEquals':['States.ALL']}]"))
            .mock("T", fail("A"))
            .run("{}");

    assertThat(result.error()).contains("A");
  }

  @ParameterizedTest
  @CsvSource({
    "States.ALL,Anything,true",
    "States.ALL,States.Timeout,true",
    "States.ALL,States.DataLimitExceeded,true",
    "States.ALL,States.Runtime,false",
    "States.Runtime,States.Runtime,false",
    "States.TaskFailed,Anything,true",
    "States.TaskFailed,States.Timeout,false",
    "States.Timeout,States.Timeout,true",
    "Other,Anything,false",
  })
  void catchersMatchByAwsRules(String name, String error, boolean caught) {
    RunResult result =
        LocalRunner.of(
                task(",'Catch':[{'ErrorEquals':['" + name + "'],'ResultPath':'$.e','Next':'C'}]"))
            .mock("T", fail(error))
            .run("{\"in\":1}");

    if (caught) {
      assertThat(result.json())
          .hasToString("{\"in\":1,\"e\":{\"Error\":\"" + error + "\",\"Cause\":\"why\"}}");
    } else {
      assertThat(result.error()).contains(error);
    }
  }

  @Test
  void aTaskThatStaysSilentTimesOut() {
    RunResult result =
        LocalRunner.of(
                task(",'TimeoutSeconds':7,'Catch':[{'ErrorEquals':['States.Timeout'],'Next':'C'}]"))
            .mock("T", TaskOutcome.silence())
            .run("{}");

    assertThat(result.virtualTime()).isEqualTo(Duration.ofSeconds(7));
    assertThat(result.json()).hasToString("{\"Error\":\"States.Timeout\",\"Cause\":\"\"}");
    assertThat(chain(result))
        .contains("5<4 TaskTimedOut", "6<5 TaskStateExited", "7<6 PassStateEntered");
  }

  @Test
  void aMissingHeartbeatCanBeCaughtByEitherName() {
    for (String name : List.of("States.Timeout", "States.HeartbeatTimeout")) {
      RunResult result =
          LocalRunner.of(
                  task(
                      ",'TimeoutSeconds':60,'HeartbeatSeconds':5,'Catch':[{'ErrorEquals':['"
                          + name
                          + "'],'Next':'C'}]"))
              .mock("T", TaskOutcome.silence())
              .run("{}");

      assertThat(result.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
      assertThat(result.virtualTime()).isEqualTo(Duration.ofSeconds(5));
    }
  }

  @Test
  void theMachineTimesOutWithoutAnErrorName() {
    RunResult result =
        LocalRunner.of(
                machine("'W':{'Type':'Wait','Seconds':60,'End':true}")
                    .replaceFirst("\\{", "{\"TimeoutSeconds\":5,"))
            .run("{}");

    assertThat(result.status()).isEqualTo(ExecutionStatus.TIMED_OUT);
    assertThat(result.error()).isEmpty();
    assertThat(result.virtualTime()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void aTaskResultOverTheLimitFailsTheTask() {
    RunResult result =
        LocalRunner.of(task(""))
            .mock("T", TaskOutcome.returns("\"" + "é".repeat(131_073) + "\""))
            .run("{}");

    assertThat(result.error()).contains("States.DataLimitExceeded");
    assertThat(result.cause())
        .contains(
            "The state/task 'http' returned a result with a size exceeding the maximum number of"
                + " bytes service limit.");
    assertThat(chain(result)).contains("5<4 TaskFailed");
  }

  @Test
  void aLoopEndsWithTheTwentyFiveThousandthEvent() {
    RunResult result =
        LocalRunner.of(
                machine(
                    "'A':{'Type':'Pass','Next':'B'},'B':{'Type':'Choice','Choices':[{'Variable':'$.stop',"
                        + "'IsPresent':true,'Next':'E'}],'Default':'A'},'E':{'Type':'Succeed'}"))
            .run("{}");

    assertThat(result.error()).contains("States.Runtime");
    assertThat(result.cause())
        .contains("The execution reached the maximum number of history events (25000).");
    assertThat(result.history()).hasSize(25_000);
  }

  @Test
  void aTaskWithoutAMockFailsTheTestAndNamesTheState() {
    LocalRunner runner = LocalRunner.of(task(""));

    org.assertj.core.api.Assertions.assertThatThrownBy(() -> runner.run("{}"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("mock(\"T\"");
  }
}
