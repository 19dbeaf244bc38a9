// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.testing.WholeSimulatorFixture;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * StackErrors of templates are the answer to the call, in AWS's words where they are recorded or
 * published; nothing is made then.
 */
class TemplateErrorsTest extends WholeSimulatorFixture {
  private static final String MACHINE =
      """
      Resources:
        M:
          Type: AWS::StepFunctions::StateMachine
          Properties:
            StateMachineName: %s
            StateMachineType: %s
            RoleArn: arn:aws:iam::111111111111:role/r
            DefinitionString: '{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}'
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'Fn::FindInMap': [M, a, z]} | Template error: Unable to get mapping for M::a::z",
        "{'Fn::FindInMap': [M, x, b]} | Template error: Unable to get mapping for M::x::b",
        "{'Fn::FindInMap': [M, !Ref P, b]} | Template error: Unable to get mapping for M::p::b",
        "{'Fn::FindInMap': [N, a, b]} | Template error: Mapping named 'N' is not present in the"
            + " 'Mappings' section of template.",
        "{'Fn::FindInMap': [M, a]} | Template error: every Fn::FindInMap object requires three"
            + " parameters, the map name, map key and the attribute for return value",
        "{'Fn::Join': [',', x]} | Template error: every Fn::Join object requires two parameters,"
            + " (1) a string delimiter and (2) a list of strings to be joined or a function that"
            + " returns a list of strings (such as Fn::GetAZs) to be joined.",
        "{'Fn::Join': [a]} | Template error: every Fn::Join object requires two parameters, (1) a"
            + " string delimiter and (2) a list of strings to be joined or a function that returns"
            + " a list of strings (such as Fn::GetAZs) to be joined.",
        "{'Fn::Select': [5, [a, b]]} | Template error: Fn::Select requires a list argument with"
            + " two elements: an integer index and a list",
        "{'Fn::Select': [x, [a, b]]} | Template error: Fn::Select requires a list argument with"
            + " two elements: an integer index and a list",
        "{'Fn::Select': [0, a]} | Template error: Fn::Select requires a list argument with two"
            + " elements: an integer index and a list",
        "{'Fn::Split': [',']} | Template error: every Fn::Split object requires two parameters, (1)"
            + " a string delimiter and (2) a string to be split or a function that returns a string"
            + " to be split.",
        "{'Fn::Sub': [a]} | Template error: One or more Fn::Sub intrinsic functions don't specify"
            + " expected arguments. Specify a string as first argument, and an optional second"
            + " argument to specify a mapping of values to replace in the string",
        "{'Fn::If': [Yes]} | Template error: Fn::If requires a list argument with three elements",
        "{'Fn::If': [None, a, b]} | Template error: unresolved condition dependency None in Fn::If",
        "{'Fn::GetAtt': [Other]} | Template error: every Fn::GetAtt object requires two non-empty"
            + " parameters, the resource name and the resource attribute",
        "{'Fn::GetAtt': [None, Arn]} | Template error: instance of Fn::GetAtt references undefined"
            + " resource None",
        "{'Fn::GetAtt': [Other, Arm]} | Template error: resource Other does not support attribute"
            + " type Arm in Fn::GetAtt. Did you mean Arn?",
        "{'Fn::GetAtt': [Other, Colour]} | Template error: resource Other does not support"
            + " attribute type Colour in Fn::GetAtt",
        "{Ref: None} | Template format error: Unresolved resource dependencies [None] in the"
            + " Resources block of the template",
        "{Ref: [a]} | Template error: every Ref object must have a single String value.",
        "{'Fn::Nothing': a} | Template error: Encountered unsupported function: Fn::Nothing"
            + " Supported functions are: [Fn::Base64, Fn::GetAtt, Fn::Sub, Fn::Join, Fn::Select,"
            + " Fn::Split, Fn::FindInMap, Fn::ImportValue, Fn::If, Fn::Equals, Fn::And, Fn::Or,"
            + " Fn::Not]",
        "{'Fn::Cidr': [a, 1]} | Template error: local-sim does not support the function Fn::Cidr,"
            + " which AWS has",
        "null | [/Resources/Q/Properties/QueueName] 'null' values are not allowed in templates",
        // Resources that depend on it are checked too.
        "!Sub ['${Other.Arn}-${x}', {x: {'Fn::FindInMap': [M, a, z]}}] | Template error: Unable to"
            + " get mapping for M::a::z",
        "{'Fn::Join': ['', [!Ref Other, {'Fn::Select': [2, [a]]}]]} | Template error: Fn::Select"
            + " requires a list argument with two elements: an integer index and a list",
      })
  void aWrongValueIsRefusedByTheCall(String value, String message) {
    refused(
        "Parameters: {P: {Type: String, Default: p}}\n"
            + "Mappings: {M: {a: {b: c}}}\n"
            + "Conditions: {Yes: {'Fn::Equals': [a, a]}}\n"
            + "Resources:\n"
            + "  Other: {Type: AWS::SQS::Queue}\n"
            + "  Q: {Type: AWS::SQS::Queue, Properties: {QueueName: "
            + value
            + "}}",
        message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Resources: {} | Template format error: At least one Resources member must be defined.",
        "Resources: {A: 1} | Template format error: Any Resources member must be an object.",
        "Resources: {A: {Properties: {}}} | Template format error: [/Resources/A] Every Resources"
            + " object must contain a Type member.",
        "Resources: {A: {Type: AWS::SQS::Queue, Invalid: 10}} | Invalid template resource property"
            + " 'Invalid'",
        "Resources: {A-B: {Type: AWS::SQS::Queue}} | Template format error: Resource name A-B is"
            + " non alphanumeric.",
        "Resources: {A: {Type: AWS::SQS::Quue}} | Template format error: Unrecognized resource"
            + " types: [AWS::SQS::Quue]. Did you mean AWS::SQS::Queue?",
        "Resources: {A: {Type: AWS::Invented::Thing}} | Template format error: Unrecognized"
            + " resource types: [AWS::Invented::Thing]",
        "Resources: {A: {Type: AWS::EC2::VPC}} | Template format error: local-sim does not support"
            + " these resource types, which AWS has: [AWS::EC2::VPC]",
        "Resources: {A: {Type: AWS::SQS::Queue, DependsOn: B}, B: {Type: AWS::SQS::Queue,"
            + " DependsOn: A}} | Circular dependency between resources: [A, B]",
        "Resources: {A: {Type: AWS::SQS::Queue, DependsOn: None}} | Template format error:"
            + " Unresolved resource dependencies [None] in the Resources block of the template",
        "{Resources: {A: {Type: AWS::SQS::Queue}}, Outputs: {O: {}}} | Template format error: Every"
            + " Outputs member must contain a Value object",
        "{Resources: {A: {Type: AWS::SQS::Queue}}, Outputs: {O: {Value: null}}} |"
            + " [/Outputs/O/Value] 'null' values are not allowed in templates",
        "{Resources: {A: {Type: AWS::SQS::Queue}}, Outputs: {O: {Value: {'Fn::FindInMap': [M, a,"
            + " z]}}}, Mappings: {M: {a: {b: c}}}} | Template error: Unable to get mapping for"
            + " M::a::z",
        "{Resources: {A: {Type: AWS::SQS::Queue}}, Mappings: {M: {a: b}}} | Template format error:"
            + " Every Mappings member a must be a map",
        "{Resources: {A: {Type: AWS::SQS::Queue}}, Mappings: {M: {a: {b: {c: d}}}}} | Template"
            + " format error: Every Mappings attribute must be a String or a List.",
        "{Resources: {A: {Type: AWS::SQS::Queue}}, Conditions: {C: {'Fn::Equals': [a]}}} | Template"
            + " error: every Fn::Equals object requires a list of 2 string parameters.",
        "{Resources: {A: {Type: AWS::SQS::Queue}}, Conditions: {C: {'Fn::Not': [{'Fn::Equals': [a,"
            + " {Ref: A}]}]}}} | Template format error: Unresolved dependencies [A]. Cannot"
            + " reference resources in the Conditions block of the template",
        "{Resources: {A: {Type: AWS::SQS::Queue}}, Conditions: {C: {'Fn::Or': [{Condition: C}]}}} |"
            + " Template error: every Fn::Or object requires a list of at least 2 and at most 10"
            + " boolean parameters.",
      })
  void aWrongTemplateIsRefusedByTheCall(String template, String message) {
    refused(
        template.startsWith("{")
            ? template
                .substring(1, template.length() - 1)
                .replaceAll(", (Outputs|Mappings|Conditions):", "\n$1:")
            : template,
        message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "QueuName: x | #: extraneous key [QueuName] is not permitted. Did you mean QueueName?",
        "Colour: x | #: extraneous key [Colour] is not permitted",
        "Tags: [{Key: a, Value: b}, {Key: a, Value: b, Shade: c}] | #/Tags/1: extraneous key"
            + " [Shade] is not permitted",
        "Colour: x, Shade: y | #: extraneous key [Colour] is not permitted\\n#: extraneous key"
            + " [Shade] is not permitted",
      })
  void aPropertyThatAwsDoesNotHaveIsToldApart(String property, String reason) {
    JsonNode stack =
        settled(
            "CreateStack",
            "Resources: {Q: {Type: AWS::SQS::Queue, Properties: {" + property + "}}}");

    assertThat(stack.path("StackStatus").asText()).isEqualTo("ROLLBACK_COMPLETE");
    assertThat(reasons())
        .contains(
            "Properties validation failed for resource Q with message: "
                + reason.replace("\\n", "\n"));
  }

  @Test
  void aPropertyThatOnlyAwsHasIsSaidToBe() {
    settled(
        "CreateStack",
        "Resources: {A: {Type: AWS::ApiGateway::RestApi, Properties: {Name: a,"
            + " CloneFrom: abc}}}");

    assertThat(reasons())
        .contains(
            "local-sim does not support the property CloneFrom of AWS::ApiGateway::RestApi, which"
                + " AWS has");
  }

  @Test
  void aResourceThatTheTemplateNamesIsNotReplaced() {
    settled("CreateStack", MACHINE.formatted("named", "STANDARD"));

    JsonNode stack = settled("UpdateStack", MACHINE.formatted("named", "EXPRESS"));

    assertThat(stack.path("StackStatus").asText()).isEqualTo("UPDATE_ROLLBACK_COMPLETE");
    assertThat(reasons())
        .contains(
            "CloudFormation cannot update a stack when a custom-named resource requires replacing."
                + " Rename named and update the stack again.");
    JsonNode machines = whole.call("states", "ListStateMachines", "{}").path("stateMachines");
    assertThat(machines).hasSize(1);
    assertThat(machines.get(0).path("type").asText()).isEqualTo("STANDARD");
    assertThat(
            settled("UpdateStack", MACHINE.formatted("renamed", "EXPRESS"))
                .path("StackStatus")
                .asText())
        .isEqualTo("UPDATE_COMPLETE");
  }

  private void refused(String template, String message) {
    for (String operation : new String[] {"CreateStack", "CreateChangeSet"}) {
      ObjectNode input = input(template);
      if (operation.equals("CreateChangeSet")) {
        input.put("ChangeSetName", "c").put("ChangeSetType", "CREATE");
      }
      assertThatThrownBy(() -> call(operation, input))
          .isInstanceOfSatisfying(
              AwsException.class,
              refused -> {
                assertThat(refused.code()).isEqualTo("ValidationError");
                assertThat(refused.text()).isEqualTo(message);
              });
    }
    assertThat(call("ListStacks", JsonNodeFactory.instance.objectNode()).path("StackSummaries"))
        .isEmpty();
  }

  private JsonNode settled(String operation, String template) {
    call(operation, input(template));
    JsonNode stack;
    do {
      Thread.onSpinWait();
      stack =
          call("DescribeStacks", JsonNodeFactory.instance.objectNode().put("StackName", "s"))
              .path("Stacks")
              .path(0);
    } while (stack.path("StackStatus").asText().endsWith("_IN_PROGRESS"));
    return stack;
  }

  private List<String> reasons() {
    return call("DescribeStackEvents", JsonNodeFactory.instance.objectNode().put("StackName", "s"))
        .findValuesAsText("ResourceStatusReason");
  }

  private static ObjectNode input(String template) {
    return Fixture.stack("s", template, Map.of());
  }

  private JsonNode call(String operation, ObjectNode input) {
    CallContext context = whole.simulator.internalCall();
    try {
      return whole
          .simulator
          .clock()
          .call(
              () ->
                  whole
                      .simulator
                      .dispatcher()
                      .call("cloudformation", operation, input, context)
                      .json());
    } catch (RuntimeException refused) {
      throw refused;
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }
}
