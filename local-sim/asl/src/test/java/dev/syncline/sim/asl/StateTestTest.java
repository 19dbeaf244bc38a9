// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One state alone, as TestState's page of the API reference describes its answers. */
class StateTestTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TASK =
      """
      {'Type':'Task','Resource':'arn:aws:states:::lambda:invoke',
       'Parameters':{'FunctionName':'f','Payload.$':'$.order'},
       'ResultSelector':{'price.$':'$.Payload.price'},'ResultPath':'$.sum',
       'Retry':[{'ErrorEquals':['Busy'],'IntervalSeconds':3,'BackoffRate':2,'MaxAttempts':2}],
       'Catch':[{'ErrorEquals':['States.ALL'],'ResultPath':'$.problem','Next':'Refund'}],
       'Next':'Ship'}
      """;

  private static StateTest.Mock returns(String result) {
    return new StateTest.Mock(Payload.parse(Machines.json(result)), null, null);
  }

  private static StateTest.Mock fails(String error, String cause) {
    return new StateTest.Mock(null, error, cause);
  }

  private static StateTest test(
      String definition, String input, StateTest.@Nullable Mock mock, int retries) {
    return test(definition, null, input, mock, retries);
  }

  private static StateTest test(
      String definition,
      @Nullable String state,
      String input,
      StateTest.@Nullable Mock mock,
      int retries) {
    var request =
        new StateTest.Request(
            Machines.json(definition),
            state,
            Payload.parse(Machines.json(input)),
            Map.of(),
            null,
            mock,
            retries,
            0,
            null);
    StateTest test = StateTest.create(request, ExecutionContext.forTests("m", "e"), 1);
    test.execution().start(Instant.parse("2026-01-01T00:00:00Z"));
    return test;
  }

  private static JsonNode json(String text) throws Exception {
    return JSON.readTree(Machines.json(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{'Type':'Pass','Next':'N'}; SUCCEEDED; {'a':1}; N",
        "{'Type':'Pass','Result':{'b':2},'ResultPath':'$.r','Next':'N'};"
            + " SUCCEEDED; {'a':1,'r':{'b':2}}; N",
        "{'Type':'Choice','Choices':[{'Variable':'$.a','NumericEquals':1,'Next':'One'}],"
            + "'Default':'D'}; SUCCEEDED; {'a':1}; One",
        "{'Type':'Choice','Choices':[{'Variable':'$.a','NumericEquals':2,'Next':'Two'}],"
            + "'Default':'D'}; SUCCEEDED; {'a':1}; D",
        "{'Type':'Succeed','OutputPath':'$.a'}; SUCCEEDED; 1;",
        "{'QueryLanguage':'JSONata','Type':'Pass','Output':{'twice':'{% $states.input.a * 2 %}'},"
            + "'End':true}; SUCCEEDED; {'twice':2};",
      })
  void aStateThatSucceedsGivesItsOutputAndWhatComesNext(
      String definition, StateTest.Status status, String output, @Nullable String next)
      throws Exception {
    StateTest test = test(definition, "{'a':1}", null, 0);

    assertThat(test.status()).isEqualTo(status);
    assertThat(test.output().orElseThrow().json()).isEqualTo(json(output));
    assertThat(test.nextState().orElse(null)).isEqualTo(next);
  }

  @Test
  void aFailStateFailsByItsName() {
    StateTest test =
        test("{'Type':'Fail','Error':'E','CausePath':'$.why'}", "{'why':'w'}", null, 0);

    assertThat(test.status()).isEqualTo(StateTest.Status.FAILED);
    assertThat(test.error()).contains("E");
    assertThat(test.cause()).contains("w");
    assertThat(test.output()).isEmpty();
  }

  @Test
  void aMockStandsInForTheWorkAndTheDataFlowsAroundIt() throws Exception {
    StateTest test =
        test(TASK, "{'order':{'no':7}}", returns("{'Payload':{'price':12},'StatusCode':200}"), 0);

    assertThat(test.status()).isEqualTo(StateTest.Status.SUCCEEDED);
    assertThat(test.output().orElseThrow().json())
        .isEqualTo(json("{'order':{'no':7},'sum':{'price':12}}"));
    assertThat(test.nextState()).contains("Ship");
    JsonNode seen = test.inspectionData();
    assertThat(JSON.readTree(seen.path("afterParameters").asText()))
        .isEqualTo(json("{'FunctionName':'f','Payload':{'no':7}}"));
    assertThat(JSON.readTree(seen.path("afterResultSelector").asText()))
        .isEqualTo(json("{'price':12}"));
    assertThat(JSON.readTree(seen.path("afterResultPath").asText()))
        .isEqualTo(json("{'order':{'no':7},'sum':{'price':12}}"));
  }

  @ParameterizedTest
  @CsvSource({"0, 3", "1, 6"})
  void anErrorThatIsRetriedTellsTheBackoff(int before, int seconds) {
    StateTest test = test(TASK, "{'order':1}", fails("Busy", "later"), before);

    assertThat(test.status()).isEqualTo(StateTest.Status.RETRIABLE);
    assertThat(test.error()).contains("Busy");
    JsonNode retry = test.inspectionData().path("errorDetails");
    assertThat(retry.path("retryIndex").asInt(-1)).isZero();
    assertThat(retry.path("retryBackoffIntervalSeconds").asInt()).isEqualTo(seconds);
  }

  @Test
  void whenItsRetriesAreUsedUpTheCatcherTakesIt() throws Exception {
    StateTest test = test(TASK, "{'order':1}", fails("Busy", "later"), 2);

    assertThat(test.status()).isEqualTo(StateTest.Status.CAUGHT_ERROR);
    assertThat(test.nextState()).contains("Refund");
    assertThat(test.output().orElseThrow().json())
        .isEqualTo(json("{'order':1,'problem':{'Error':'Busy','Cause':'later'}}"));
    assertThat(test.inspectionData().at("/errorDetails/catchIndex").asInt(-1)).isZero();
  }

  @Test
  void aStateOfAMachineIsFoundOnEveryLevel() throws Exception {
    String machine =
        """
        {'StartAt':'Both','States':{'Both':{'Type':'Parallel','End':true,'Branches':[
          {'StartAt':'Deep','States':{'Deep':{'Type':'Pass','Result':1,'End':true}}}]}}}
        """;

    assertThat(test(machine, "Deep", "{}", null, 0).output().orElseThrow().json())
        .isEqualTo(json("1"));
    assertThatThrownBy(() -> test(machine, "Gone", "{}", null, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anInvalidStateIsRefusedWithItsDiagnostics() {
    assertThatThrownBy(() -> test("{'Type':'Wait','Next':'N'}", "{}", null, 0))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("SCHEMA_VALIDATION_FAILED");
  }
}
