// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.simulator.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.lambda.inprocess.InProcessFunctions;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.testing.WholeSimulator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Streams of tables, and functions on them, after a restart. */
class StreamDataTest extends SimulatorDataFixture {
  private final BlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();

  @Test
  void aStreamAndTheProgressOfItsMappingAreThereAgain() throws Exception {
    String arn =
        call(
                "dynamodb",
                "CreateTable",
                "{'TableName':'things','AttributeDefinitions':"
                    + "[{'AttributeName':'id','AttributeType':'S'}],"
                    + "'KeySchema':[{'AttributeName':'id','KeyType':'HASH'}],"
                    + "'BillingMode':'PAY_PER_REQUEST','StreamSpecification':"
                    + "{'StreamEnabled':true,'StreamViewType':'NEW_IMAGE'}}")
            .at("/TableDescription/LatestStreamArn")
            .asText();
    call(
        "lambda",
        "CreateFunction",
        "{'FunctionName':'f','Runtime':'java21','Handler':'x.Y',"
            + "'Role':'arn:aws:iam::111111111111:role/r','Code':{'ZipFile':'"
            + WholeSimulator.emptyPackage()
            + "'}}");
    register();
    String uuid =
        call(
                "lambda",
                "CreateEventSourceMapping",
                "{'FunctionName':'f','StartingPosition':'TRIM_HORIZON','EventSourceArn':'"
                    + arn
                    + "'}")
            .path("UUID")
            .asText();
    put("a");
    assertThat(keys(next())).containsExactly("a");
    awaitResult(uuid);
    call("lambda", "UpdateEventSourceMapping", "{'UUID':'" + uuid + "','Enabled':false}");
    put("b");
    String shard =
        call("dynamodbstreams", "DescribeStream", "{'StreamArn':'" + arn + "'}")
            .at("/StreamDescription/Shards/0/ShardId")
            .asText();
    String iterator =
        call(
                "dynamodbstreams",
                "GetShardIterator",
                "{'StreamArn':'"
                    + arn
                    + "','ShardIteratorType':'TRIM_HORIZON','ShardId':'"
                    + shard
                    + "'}")
            .path("ShardIterator")
            .asText();
    String input = "{'ShardIterator':'" + iterator + "'}";
    JsonNode before = call("dynamodbstreams", "GetRecords", input);

    restart();

    register();
    assertThat(call("dynamodbstreams", "GetRecords", input).path("Records"))
        .isEqualTo(before.path("Records"));
    put("c");
    call("lambda", "UpdateEventSourceMapping", "{'UUID':'" + uuid + "','Enabled':true}");
    assertThat(keys(next())).containsExactly("b", "c");
    put("d");
    assertThat(keys(next())).containsExactly("d");
  }

  /** The checkpoint is known when the result is. */
  private void awaitResult(String uuid) {
    while (!call("lambda", "GetEventSourceMapping", "{'UUID':'" + uuid + "'}")
        .path("LastProcessingResult")
        .asText()
        .equals("OK")) {
      Thread.onSpinWait();
    }
  }

  private void register() {
    simulator
        .contracts()
        .get(InProcessFunctions.class)
        .register(
            "f",
            environment ->
                (RequestStreamHandler) (in, out, context) -> events.add(Json.MAPPER.readTree(in)));
  }

  private void put(String id) {
    call("dynamodb", "PutItem", "{'TableName':'things','Item':{'id':{'S':'" + id + "'}}}");
  }

  private JsonNode next() throws InterruptedException {
    JsonNode event = events.poll(30, TimeUnit.SECONDS);
    assertThat(event).as("an event").isNotNull();
    return event;
  }

  private static List<String> keys(JsonNode event) {
    var keys = new ArrayList<String>();
    event.path("Records").forEach(record -> keys.add(record.at("/dynamodb/Keys/id/S").asText()));
    return keys;
  }
}
