// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.sources;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.graphql.FieldError;
import dev.syncline.sim.graphql.resolver.SourceCalls.SourceResult;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Source: AppSync's resolver reference for DynamoDB, "Handling a condition check failure". */
class DynamoDbConditionTest extends SourceFixture {
  private static final String EXPECTS_1 =
      "'condition':{'expression':'version = :v','expressionValues':{':v':{'N':1}}";

  @BeforeEach
  void createItem() {
    table("people", "");
    value(
        "people",
        "{'operation':'PutItem','key':{'id':{'S':'1'}},'attributeValues':"
            + "{'name':{'S':'Steve'},'version':{'N':8}}}");
  }

  private static String put(String name, String condition) {
    return "{'operation':'PutItem','key':{'id':{'S':'1'}},'attributeValues':{'name':{'S':'"
        + name
        + "'},'version':{'N':2}},"
        + condition
        + "}}";
  }

  @Test
  void aWriteWhoseConditionHoldsIsDone() {
    assertThat(
            value(
                    "people",
                    "{'operation':'UpdateItem','key':{'id':{'S':'1'}},'update':{'expression':"
                        + "'SET version = :new','expressionValues':{':new':{'N':9}}},'condition':"
                        + "{'expression':'version = :old','expressionValues':{':old':{'N':8}}}}")
                .path("version")
                .asInt())
        .isEqualTo(9);
  }

  @Test
  void theErrorHasTheCurrentItem() {
    SourceResult result = result("people", put("Jeff", EXPECTS_1));
    FieldError error = errorOf(result);
    assertThat(error.errorType()).isEqualTo("DynamoDB:ConditionalCheckFailedException");
    assertThat(error.message())
        .matches(
            "The conditional request failed \\(Service: DynamoDb, Status Code: 400, Request ID:"
                + " [0-9A-V]{26}VV4KQNSO5AEMVJF66Q9ASUAAJG\\)");
    JsonNode current = json("{'id':'1','name':'Steve','version':8}");
    assertThat(error.data()).isEqualTo(current);
    assertThat(result.value()).isEqualTo(current);
  }

  @Test
  void anItemThatIsAsWantedCountsAsWritten() {
    assertThat(value("people", put("Steve", EXPECTS_1 + ",'equalsIgnore':['version']")))
        .isEqualTo(json("{'id':'1','name':'Steve','version':8}"));
    assertThat(failure("people", put("Steve", EXPECTS_1)))
        .startsWith("DynamoDB:ConditionalCheckFailedException");
    assertThat(
            failure(
                "people",
                put("Jeff", EXPECTS_1 + ",'consistentRead':false,'equalsIgnore':['version']")))
        .startsWith("DynamoDB:ConditionalCheckFailedException");
  }

  @Test
  void anAbsentItemCountsAsDeleted() {
    assertThat(
            value(
                    "people",
                    "{'operation':'DeleteItem','key':{'id':{'S':'absent'}}," + EXPECTS_1 + "}}")
                .isNull())
        .isTrue();
    assertThat(
            failure(
                "people", "{'operation':'DeleteItem','key':{'id':{'S':'1'}}," + EXPECTS_1 + "}}"))
        .startsWith("DynamoDB:ConditionalCheckFailedException");
  }

  @Test
  void anUpdateIsNotCompared() {
    assertThat(
            failure(
                "people",
                "{'operation':'UpdateItem','key':{'id':{'S':'1'}},'update':{'expression':"
                    + "'SET version = :new','expressionValues':{':new':{'N':8}}},"
                    + EXPECTS_1
                    + "}}"))
        .startsWith("DynamoDB:ConditionalCheckFailedException");
  }

  @Test
  void aConditionThatIsWrongIsAnErrorOfTheTemplate() {
    assertThat(failure("people", put("x", "'condition':{")))
        .isEqualTo("MappingTemplate: Expression block '$[condition]' requires an expression");
    assertThat(
            failure("people", put("x", EXPECTS_1 + ",'returnValuesOnConditionCheckFailure':true")))
        .isEqualTo(
            "MappingTemplate: Unsupported element"
                + " '$[condition][returnValuesOnConditionCheckFailure]'.");
    assertThat(
            failure(
                "people",
                put("x", EXPECTS_1 + ",'conditionalCheckFailedHandler':{'strategy':'Custom'}")))
        .contains("$[condition][conditionalCheckFailedHandler][lambdaArn]");
  }

  private String handler(List<JsonNode> events, String decision) {
    whole.function(
        "decides",
        "",
        event -> {
          events.add(event);
          return decision.replace('\'', '"');
        });
    return EXPECTS_1
        + ",'conditionalCheckFailedHandler':{'strategy':'Custom','lambdaArn':'"
        + whole.simulator.internalCall().arn("lambda", "function:decides")
        + "'}";
  }

  @Test
  void aFunctionMayRejectTheWrite() {
    var events = new ArrayList<JsonNode>();
    String document = put("Jeff", handler(events, "{'action':'reject'}"));
    FieldError error = error("people", document);
    assertThat(error.errorType()).isEqualTo("DynamoDB:ConditionalCheckFailedException");
    assertThat(error.data()).isEqualTo(json("{'id':'1','name':'Steve','version':8}"));
    JsonNode event = events.get(0);
    assertThat(event.path("requestMapping")).isEqualTo(json(document));
    assertThat(event.path("currentValue"))
        .isEqualTo(json("{'id':{'S':'1'},'name':{'S':'Steve'},'version':{'N':'8'}}"));
    assertThat(event.at("/resolver/tableName").asText()).isEqualTo("people");
  }

  @Test
  void aFunctionMayDiscardTheWrite() {
    assertThat(value("people", put("Jeff", handler(new ArrayList<>(), "{'action':'discard'}"))))
        .isEqualTo(json("{'id':'1','name':'Steve','version':8}"));
  }

  @Test
  void aFunctionMayHaveTheWriteRetried() {
    assertThat(
            value(
                "people",
                put(
                    "Jeff",
                    handler(
                        new ArrayList<>(),
                        "{'action':'retry','retryMapping':{'attributeValues':{'name':{'S':'Jeff'},"
                            + "'version':{'N':9}},'condition':{'expression':'version = :v',"
                            + "'expressionValues':{':v':{'N':8}}}}}"))))
        .isEqualTo(json("{'name':'Jeff','version':9,'id':'1'}"));
  }

  @Test
  void aRetryThatFailsIsRejected() {
    assertThat(
            failure(
                "people",
                put(
                    "Jeff",
                    handler(
                        new ArrayList<>(),
                        "{'action':'retry','retryMapping':{'condition':{'consistentRead':true}}}"))))
        .startsWith("DynamoDB:ConditionalCheckFailedException");
  }
}
