// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl;

import static dev.syncline.sim.asl.Machines.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinitionTest {
  private static List<String> problems(String definition, WorkflowType type) {
    return StateMachineDefinition.validate(json(definition), type).stream()
        .map(Diagnostic::toString)
        .toList();
  }

  private static String state(String fields) {
    return "{'StartAt':'X','States':{'X':{" + fields + "}}}";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | SCHEMA_VALIDATION_FAILED: These fields are required: [States, StartAt] at /",
        "[] | INVALID_JSON_DESCRIPTION: Definition must be a valid JSON object",
        "{'StartAt':'A','States':{'A':{'Type':'Pass','Next':'A'}}} | MISSING_END_STATE: Workflow"
            + " has no terminal state",
        "{'StartAt':'A','States':{'A':{'Type':'Pass','End':true},'B':{'Type':'Succeed'}}} |"
            + " MISSING_TRANSITION_TARGET: State \"B\" is not reachable. at /States/B",
        "{'StartAt':'A','States':{'A':{'Type':'Choice','Choices':[{'Variable':'$','IsNull':true,'Next':'N'}],'Default':'E'},'E':{'Type':'Succeed'}}}"
            + " | MISSING_TRANSITION_TARGET: Missing 'Next' target: N at /States/A/Choices[0]/Next",
      })
  void brokenFlowsAreRefusedInAwsWords(String definition, String expected) {
    assertThat(problems(definition, WorkflowType.STANDARD)).containsExactly(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'Type':'Nope' | SCHEMA_VALIDATION_FAILED: The field 'Type' should have one of these"
            + " values: [Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map] at /States/X/Type",
        "'Type':'Pass','End':true,'Catch':[] | SCHEMA_VALIDATION_FAILED: Field 'Catch' is not"
            + " supported at /States/X",
        "'Type':'Pass' | SCHEMA_VALIDATION_FAILED: These fields are required: [Next] at /States/X",
        "'Type':'Parallel','End':true,'Branches':[] | SCHEMA_VALIDATION_FAILED: Value cannot be"
            + " empty at /States/X/Branches",
        "'Type':'Pass','End':true,'ResultPath':'$.*' | SCHEMA_VALIDATION_FAILED: Value is not a"
            + " Reference Path at /States/X/ResultPath",
        "'Type':'Task','End':true,'Resource':'arn:aws:states:::http:invoke','Credentials':{} |"
            + " SCHEMA_VALIDATION_FAILED: The field 'RoleArn' is required but was missing at"
            + " /States/X/Credentials",
        "'Type':'Choice','Choices':[{'Variable':'$','IsNull':true}] | SCHEMA_VALIDATION_FAILED:"
            + " These fields are required: [Next] at /States/X/Choices[0]",
        "'QueryLanguage':'JSONata','Type':'Pass','End':true,'Output':{'a':['{% 1+ %}']} |"
            + " INVALID_JSONATA_EXPRESSION: Unexpected end of expression at /States/X/Output/a[0]",
      })
  void brokenStatesAreRefusedInAwsWords(String fields, String expected) {
    assertThat(problems(state(fields), WorkflowType.STANDARD)).containsExactly(expected);
  }

  @Test
  void whatOnlyStandardWorkflowsCanDoIsRefusedForExpress() {
    assertThat(
            problems(
                state(
                    "'Type':'Task','End':true,'Resource':'arn:aws:states:::sqs:sendMessage.waitForTaskToken'"),
                WorkflowType.EXPRESS))
        .containsExactly(
            "SCHEMA_VALIDATION_FAILED: Express state machine does not support '.waitForTaskToken'"
                + " service integration  at /States/X/Resource");
    assertThat(
            problems(
                state(
                    "'Type':'Task','End':true,'Resource':'arn:aws:states:::states:startExecution.sync:2'"),
                WorkflowType.EXPRESS))
        .containsExactly(
            "SCHEMA_VALIDATION_FAILED: Express state machine does not support '.sync' service"
                + " integration at /States/X/Resource");
  }

  @Test
  void theExceptionSaysWhatCreateStateMachineSays() {
    assertThatThrownBy(() -> StateMachineDefinition.parse("{\"StartAt\":\"A\"}"))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessage(
            "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: These fields are"
                + " required: [States] at /'");
  }

  @Test
  void nestedFlowsAreCheckedToo() {
    assertThat(
            problems(
                "{'StartAt':'M','States':{'M':{'Type':'Map','End':true,'ItemProcessor':{'StartAt':'Z','States':"
                    + "{'A':{'Type':'Pass','End':true}}}}}}",
                WorkflowType.STANDARD))
        .containsExactly(
            "MISSING_TRANSITION_TARGET: Missing 'Next' target: Z at"
                + " /States/M/ItemProcessor/StartAt",
            "MISSING_TRANSITION_TARGET: State \"A\" is not reachable. at"
                + " /States/M/ItemProcessor/States/A");
  }
}
