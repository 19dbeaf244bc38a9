// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.settings.FunctionExecutor;
import dev.syncline.sim.service.settings.MockConfig;
import dev.syncline.sim.service.settings.MockedResponse;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.SimulatorConfig;
import dev.syncline.sim.testing.Workflows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class MockConfigTest {
  private static final String MOCKS =
      """
      {"StateMachines": {"m": {"TestCases": {
         "happy": {"T": "Fine"}, "flaky": {"T": "TwiceDown"}, "none": {}}}},
       "MockedResponses": {
         "Fine": {"0": {"Return": {"StatusCode": 200, "Payload": {"a": 1}}}},
         "TwiceDown": {
           "0-1": {"Throw": {"Error": "Lambda.ResourceNotReadyException", "Cause": "wait"}},
           "2": {"Return": "up"}}}}
      """;
  private static final String RETRYING =
      """
      {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
        "Parameters":{"FunctionName":"none"},
        "Retry":[{"ErrorEquals":["States.ALL"],"IntervalSeconds":100,"MaxAttempts":3}],
        "End":true}}}
      """;

  @TempDir private Path directory;

  @Test
  void aTestCaseFromAFileAnswersInvocationByInvocation() throws Exception {
    Path file = Files.writeString(directory.resolve("mocks.json"), MOCKS);
    try (Simulator simulator = start(MockConfig.read(file));
        Workflows workflows = new Workflows(simulator)) {
      String machine = workflows.create("m", RETRYING);

      assertThat(workflows.output(machine + "#happy", "a", "{}"))
          .hasToString("{\"StatusCode\":200,\"Payload\":{\"a\":1}}");
      JsonNode flaky = workflows.run(machine + "#flaky", "b", "{}");
      assertThat(flaky.path("output").asText()).isEqualTo("\"up\"");
      // Two retries, of 100 and 200 seconds.
      assertThat(seconds(flaky)).isBetween(300L, 330L);
    }
  }

  @Test
  void aTestCaseThatNamesAStateThatIsNotThereIsRefused() throws Exception {
    MockConfig mocks =
        MockConfig.builder().mock("m", "t", "Tt", MockedResponse.returns("{}")).build();
    try (Simulator simulator = start(mocks);
        Workflows workflows = new Workflows(simulator)) {
      String machine = workflows.create("m", RETRYING);

      assertThatThrownBy(() -> workflows.run(machine + "#t", "a", "{}"))
          .hasMessageContaining("test case 't'")
          .hasMessageContaining("names the state 'Tt'")
          .hasMessageContaining("that can be mocked are T.");
    }
  }

  @Test
  void aStateThatACaseDoesNotNameCallsTheService() throws Exception {
    Path file = Files.writeString(directory.resolve("mocks.json"), MOCKS);
    try (Simulator simulator = start(MockConfig.read(file));
        Workflows workflows = new Workflows(simulator)) {
      String machine =
          workflows.task("m", "arn:aws:states:::lambda:invoke", "{'FunctionName':'none'}");

      assertThat(workflows.run(machine + "#none", "a", "{}").path("error").asText())
          .isEqualTo("Lambda.ResourceNotFoundException");
      assertThatThrownBy(() -> workflows.run(machine + "#missing", "b", "{}"))
          .hasMessageContaining("no test case 'missing' for the state machine 'm'");
    }
  }

  @Test
  void unsupportedResourcesCanBeMocked() throws Exception {
    MockConfig mocks =
        MockConfig.builder()
            .mock("etl", "t", "T", MockedResponse.returns("{\"JobRunState\":\"SUCCEEDED\"}"))
            .build();
    try (Simulator simulator = start(mocks);
        Workflows workflows = new Workflows(simulator)) {
      String glue = "arn:aws:states:::glue:startJobRun.sync";

      assertThatThrownBy(() -> workflows.task("other", glue, "{}")).hasMessageContaining(glue);
      String machine = workflows.task("etl", glue, "{}");
      assertThat(workflows.output(machine + "#t", "a", "{}").path("JobRunState").asText())
          .isEqualTo("SUCCEEDED");
      assertThat(types(workflows, machine, "a")).contains("TaskSubmitted", "TaskSucceeded");
      assertThat(workflows.run(machine, "b", "{}").path("cause").asText()).contains(glue);
    }
  }

  @Test
  void aTimeoutIsSilenceUntilTheStatesOwnLimit() throws Exception {
    MockConfig mocks =
        MockConfig.builder()
            .mock("m", "t", "T", MockedResponse.fails("States.Timeout", ""))
            .mock("m", "nowhere", "T", MockedResponse.fails("E", "once"))
            .build();
    try (Simulator simulator = start(mocks);
        Workflows workflows = new Workflows(simulator)) {
      String machine =
          workflows.create(
              "m",
              "{\"StartAt\":\"T\",\"States\":{\"T\":{\"Type\":\"Task\",\"Resource\":"
                  + "\"arn:aws:states:::lambda:invoke\",\"TimeoutSeconds\":1000,\"End\":true}}}");

      JsonNode timedOut = workflows.run(machine + "#t", "a", "{}");
      assertThat(timedOut.path("error").asText()).isEqualTo("States.Timeout");
      assertThat(seconds(timedOut)).isBetween(1000L, 1030L);
      assertThat(types(workflows, machine, "a")).contains("TaskTimedOut");
    }
  }

  @Test
  void invocationsBeyondTheMockedOnesFailInPlainSight() throws Exception {
    MockConfig mocks =
        MockConfig.builder().mock("m", "t", "T", MockedResponse.fails("Busy", "later")).build();
    try (Simulator simulator = start(mocks);
        Workflows workflows = new Workflows(simulator)) {
      String machine = workflows.create("m", RETRYING);

      assertThat(workflows.run(machine + "#t", "a", "{}").path("cause").asText())
          .contains("test case 't' has 1 responses for the state 'T', and this is invocation 1");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [                                                            | is not JSON
          {'Machines':{}}                                              | 'Machines' is not known here
          {'StateMachines':{}}                                         | 'MockedResponses' is required
          {'StateMachines':{'m':{'Cases':{}}},'MockedResponses':{}}    | 'StateMachines.m.Cases' is not known
          {'StateMachines':{'m':{'TestCases':{'t':{'S':'R'}}}},'MockedResponses':{}} | 'StateMachines.m.TestCases.t.S' must name one of MockedResponses
          {'StateMachines':{},'MockedResponses':{'R':{'x':{'Return':1}}}}  | 'MockedResponses.R.x' must be an invocation
          {'StateMachines':{},'MockedResponses':{'R':{'1':{'Return':1}}}}  | 'MockedResponses.R' must answer the invocations from 0 on
          {'StateMachines':{},'MockedResponses':{'R':{'0-1':{'Return':1},'1':{'Return':1}}}} | 'MockedResponses.R.1' answers invocation 1
          {'StateMachines':{},'MockedResponses':{'R':{'2-1':{'Return':1}}}} | 'MockedResponses.R.2-1' must be a range
          {'StateMachines':{},'MockedResponses':{'R':{'0':{}}}}            | must have either Return or Throw
          {'StateMachines':{},'MockedResponses':{'R':{'0':{'Throw':{'Cause':'c'}}}}} | 'MockedResponses.R.0.Throw.Error' is required
          """)
  void errorsInAFileAreNamedWithTheirPlace(String content, String named) throws Exception {
    Path file = Files.writeString(directory.resolve("mocks.json"), content.replace('\'', '"'));

    assertThatThrownBy(() -> MockConfig.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(named);
  }

  private Simulator start(MockConfig mocks) {
    return Simulator.start(
        SimulatorConfig.defaults(directory)
            .withExecutor(FunctionExecutor.IN_PROCESS, 10)
            .withMocks(mocks));
  }

  private static long seconds(JsonNode execution) {
    return Duration.between(
            Instant.ofEpochMilli(millis(execution, "startDate")),
            Instant.ofEpochMilli(millis(execution, "stopDate")))
        .toSeconds();
  }

  private static long millis(JsonNode execution, String time) {
    return execution.path(time).decimalValue().movePointRight(3).longValue();
  }

  private static List<String> types(Workflows workflows, String machine, String execution) {
    String arn = machine.replace(":stateMachine:", ":execution:") + ":" + execution;
    return StreamSupport.stream(workflows.history(arn).spliterator(), false)
        .map(event -> event.path("type").asText())
        .toList();
  }
}
