// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.settings.FunctionExecutor;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.SimulatorConfig;
import dev.syncline.sim.testing.Workflows;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tables in state machines. Error names and causes are those that AWS records. */
@Timeout(120)
class DynamoDbTaskTest {
  private static final String OPTIMIZED = "arn:aws:states:::dynamodb:";
  private static final String SDK = "arn:aws:states:::aws-sdk:dynamodb:";

  @TempDir private Path directory;
  private Simulator simulator;
  private Workflows workflows;
  private int runs;

  @BeforeEach
  void start() throws Exception {
    simulator =
        Simulator.start(
            SimulatorConfig.defaults(directory).withExecutor(FunctionExecutor.IN_PROCESS, 10));
    workflows = new Workflows(simulator);
    workflows.call(
        "dynamodb",
        "CreateTable",
        json(
            "{'TableName':'things','BillingMode':'PAY_PER_REQUEST','AttributeDefinitions':"
                + "[{'AttributeName':'id','AttributeType':'S'}],"
                + "'KeySchema':[{'AttributeName':'id','KeyType':'HASH'}]}"));
  }

  @AfterEach
  void stop() throws Exception {
    workflows.close();
    simulator.close();
  }

  private static ObjectNode json(String singleQuoted) throws Exception {
    return (ObjectNode) Json.MAPPER.readTree(singleQuoted.replace('\'', '"'));
  }

  private JsonNode output(String resource, String parameters) throws Exception {
    String name = "m" + runs++;
    return workflows.output(workflows.task(name, resource, parameters), name, "{}");
  }

  private JsonNode failure(String resource, String parameters) throws Exception {
    String name = "m" + runs++;
    return workflows.run(workflows.task(name, resource, parameters), name, "{}");
  }

  @Test
  void theFourActionsChangeAndReadAnItem() throws Exception {
    String key = "'TableName':'things','Key':{'id':{'S':'a'}}";
    JsonNode put =
        output(
            OPTIMIZED + "putItem",
            "{'TableName':'things','Item':{'id':{'S':'a'},'name':{'S':'x'},'on':{'BOOL':true}}}");
    assertThat(put.at("/SdkHttpMetadata/HttpStatusCode").asInt()).isEqualTo(200);
    assertThat(put.at("/SdkHttpMetadata/HttpHeaders/Content-Length").asText()).isEqualTo("2");
    assertThat(put.at("/SdkHttpMetadata/HttpHeaders/x-amz-crc32").asText()).isEqualTo("2745614147");
    JsonNode updated =
        output(
            OPTIMIZED + "updateItem",
            "{"
                + key
                + ",'UpdateExpression':'SET #n = :n','ExpressionAttributeNames':{'#n':'name'},"
                + "'ExpressionAttributeValues':{':n':{'S':'y'}},'ReturnValues':'UPDATED_NEW'}");
    assertThat(updated.path("Attributes")).isEqualTo(json("{'name':{'S':'y'}}"));
    assertThat(output(OPTIMIZED + "getItem", "{" + key + "}").path("Item"))
        .isEqualTo(json("{'id':{'S':'a'},'name':{'S':'y'},'on':{'BOOL':true}}"));
    output(OPTIMIZED + "deleteItem", "{" + key + "}");
    assertThat(output(OPTIMIZED + "getItem", "{" + key + "}").has("Item")).isFalse();
  }

  @Test
  void aFailedConditionHasTheNameOfEitherSdk() throws Exception {
    String parameters =
        "{'TableName':'things','Item':{'id':{'S':'a'}},"
            + "'ConditionExpression':'attribute_exists(id)'}";
    JsonNode old = failure(OPTIMIZED + "putItem", parameters);
    assertThat(old.path("error").asText()).isEqualTo("DynamoDB.ConditionalCheckFailedException");
    assertThat(old.path("cause").asText())
        .matches(
            "The conditional request failed \\(Service: AmazonDynamoDBv2; Status Code: 400; Error"
                + " Code: ConditionalCheckFailedException; Request ID: [-0-9A-Za-z]+; Proxy:"
                + " null\\)");
    JsonNode sdk = failure(SDK + "putItem", parameters);
    assertThat(sdk.path("error").asText()).isEqualTo("DynamoDb.ConditionalCheckFailedException");
    assertThat(sdk.path("cause").asText())
        .matches(
            "The conditional request failed \\(Service: DynamoDb, Status Code: 400, Request ID:"
                + " [-0-9A-Za-z]+\\)");
  }

  @Test
  void otherErrorsHaveTheNamesThatAwsRecords() throws Exception {
    String none = "{'TableName':'none','Item':{'id':{'S':'a'}}}";
    assertThat(failure(OPTIMIZED + "putItem", none).path("error").asText())
        .isEqualTo("DynamoDB.ResourceNotFoundException");
    assertThat(failure(SDK + "putItem", none).path("error").asText())
        .isEqualTo("DynamoDb.ResourceNotFoundException");
    String invalid = "{'TableName':'/things','Item':{'id':{'S':'a'}}}";
    assertThat(failure(OPTIMIZED + "putItem", invalid).path("error").asText())
        .isEqualTo("DynamoDB.AmazonDynamoDBException");
    assertThat(failure(SDK + "putItem", invalid).path("error").asText())
        .isEqualTo("DynamoDb.DynamoDbException");
  }

  @Test
  void theSdkSpellsTypesInItsOwnWayAndLeavesAttributeNamesAlone() throws Exception {
    output(
        SDK + "putItem",
        "{'TableName':'things','Item':{'id':{'S':'a'},'camelCase':{'Bool':true},"
            + "'none':{'Nul':true},'set':{'Ss':['x']},'Reason':{'M':{'inner':{'Ns':['1']}}}}}");
    JsonNode expected =
        json(
            "{'id':{'S':'a'},'camelCase':{'Bool':true},'none':{'Nul':true},'set':{'Ss':['x']},"
                + "'Reason':{'M':{'inner':{'Ns':['1']}}}}");
    JsonNode queried =
        output(
            SDK + "query",
            "{'TableName':'things','KeyConditionExpression':'id = :id',"
                + "'ExpressionAttributeValues':{':id':{'S':'a'}}}");
    assertThat(queried.path("Count").asInt()).isEqualTo(1);
    assertThat(queried.path("Items").path(0)).isEqualTo(expected);
    JsonNode batch =
        output(SDK + "batchGetItem", "{'RequestItems':{'things':{'Keys':[{'id':{'S':'a'}}]}}}");
    assertThat(batch.at("/Responses/things/0")).isEqualTo(expected);
    JsonNode read =
        output(
            SDK + "transactGetItems",
            "{'TransactItems':[{'Get':{'TableName':'things','Key':{'id':{'S':'a'}}}}]}");
    assertThat(read.at("/Responses/0/Item")).isEqualTo(expected);
  }
}
