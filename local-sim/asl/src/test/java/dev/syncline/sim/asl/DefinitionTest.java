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
        "'QueryLanguage':'JSONata','Type':'Pass','End':true,'Output':{'v':'{% phone %}'} |"
            + " UNSUPPORTED_JSONATA_EXPRESSION: Reference to 'phone' at the top level is not"
            + " supported. at /States/X/Output/v",
      })
  void brokenStatesAreRefusedInAwsWords(String fields, String expected) {
    assertThat(problems(state(fields), WorkflowType.STANDARD)).containsExactly(expected);
  }

  private static String distributed(String fields) {
    return state(
        "'Type':'Map','End':true,'ItemProcessor':{'ProcessorConfig':{'Mode':'DISTRIBUTED',"
            + "'ExecutionType':'STANDARD'},'StartAt':'P','States':{'P':{'Type':'Pass','End':true}}},"
            + fields);
  }

  /** Measured on AWS for Output and for Parameters; the other fields are of the same kind. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "JSONPath | 'Type':'Pass','End':true,'Output':1 | Output | ",
        "JSONPath |"
            + " 'Type':'Task','End':true,'Resource':'arn:aws:states:::http:invoke','Arguments':{} |"
            + " Arguments | ",
        "JSONPath | 'Type':'Task','End':true,'Resource':'arn:aws:states:::http:invoke',"
            + "'Catch':[{'ErrorEquals':['A'],'Next':'X','Output':1}] | Output | /Catch[0]",
        "JSONPath | 'Type':'Choice','Choices':[{'Condition':true,'Next':'X'}] | Condition |"
            + " /Choices[0]",
        "JSONata | 'Type':'Pass','End':true,'Parameters':{} | Parameters | ",
        "JSONata | 'Type':'Pass','End':true,'Result':1 | Result | ",
        "JSONata | 'Type':'Pass','End':true,'InputPath':'$' | InputPath | ",
        "JSONata | 'Type':'Succeed','OutputPath':'$' | OutputPath | ",
        "JSONata | 'Type':'Wait','End':true,'Seconds':1,'SecondsPath':'$' | SecondsPath | ",
        "JSONata | 'Type':'Fail','CausePath':'$' | CausePath | ",
        "JSONata |"
            + " 'Type':'Task','End':true,'Resource':'arn:aws:states:::http:invoke','Catch':[{'ErrorEquals':['A'],'Next':'X','ResultPath':'$'}]"
            + " | ResultPath | /Catch[0]",
        "JSONata | 'Type':'Choice','Choices':[{'Condition':true,'IsNull':true,'Next':'X'}] | IsNull"
            + " | /Choices[0]",
      })
  void aFieldOfTheOtherQueryLanguageIsNamedAsSuch(
      String language, String fields, String field, String place) {
    String other = language.equals("JSONata") ? "JSONPath" : "JSONata";
    assertThat(
            problems(state("'QueryLanguage':'" + language + "'," + fields), WorkflowType.STANDARD))
        .contains(
            "SCHEMA_VALIDATION_FAILED: The QueryLanguage is set to '"
                + language
                + "', but field '"
                + field
                + "' is only supported for the '"
                + other
                + "' QueryLanguage at /States/X"
                + (place == null ? "" : place));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'ResultWriter':{'Resource':'arn:aws:states:::s3:putObject'} | These fields are required:"
            + " [Parameters] at /States/X/ResultWriter",
        "'ResultWriter':{'Parameters':{}} | These fields are required: [Resource] at"
            + " /States/X/ResultWriter",
        "'ItemReader':{'Resource':'arn:aws:states:::s3:getObject'} | These fields are required:"
            + " [Parameters] at /States/X/ItemReader",
        "'ItemReader':{'Resource':'arn:aws:states:::s3:getObject','Arguments':{},'Parameters':{}} |"
            + " The QueryLanguage is set to 'JSONPath', but field 'Arguments' is only supported for"
            + " the 'JSONata' QueryLanguage at /States/X/ItemReader",
        "'ItemReader':{'Resource':'arn:aws:states:::s3:getObject','Parameters':{},"
            + "'ReaderConfig':{'InputType':'CSV'}} | These fields are required: [CSVHeaderLocation]"
            + " at /States/X/ItemReader/ReaderConfig",
        "'ItemReader':{'Resource':'arn:aws:states:::s3:getObject','Parameters':{},"
            + "'ReaderConfig':{'InputType':'JSON','MaxItems':-1}} | Minimum value is 0 at"
            + " /States/X/ItemReader/ReaderConfig/MaxItems",
        "'ItemBatcher':{} | At least one of these fields is required: [MaxItemsPerBatch,"
            + " MaxInputBytesPerBatch] at /States/X/ItemBatcher",
        "'ItemBatcher':{'MaxItemsPerBatch':0} | Minimum value is 1 at"
            + " /States/X/ItemBatcher/MaxItemsPerBatch",
        "'ItemBatcher':{'MaxInputBytesPerBatch':262145} | Maximum value is 262144 at"
            + " /States/X/ItemBatcher/MaxInputBytesPerBatch",
        "'ToleratedFailurePercentage':101 | Maximum value is 100 at"
            + " /States/X/ToleratedFailurePercentage",
        "'MaxConcurrency':-1 | Minimum value is 0 at /States/X/MaxConcurrency",
        "'MaxConcurrency':'1' | Expected value of type Integer at /States/X/MaxConcurrency",
      })
  void aDistributedMapNeedsWhatItNeeds(String fields, String expected) {
    assertThat(problems(distributed(fields), WorkflowType.STANDARD))
        .containsExactly("SCHEMA_VALIDATION_FAILED: " + expected);
  }

  @Test
  void namesAreUniqueInTheWholeMachine() {
    String branch = "{'StartAt':'A','States':{'A':{'Type':'Pass','End':true}}}";
    assertThat(
            problems(
                state("'Type':'Parallel','End':true,'Branches':[" + branch + "," + branch + "]"),
                WorkflowType.STANDARD))
        .containsExactly(
            "DUPLICATE_STATE_NAME: Duplicate State name: A at" + " /States/X/Branches[1]/States/A");
  }

  @Test
  void aKeyThatIsThereTwiceIsRefused() {
    assertThat(
            problems(
                "{'StartAt':'A','States':{'A':{'Type':'Succeed'},'A':{'Type':'Succeed'}}}",
                WorkflowType.STANDARD))
        .singleElement()
        .asString()
        .startsWith("INVALID_JSON_DESCRIPTION: Duplicate field 'A'");
  }

  @Test
  void featuresOfStandardWorkflowsAreRefusedForExpress() {
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
