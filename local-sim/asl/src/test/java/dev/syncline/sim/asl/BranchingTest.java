// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl;

import static dev.syncline.sim.asl.Machines.chain;
import static dev.syncline.sim.asl.Machines.machine;
import static dev.syncline.sim.asl.Machines.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syncline.sim.asl.testing.LocalRunner;
import dev.syncline.sim.asl.testing.RunResult;
import dev.syncline.sim.asl.testing.TaskOutcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BranchingTest {
  @Test
  void theFirstFailureStopsTheOtherBranches() {
    String definition =
        machine(
            "'P':{'Type':'Parallel','End':true,'Branches':["
                + "{'StartAt':'Long','States':{'Long':{'Type':'Wait','Seconds':100,'End':true}}},"
                + "{'StartAt':'Ask','States':{'Ask':{'Type':'Task','Resource':"
                + "'arn:aws:states:::sqs:sendMessage.waitForTaskToken','End':true}}},"
                + "{'StartAt':'Short','States':{'Short':{'Type':'Wait','Seconds':1,'Next':'Boom'},"
                + "'Boom':{'Type':'Fail','Error':'Boom'}}}]}");

    RunResult result = LocalRunner.of(definition).mock("Ask", TaskOutcome.silence()).run("{}");

    assertThat(result.error()).contains("Boom");
    assertThat(result.virtualTime()).isEqualTo(Duration.ofSeconds(1));
    assertThat(result.history())
        .extracting(event -> event.type().aws())
        .endsWith(
            "FailStateEntered",
            "WaitStateAborted",
            "TaskStateAborted",
            "ParallelStateFailed",
            "ExecutionFailed");
  }

  @Test
  void branchesReadOuterVariablesAndKeepTheirOwn() {
    RunResult result =
        run(
            machine(
                "'A':{'Type':'Pass','Assign':{'v':1},'Next':'P'},'P':{'Type':'Parallel','Next':'E',"
                    + "'Branches':[{'StartAt':'B','States':{'B':{'Type':'Pass','Parameters':{'seen.$':'$v'},"
                    + "'Assign':{'v':2},'End':true}}}]},"
                    + "'E':{'Type':'Pass','Parameters':{'after.$':'$v','branch.$':'$[0].seen'},'End':true}"),
            "{}");

    assertThat(result.json()).hasToString("{\"after\":1,\"branch\":1}");
  }

  @Test
  void aMapRunsAsManyIterationsAtOnceAsItMay() {
    String definition =
        machine(
            "'M':{'Type':'Map','MaxConcurrency':2,'End':true,'ItemProcessor':{'StartAt':'W',"
                + "'States':{'W':{'Type':'Wait','SecondsPath':'$','End':true}}}}");

    RunResult result = run(definition, "[10,1,1,1]");

    assertThat(result.virtualTime()).isEqualTo(Duration.ofSeconds(10));
    assertThat(result.json()).hasToString("[10,1,1,1]");
    assertThat(chain(result))
        .startsWith(
            "1<0 ExecutionStarted",
            "2<0 MapStateEntered",
            "3<2 MapStateStarted",
            "4<3 MapIterationStarted",
            "5<3 MapIterationStarted",
            "6<4 WaitStateEntered",
            "7<5 WaitStateEntered",
            "8<7 WaitStateExited",
            "9<8 MapIterationSucceeded",
            "10<8 MapIterationStarted");
  }

  @Test
  void anInlineMapNeverRunsMoreThanFortyIterationsAtOnce() {
    String definition =
        machine(
            "'M':{'Type':'Map','ItemsPath':'$.i','End':true,'ItemProcessor':{'StartAt':'W',"
                + "'States':{'W':{'Type':'Wait','Seconds':1,'End':true}}}}");
    String items = "0,".repeat(80) + "0";

    assertThat(run(definition, "{'i':[" + items + "]}").virtualTime())
        .isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void aFailedIterationAbortsTheOthersAndCanBeRetried() {
    String definition =
        machine(
            "'M':{'Type':'Map','End':true,'Retry':[{'ErrorEquals':['Boom'],'MaxAttempts':1}],"
                + "'ItemProcessor':{'StartAt':'T','States':{'T':{'Type':'Task','End':true,"
                + "'Resource':'arn:aws:lambda:us-east-1:111111111111:function:f'}}}}");

    RunResult result =
        LocalRunner.of(definition)
            .mock(
                "T",
                TaskOutcome.silence(),
                TaskOutcome.fails("Boom", null),
                TaskOutcome.returns("1"),
                TaskOutcome.returns("2"))
            .run("[0,0]");

    assertThat(result.json()).hasToString("[1,2]");
    assertThat(result.history())
        .extracting(event -> event.type().aws())
        .contains("MapIterationFailed", "TaskStateAborted", "MapIterationAborted")
        .doesNotContain("MapStateFailed");
  }

  @Test
  void aDistributedMapToleratesAsManyFailuresAsItIsTold() {
    String states =
        "'M':{'Type':'Map','ToleratedFailureCount':1,'End':true,'ItemProcessor':{'ProcessorConfig':"
            + "{'Mode':'DISTRIBUTED','ExecutionType':'STANDARD'},'StartAt':'C','States':{'C':{'Type':'Choice',"
            + "'Choices':[{'Variable':'$','NumericEquals':0,'Next':'F'}],'Default':'S'},"
            + "'F':{'Type':'Fail','Error':'Zero'},'S':{'Type':'Succeed'}}}}";

    RunResult one = run(machine(states), "[1,0,2]");
    RunResult two = run(machine(states), "[0,0,2]");

    assertThat(one.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(two.error()).contains("States.ExceedToleratedFailureThreshold");
    assertThat(two.cause()).contains("The specified tolerated failure threshold was exceeded");
    assertThat(chain(one))
        .containsExactly(
            "1<0 ExecutionStarted",
            "2<0 MapStateEntered",
            "3<2 MapStateStarted",
            "4<3 MapRunStarted",
            "5<4 MapRunSucceeded",
            "6<5 MapStateSucceeded",
            "7<5 MapStateExited",
            "8<7 ExecutionSucceeded");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'StringMatches':'log-*.txt' | 'log-a.b.txt' | true",
        "'StringMatches':'log-*.txt' | 'log-a.csv' | false",
        "'StringMatches':'a\\\\*b' | 'a*b' | true",
        "'StringMatches':'a\\\\*b' | 'axb' | false",
        "'StringMatches':'*' | '' | true",
        "'StringMatches':'*a*b*' | 'xaybz' | true",
        "'StringLessThan':'b' | 'a' | true",
        "'NumericGreaterThanEquals':1 | 1.0 | true",
        "'NumericEquals':1 | '1' | false",
        "'BooleanEquals':true | true | true",
        "'TimestampLessThan':'2026-01-01T00:00:00Z' | '2025-12-31T23:59:59+00:00' | true",
        "'IsTimestamp':true | '2026-01-01T00:00:00Z' | true",
        "'IsTimestamp':true | '2026-01-01' | false",
        "'IsNull':true | null | true",
      })
  void aChoiceComparesValues(String operator, String value, boolean expected) {
    RunResult result =
        run(
            machine(
                "'C':{'Type':'Choice','Choices':[{'Variable':'$.v',"
                    + operator
                    + ",'Next':'Yes'}],'Default':'No'},'Yes':{'Type':'Succeed'},'No':{'Type':'Succeed'}"),
            "{'v':" + value + "}");

    assertThat(result.path()).containsExactly("C", expected ? "Yes" : "No");
  }

  @Test
  void aChoiceThatMatchesNothingFailsInAwsWords() {
    String definition =
        machine(
            "'C':{'Type':'Choice','Choices':[{'Variable':'$.v','NumericEquals':1,'Next':'Y'}]},"
                + "'Y':{'Type':'Succeed'}");

    assertThat(run(definition, "{'v':2}").cause())
        .contains(
            "An error occurred while executing the state 'C' (entered at the event id #2). Failed"
                + " to transition out of the state. The state does not point to a next state.");
    assertThat(run(definition, "{}").cause())
        .contains(
            "An error occurred while executing the state 'C' (entered at the event id #2). Invalid"
                + " path '$.v': The choice state's condition path references an invalid value.");
  }

  @Test
  void aMockForAStateThatIsNotThereIsRefused() {
    LocalRunner runner =
        LocalRunner.of(
            machine(
                "'P':{'Type':'Parallel','Branches':[{'StartAt':'Ask','States':{'Ask':{'Type':'Task',"
                    + "'Resource':'arn:aws:states:::lambda:invoke','End':true}}}],'End':true}"));

    assertThatThrownBy(() -> runner.mock("Aks", TaskOutcome.silence()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("mock(\"Aks\")")
        .hasMessageContaining("only Ask");
    assertThatThrownBy(() -> runner.mock("P", TaskOutcome.silence()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(runner.mock("Ask", TaskOutcome.silence())).isSameAs(runner);
  }
}
