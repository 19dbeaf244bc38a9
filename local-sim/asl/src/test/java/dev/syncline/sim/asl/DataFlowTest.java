// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl;

import static dev.syncline.sim.asl.Machines.jsonata;
import static dev.syncline.sim.asl.Machines.machine;
import static dev.syncline.sim.asl.Machines.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.asl.testing.LocalRunner;
import dev.syncline.sim.asl.testing.RunResult;
import dev.syncline.sim.asl.testing.TaskOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataFlowTest {
  private static RunResult pass(String fields, String input) {
    return run(machine("'S':{'Type':'Pass','End':true," + fields + "}"), input);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'ResultPath':'$.a.b','Result':1 | {} | {'a':{'b':1}}",
        "'ResultPath':'$.a.b','Result':1 | {'a':{'c':2}} | {'a':{'c':2,'b':1}}",
        "'ResultPath':'$.l[1]','Result':9 | {'l':[1,2,3]} | {'l':[1,9,3]}",
        "'ResultPath':null,'Result':1 | {'a':1} | {'a':1}",
        "'InputPath':null | {'a':1} | {}",
        "'OutputPath':null | {'a':1} | {}",
        "'InputPath':'$.a','ResultPath':'$.b' | {'a':1} | {'a':1,'b':1}",
        "'Parameters':{'k':{'deep.$':'$.a','l':[{'x.$':'$.a'}]}} | {'a':1} |"
            + " {'k':{'deep':1,'l':[{'x':1}]}}",
        "'Parameters':{'all.$':'$.l[*].v','none.$':'$.no[*]'} | {'l':[{'v':1},{'v':2}]} |"
            + " {'all':[1,2],'none':[]}",
        "'Parameters':{'one.$':'$.n'} | {'n':1.0} | {'one':1.0}",
      })
  void pathsShapeTheData(String fields, String input, String expected) {
    assertThat(pass(fields, input).json()).hasToString(Machines.json(expected));
  }

  @Test
  void aResultThatDoesNotFitTheInputFailsByName() {
    assertThat(pass("'ResultPath':'$.a.b','Result':1", "{'a':'text'}").error())
        .contains("States.ResultPathMatchFailure");
  }

  @Test
  void aPathThroughATextNamesPlainTypes() {
    assertThat(pass("'InputPath':'$.a.b'", "{'a':'text'}").cause().orElseThrow())
        .endsWith(
            "Invalid path '$.a.b' : Expected to find an object with property ['b'] in path $['a']"
                + " but found 'java.lang.String'. This is not a json object according to the"
                + " JsonProvider: 'com.jayway.jsonpath.spi.json.JacksonJsonProvider'.");
  }

  @Test
  void anIndexOutOfBoundsFindsNothing() {
    assertThat(pass("'Parameters':{'x.$':'$.l[2]'}", "{'l':[1,2]}").cause().orElseThrow())
        .endsWith(
            "The JSONPath '$.l[2]' specified for the field 'x.$' could not be found in the input"
                + " '{\"l\":[1,2]}'");
  }

  @Test
  void theTextOfAnInputSurvivesUntilItIsRebuilt() {
    RunResult result = run(machine("'S':{'Type':'Succeed'}"), "{ 'a' : 1.50 }");

    assertThat(result.output().orElseThrow().text()).isEqualTo("{ \"a\" : 1.50 }");
  }

  @Test
  void assignmentsSeeTheOldValues() {
    RunResult result =
        run(
            jsonata(
                "'A':{'Type':'Pass','Assign':{'x':1,'y':2},'Next':'B'},'B':{'Type':'Pass','Assign':{'x':'{%"
                    + " $y %}','y':'{% $x %}'},'Output':'{% [$x,$y]"
                    + " %}','Next':'C'},'C':{'Type':'Pass','Output':'{% [$states.input, $x, $y]"
                    + " %}','End':true}"),
            "{}");

    assertThat(result.json()).hasToString("[1,2,2,1]");
  }

  @Test
  void aTaskSeesItsArgumentsAndTheOutputSeesItsResult() {
    RunResult result =
        LocalRunner.of(
                jsonata(
                    "'T':{'Type':'Task','Resource':'arn:aws:states:::http:invoke','End':true,"
                        + "'Arguments':{'q':'{% $states.input.n * 2 %}'},"
                        + "'Output':{'r':'{% $states.result.v %}','in':'{% $states.input %}'}}"))
            .mock("T", TaskOutcome.returns("{\"v\":null}"))
            .run("{\"n\":21}");

    assertThat(result.tasks().getFirst().parameters().text()).isEqualTo("{\"q\":42}");
    assertThat(result.json()).hasToString("{\"r\":null,\"in\":{\"n\":21}}");
  }

  /** Runs a state whose output has the expression in place of {@code @}. */
  private static RunResult evaluated(String output, String expression, String input) {
    String state = "'S':{'Type':'Pass','End':true,'Output':" + output + "}";
    return LocalRunner.of(jsonata(state).replace("@", "{% " + expression + " %}")).run(input);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "$partition([1,2,3],2) | [[1,2],[3]]",
        "$range(0,4,2) | [0,2,4]",
        "$hash('abc','MD5') | '900150983cd24fb0d6963f7d28e17f72'",
        "$random(42) | 0.7275636800328681",
        "$parse($states.input.json) | {'a':[1,null]}",
        "$states.context.Execution.Name | 'run'",
        "$exists($uuid()) | true",
        "[1..3].{'n':$} | [{'n':1},{'n':2},{'n':3}]",
      })
  void jsonataKnowsWhatStepFunctionsAdds(String expression, String expected) {
    RunResult result = evaluated("'@'", expression, "{\"json\":\"{\\\"a\\\":[1,null]}\"}");

    assertThat(result.json()).as("%s", result).hasToString(Machines.json(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "$eval('1') | T1006: Attempted to invoke a non-function",
        "1/0 + 1 | D1001: Number out of range: null",
        "$no | returned nothing (undefined).",
        "$sum | returned an unsupported result type.",
      })
  void jsonataFailuresComeInAwsWords(String expression, String words) {
    RunResult result = evaluated("{'v':'@'}", expression, "{}");

    assertThat(result.error()).contains("States.QueryEvaluationError");
    assertThat(result.cause().orElseThrow())
        .startsWith(
            "An error occurred while executing the state 'S' (entered at the event id #2). The"
                + " JSONata expression '"
                + expression
                + "' specified for the field 'Output/v' ")
        .endsWith(words);
  }
}
