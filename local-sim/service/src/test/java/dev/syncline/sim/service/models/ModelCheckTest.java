// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.models.ModelCheck.Difference;
import dev.syncline.sim.service.models.ModelCheck.Kind;
import dev.syncline.sim.service.models.ModelCheck.Naming;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelCheckTest {
  private static final Naming WIRE = Naming.WIRE;

  @Test
  void anAnswerThatFitsHasNoDifference() {
    assertThat(
            output(
                "sqs",
                WIRE,
                "ReceiveMessage",
                """
                {"Messages":[{"MessageId":"1","Body":"b","Attributes":{"SentTimestamp":"1"},
                 "MessageAttributes":{"a":{"DataType":"String","StringValue":"v"}}}]}\
                """))
        .isEmpty();
    assertThat(
            output(
                "stepfunctions", WIRE, "StartExecution", "{'executionArn':'arn','startDate':1.5}"))
        .isEmpty();
  }

  @Test
  void unknownMembersAreListedWithTheirPath() {
    assertThat(
            output(
                "sqs",
                WIRE,
                "ReceiveMessage",
                "{'Message':1,'Messages':[{},{'body':'b','Attributes':{'Any':'x'}}]}"))
        .extracting(Difference::path, Difference::kind)
        .containsExactly(
            tuple("$.Message", Kind.UNKNOWN), tuple("$.Messages[1].body", Kind.UNKNOWN));
  }

  @Test
  void valuesOfAnotherTypeAreListed() {
    assertThat(
            paths(
                Kind.WRONG_TYPE,
                output(
                    "sqs",
                    WIRE,
                    "ReceiveMessage",
                    """
                    {"Messages":[{"MessageId":1,"Attributes":[],"MessageAttributes":{
                      "a":{"DataType":true,"BinaryValue":{}},"b":"text"}},"text"]}\
                    """)))
        .containsExactly(
            "$.Messages[0].MessageId",
            "$.Messages[0].Attributes",
            "$.Messages[0].MessageAttributes.a.DataType",
            "$.Messages[0].MessageAttributes.a.BinaryValue",
            "$.Messages[0].MessageAttributes.b",
            "$.Messages[1]");
    assertThat(
            paths(
                Kind.WRONG_TYPE,
                input("stepfunctions", "UpdateMapRun", "{'mapRunArn':'a','maxConcurrency':1.5}")))
        .containsExactly("$.maxConcurrency");
    assertThat(
            paths(
                Kind.WRONG_TYPE,
                input("stepfunctions", "CreateStateMachine", "{'publish':'true','tags':{}}")))
        .containsExactly("$.publish", "$.tags");
    assertThat(paths(Kind.WRONG_TYPE, output("sqs", WIRE, "ListQueues", "[]")))
        .containsExactly("$");
  }

  @Test
  void aTypeDifferenceNamesTheShapeAndBothTypes() {
    assertThat(output("sqs", WIRE, "ListQueues", "{'NextToken':7}"))
        .extracting(Difference::toString)
        .containsExactly("WRONG_TYPE $.NextToken: Token is a string, not NUMBER");
  }

  @Test
  void requiredMembersThatAreMissingOrNullAreListed() {
    assertThat(
            paths(
                Kind.MISSING,
                input(
                    "stepfunctions",
                    "CreateStateMachineAlias",
                    "{'name':null,'routingConfiguration':[{'weight':1}]}")))
        .containsExactlyInAnyOrder("$.name", "$.routingConfiguration[0].stateMachineVersionArn");
  }

  @Test
  void aNullIsAMissingValue() {
    assertThat(output("sqs", WIRE, "ListQueues", "{'NextToken':null,'QueueUrls':null}")).isEmpty();
  }

  @Test
  void timestampsHaveTheFormatOfTheProtocol() {
    assertThat(
            paths(
                Kind.WRONG_TYPE,
                output(
                    "stepfunctions",
                    WIRE,
                    "StartExecution",
                    "{'executionArn':'a','startDate':'2026-01-01T00:00:00Z'}")))
        .containsExactly("$.startDate");
    // The query protocol's codec writes either as ISO 8601.
    assertThat(
            output(
                "cloudformation",
                WIRE,
                "DescribeStackResource",
                """
                {"StackResourceDetail":{"LogicalResourceId":"a","ResourceType":"b",
                "ResourceStatus":"c","LastUpdatedTimestamp":"2026-01-01T00:00:00Z"}}\
                """))
        .isEmpty();
  }

  @Test
  void namesInAMessageAreThoseOfTheWire() {
    String answer = "{'item':[{'id':'1'}]}";
    assertThat(output("apigateway", WIRE, "GetRestApis", answer)).isEmpty();
    assertThat(paths(Kind.UNKNOWN, output("apigateway", Naming.MEMBER, "GetRestApis", answer)))
        .containsExactly("$.item");
    assertThat(output("apigateway", Naming.MEMBER, "GetRestApis", "{'items':[{'id':'1'}]}"))
        .isEmpty();
  }

  @Test
  void membersOutsideTheBodyAreNotExpectedInAMessage() {
    assertThat(check("lambda", WIRE).input("UpdateFunctionCode", json("{}"))).isEmpty();
    assertThat(
            paths(
                Kind.MISSING,
                check("lambda", Naming.MEMBER).input("UpdateFunctionCode", json("{}"))))
        .containsExactly("$.FunctionName");
    assertThat(
            paths(
                Kind.UNKNOWN,
                check("lambda", WIRE)
                    .input("UpdateFunctionCode", json("{'FunctionName':'f','ZipFile':'AA=='}"))))
        .containsExactly("$.FunctionName");
  }

  @Test
  void aPayloadIsTheWholeMessage() {
    assertThat(check("lambda", WIRE).output("Invoke", json("[1,2]"))).isEmpty();
    assertThat(
            paths(Kind.UNKNOWN, check("s3", WIRE).output("GetBucketPolicyStatus", json("{'a':1}"))))
        .isEqualTo(List.of("$.a"));
  }

  @Test
  void anOperationWithoutAShapeHasAnEmptyMessage() {
    assertThat(output("iam", WIRE, "DeleteUser", "{}")).isEmpty();
    assertThat(output("iam", WIRE, "DeleteUser", "null")).isEmpty();
    assertThat(paths(Kind.UNKNOWN, output("iam", WIRE, "DeleteUser", "{'a':1}")))
        .containsExactly("$");
  }

  @Test
  void aDocumentIsAnyJson() {
    assertThat(
            check("bedrock-runtime", WIRE).value("ToolInputSchema", json("{'json':{'any':[1]}}")))
        .isEmpty();
  }

  @Test
  void recursiveShapesAreFollowedAsDeepAsTheValue() {
    assertThat(
            paths(
                Kind.WRONG_TYPE,
                check("dynamodb", WIRE)
                    .value("AttributeValue", json("{'L':[{'M':{'a':{'N':1}}}]}"))))
        .containsExactly("$.L[0].M.a.N");
  }

  @Test
  void doublesAreNumbersOrTheNamesOfWhatJsonCannotWrite() {
    assertThat(check("cloudwatch", WIRE).value("Datapoint", json("{'Sum':'NaN'}"))).isEmpty();
    assertThat(
            paths(
                Kind.WRONG_TYPE, check("cloudwatch", WIRE).value("Datapoint", json("{'Sum':'1'}"))))
        .containsExactly("$.Sum");
  }

  @Test
  void anOperationThatTheModelDoesNotHaveIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> output("sqs", WIRE, "Nothing", "{}"))
        .withMessage("The model of sqs has no operation Nothing");
  }

  private static List<String> paths(Kind kind, List<Difference> differences) {
    return differences.stream()
        .filter(difference -> difference.kind() == kind)
        .map(Difference::path)
        .toList();
  }

  private static ModelCheck check(String service, Naming naming) {
    return new ModelCheck(ServiceModel.of(service), naming);
  }

  private static List<Difference> output(
      String service, Naming naming, String operation, String value) {
    return check(service, naming).output(operation, json(value));
  }

  private static List<Difference> input(String service, String operation, String value) {
    return check(service, WIRE).input(operation, json(value));
  }

  private static JsonNode json(String text) {
    try {
      return ModelFiles.MAPPER.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException malformed) {
      throw new AssertionError(malformed);
    }
  }
}
