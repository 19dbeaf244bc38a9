// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.testing.WholeSimulator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tables, their streams and functions together, in skipping time. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StreamsEndToEndTest {
  @TempDir Path work;
  @AutoClose private WholeSimulator aws;
  private final BlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();

  @BeforeEach
  void start() {
    aws = new WholeSimulator(work);
  }

  private String table(String name) {
    return aws.call(
            "dynamodb",
            "CreateTable",
            "{'TableName':'"
                + name
                + "','AttributeDefinitions':[{'AttributeName':'id','AttributeType':'S'}],"
                + "'KeySchema':[{'AttributeName':'id','KeyType':'HASH'}],"
                + "'BillingMode':'PAY_PER_REQUEST','StreamSpecification':"
                + "{'StreamEnabled':true,'StreamViewType':'NEW_AND_OLD_IMAGES'}}")
        .path("TableDescription")
        .path("LatestStreamArn")
        .asText();
  }

  private void put(String table, String id, String more) {
    aws.call(
        "dynamodb",
        "PutItem",
        "{'TableName':'" + table + "','Item':{'id':{'S':'" + id + "'}" + more + "}}");
  }

  private JsonNode records(String arn) {
    JsonNode shard =
        aws.call("dynamodbstreams", "DescribeStream", "{'StreamArn':'" + arn + "'}")
            .at("/StreamDescription/Shards/0");
    String iterator =
        aws.call(
                "dynamodbstreams",
                "GetShardIterator",
                "{'StreamArn':'"
                    + arn
                    + "','ShardIteratorType':'TRIM_HORIZON','ShardId':'"
                    + shard.path("ShardId").asText()
                    + "'}")
            .path("ShardIterator")
            .asText();
    return aws.call("dynamodbstreams", "GetRecords", "{'ShardIterator':'" + iterator + "'}");
  }

  private static List<String> names(JsonNode page) {
    var names = new ArrayList<String>();
    page.path("Records").forEach(record -> names.add(record.path("eventName").asText()));
    return names;
  }

  private void map(String arn, String more) {
    aws.call(
        "lambda",
        "CreateEventSourceMapping",
        "{'FunctionName':'f','StartingPosition':'TRIM_HORIZON','EventSourceArn':'"
            + arn
            + "'"
            + more
            + "}");
  }

  private String keep(JsonNode event) {
    events.add(event);
    return "{}";
  }

  private JsonNode next() throws InterruptedException {
    JsonNode event = events.poll(30, TimeUnit.SECONDS);
    assertThat(event).isNotNull();
    return event;
  }

  @Test
  void changesAreRecordedAndWritesWithoutChangeAreNot() {
    String arn = table("things");
    put("things", "a", ",'n':{'N':'1'}");
    put("things", "a", ",'n':{'N':'1.0'}");
    put("things", "a", ",'n':{'N':'2'}");
    aws.call("dynamodb", "DeleteItem", "{'TableName':'things','Key':{'id':{'S':'a'}}}");
    aws.call("dynamodb", "DeleteItem", "{'TableName':'things','Key':{'id':{'S':'a'}}}");
    JsonNode page = records(arn);
    assertThat(names(page)).containsExactly("INSERT", "MODIFY", "REMOVE");
    JsonNode change = page.at("/Records/1/dynamodb");
    assertThat(change.at("/OldImage/n/N").asText()).isEqualTo("1");
    assertThat(change.at("/NewImage/n/N").asText()).isEqualTo("2");
    assertThat(change.path("SizeBytes").asLong()).isEqualTo(3 + 6 + 6);
  }

  @Test
  void aTransactionOverTwoTablesIsInBothStreams() {
    String first = table("one");
    String second = table("two");
    aws.call(
        "dynamodb",
        "TransactWriteItems",
        "{'TransactItems':[{'Put':{'TableName':'one','Item':{'id':{'S':'a'}}}},"
            + "{'Put':{'TableName':'two','Item':{'id':{'S':'b'}}}}]}");
    assertThat(names(records(first))).containsExactly("INSERT");
    assertThat(names(records(second))).containsExactly("INSERT");
  }

  @Test
  void aDisabledStreamIsClosedAndANewOneHasAnotherArn() {
    String arn = table("things");
    put("things", "a", "");
    aws.call(
        "dynamodb",
        "UpdateTable",
        "{'TableName':'things','StreamSpecification':{'StreamEnabled':false}}");
    JsonNode page = records(arn);
    assertThat(names(page)).containsExactly("INSERT");
    assertThat(page.has("NextShardIterator")).isFalse();
    String other =
        aws.call(
                "dynamodb",
                "UpdateTable",
                "{'TableName':'things','StreamSpecification':{'StreamEnabled':true,"
                    + "'StreamViewType':'KEYS_ONLY'}}")
            .path("TableDescription")
            .path("LatestStreamArn")
            .asText();
    assertThat(other).isNotEqualTo(arn);
    put("things", "b", "");
    assertThat(names(records(other))).containsExactly("INSERT");
    assertThat(
            aws.call("dynamodbstreams", "ListStreams", "{'TableName':'things'}")
                .path("Streams")
                .size())
        .isEqualTo(2);
  }

  @Test
  void aWriteInvokesTheFunction() throws Exception {
    aws.function("f", "", this::keep);
    String arn = table("things");
    map(arn, "");
    put("things", "a", ",'text':{'S':'hello'}");
    JsonNode record = next().at("/Records/0");
    assertThat(record.path("eventSourceARN").asText()).isEqualTo(arn);
    assertThat(record.at("/dynamodb/NewImage/text/S").asText()).isEqualTo("hello");
    put("things", "b", "");
    assertThat(next().at("/Records/0/dynamodb/Keys/id/S").asText()).isEqualTo("b");
  }

  @Test
  void aFunctionThatFailsLeavesANoticeInTheQueue() throws Exception {
    aws.call("sqs", "CreateQueue", "{'QueueName':'dlq'}");
    aws.function(
        "f",
        "",
        event -> {
          throw new IllegalStateException("poison");
        });
    String arn = table("things");
    map(
        arn,
        ",'MaximumRetryAttempts':2,'DestinationConfig':{'OnFailure':{'Destination':"
            + "'arn:aws:sqs:us-east-1:111111111111:dlq'}}");
    put("things", "a", "");
    aws.until(entry -> entry.event().type().equals("lambda.DestinationDelivered"));
    JsonNode message =
        aws.call(
                "sqs",
                "ReceiveMessage",
                "{'QueueUrl':'http://127.0.0.1/111111111111/dlq','MaxNumberOfMessages':1}")
            .at("/Messages/0/Body");
    assertThat(message.asText())
        .contains("\"approximateInvokeCount\":3", "\"streamArn\":\"" + arn + "\"");
  }

  @Test
  void anExpiredItemReachesTheFunctionAsTheServicesDeletion() throws Exception {
    aws.function("f", "", this::keep);
    String arn = table("things");
    aws.call(
        "dynamodb",
        "UpdateTimeToLive",
        "{'TableName':'things','TimeToLiveSpecification':{'AttributeName':'ttl','Enabled':true}}");
    map(
        arn,
        ",'FilterCriteria':{'Filters':[{'Pattern':'{\\u0022userIdentity\\u0022:"
            + "{\\u0022type\\u0022:[\\u0022Service\\u0022]}}'}]}");
    long soon = aws.simulator.clock().now().plusSeconds(60).getEpochSecond();
    put("things", "a", ",'ttl':{'N':'" + soon + "'}");
    // Expiry makes no clock skip, so something else has to wait beyond it.
    aws.simulator.clock().schedule(Duration.ofMinutes(5), () -> {});
    JsonNode record = next().at("/Records/0");
    assertThat(record.path("eventName").asText()).isEqualTo("REMOVE");
    assertThat(record.at("/userIdentity/principalId").asText()).isEqualTo("dynamodb.amazonaws.com");
  }
}
