// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodbstreams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.contract.TableStreams.Shard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamReadingTest {
  @AutoClose
  private final SimClock clock =
      new SimClock(new ClockMode.Manual(), Instant.parse("2026-01-31T12:00:00Z"), Duration.ZERO);

  private final FakeStreams streams = new FakeStreams();
  private final Dispatcher dispatcher =
      new Dispatcher(clock, new FaultPlan(new Journal(clock), new Ids(1)));

  StreamReadingTest() {
    dispatcher.register(new DynamoDbStreamsService(clock, () -> streams));
  }

  private JsonNode call(String operation, String input) {
    try {
      return dispatcher
          .call(
              "dynamodbstreams",
              operation,
              (ObjectNode) Json.MAPPER.readTree(input.replace('\'', '"')),
              new CallContext("111111111111", "us-east-1", "r", "", new byte[0]))
          .json();
    } catch (IOException badTest) {
      throw new UncheckedIOException(badTest);
    }
  }

  private String iterator(String type, String more) {
    return call(
            "GetShardIterator",
            "{'StreamArn':'"
                + FakeStreams.ARN
                + "','ShardId':'"
                + FakeStreams.SHARD
                + "','ShardIteratorType':'"
                + type
                + "'"
                + more
                + "}")
        .path("ShardIterator")
        .asText();
  }

  private JsonNode records(String iterator, String more) {
    return call("GetRecords", "{'ShardIterator':'" + iterator + "'" + more + "}");
  }

  private static List<Long> places(JsonNode page) {
    var places = new ArrayList<Long>();
    for (JsonNode one : page.path("Records")) {
      places.add(
          new BigInteger(one.path("eventID").asText()).subtract(FakeStreams.FIRST).longValue());
    }
    return places;
  }

  private static String number(long place) {
    return ",'SequenceNumber':'" + FakeStreams.FIRST.add(BigInteger.valueOf(place)) + "'";
  }

  @ParameterizedTest
  @CsvSource({
    "TRIM_HORIZON, -1, 1-2-3",
    "LATEST, -1, ''",
    "AT_SEQUENCE_NUMBER, 2, 2-3",
    "AFTER_SEQUENCE_NUMBER, 2, 3",
    "AT_SEQUENCE_NUMBER, 0, 1-2-3",
    "AFTER_SEQUENCE_NUMBER, 0, 1-2-3",
    "AFTER_SEQUENCE_NUMBER, 3, ''",
    "LATEST, 1, ''"
  })
  void anIteratorBeginsWhereItsTypeSays(String type, long place, String expected) {
    streams.write(3, 10);
    JsonNode page = records(iterator(type, place < 0 ? "" : number(place)), "");
    assertThat(places(page).toString()).isEqualTo(("[" + expected.replace("-", ", ") + "]"));
    assertThat(page.has("NextShardIterator")).isTrue();
  }

  @Test
  void theNextIteratorGoesOnWithLaterRecords() {
    streams.write(3, 10);
    JsonNode page = records(iterator("TRIM_HORIZON", ""), ",'Limit':2");
    assertThat(places(page)).containsExactly(1L, 2L);
    page = records(page.path("NextShardIterator").asText(), "");
    assertThat(places(page)).containsExactly(3L);
    page = records(page.path("NextShardIterator").asText(), "");
    assertThat(places(page)).isEmpty();
    streams.write(1, 10);
    page = records(page.path("NextShardIterator").asText(), "");
    assertThat(places(page)).containsExactly(4L);
  }

  @Test
  void aLatestIteratorStaysWhereItWasTaken() {
    streams.write(1, 10);
    String iterator = iterator("LATEST", "");
    streams.write(1, 10);
    assertThat(places(records(iterator, ""))).containsExactly(2L);
  }

  @Test
  void aPageEndsAtOneMegabyte() {
    streams.write(5, 400 << 10);
    assertThat(places(records(iterator("TRIM_HORIZON", ""), ""))).containsExactly(1L, 2L);
  }

  @Test
  void aClosedShardHasNoIteratorAfterItsEnd() {
    streams.write(3, 10);
    streams.close();
    JsonNode page = records(iterator("TRIM_HORIZON", ""), ",'Limit':2");
    page = records(page.path("NextShardIterator").asText(), "");
    assertThat(places(page)).containsExactly(3L);
    assertThat(page.has("NextShardIterator")).isFalse();
  }

  @Test
  void anEmptyClosedShardIsReadOutAtOnce() {
    streams.close();
    assertThat(records(iterator("TRIM_HORIZON", ""), "").toString()).isEqualTo("{\"Records\":[]}");
  }

  @Test
  void anIteratorExpiresAfterAQuarterOfAnHour() {
    String iterator = iterator("TRIM_HORIZON", "");
    clock.advance(Duration.ofMinutes(15));
    assertThat(records(iterator, "").has("Records")).isTrue();
    clock.advance(Duration.ofMillis(1));
    refused("ExpiredIteratorException", () -> records(iterator, ""))
        .hasMessageContaining("has expired");
  }

  @Test
  void trimmedRecordsCannotBeRead() {
    streams.write(3, 10);
    String oldest = iterator("TRIM_HORIZON", "");
    String first = iterator("AT_SEQUENCE_NUMBER", number(1));
    streams.trim(2);
    refused("TrimmedDataAccessException", () -> records(first, ""));
    refused("TrimmedDataAccessException", () -> iterator("AT_SEQUENCE_NUMBER", number(2)));
    refused("TrimmedDataAccessException", () -> iterator("AFTER_SEQUENCE_NUMBER", number(1)));
    assertThat(places(records(iterator("AFTER_SEQUENCE_NUMBER", number(2)), "")))
        .containsExactly(3L);
    assertThat(places(records(oldest, ""))).containsExactly(3L);
  }

  @Test
  void aMalformedIteratorIsRefused() {
    String good = iterator("TRIM_HORIZON", "");
    for (String bad :
        List.of("x", good.substring(0, good.length() - 4), good.replace("things", "others"))) {
      refused("ValidationException", () -> records(bad, ""))
          .hasMessageContaining("Invalid ShardIterator");
    }
  }

  @Test
  void sequenceNumbersAreChecked() {
    refused("ValidationException", () -> iterator("AT_SEQUENCE_NUMBER", ""));
    refused("ValidationException", () -> iterator("AFTER_SEQUENCE_NUMBER", ""));
    refused("ValidationException", () -> iterator("LATEST", ",'SequenceNumber':'1'"))
        .hasMessageContaining(
            "Value '1' at 'sequenceNumber' failed to satisfy constraint: Member must have length"
                + " greater than or equal to 21");
    refused(
        "ValidationException",
        () -> iterator("AT_SEQUENCE_NUMBER", ",'SequenceNumber':'dddddddddddddddddddddd'"));
  }

  @Test
  void unknownThingsAreNotFound() {
    String arn = FakeStreams.ARN.replace("things", "others");
    refused(
            "ResourceNotFoundException",
            () -> call("DescribeStream", "{'StreamArn':'" + arn + "'}"))
        .hasMessageContaining("Requested resource not found: Stream: " + arn + " not found");
    refused(
            "ResourceNotFoundException",
            () ->
                call(
                    "GetShardIterator",
                    "{'StreamArn':'"
                        + FakeStreams.ARN
                        + "','ShardId':'"
                        + FakeStreams.CHILD
                        + "','ShardIteratorType':'LATEST'}"))
        .hasMessageContaining("Requested resource not found: Shard does not exist");
    refused("ValidationException", () -> call("DescribeStream", "{'StreamArn':'fake-stream'}"))
        .hasMessageContaining("Invalid StreamArn");
  }

  @Test
  void violationsAreCollected() {
    refused("ValidationException", () -> call("GetShardIterator", "{'ShardIteratorType':'X'}"))
        .hasMessageContaining(
            "3 validation errors detected: Value null at 'streamArn' failed to satisfy constraint:"
                + " Member must not be null; Value null at 'shardId' failed to satisfy constraint:"
                + " Member must not be null; Value 'X' at 'shardIteratorType' failed to satisfy"
                + " constraint: Member must satisfy enum value set:");
    for (String input : List.of("{'Limit':0}", "{'Limit':101}", "{'TableName':'a'}")) {
      refused("ValidationException", () -> call("ListStreams", input))
          .hasMessageContaining("1 validation error detected");
    }
    refused("ValidationException", () -> records(iterator("LATEST", ""), ",'Limit':1001"));
  }

  @Test
  void streamsAreListedInPages() {
    String other = FakeStreams.ARN.replace("things", "zebras");
    streams.streams.add(
        FakeStreams.stream(
            other,
            "zebras",
            List.of(new Shard(FakeStreams.SHARD, null, FakeStreams.FIRST, FakeStreams.FIRST))));
    JsonNode page = call("ListStreams", "{'Limit':1}");
    assertThat(page.path("Streams").size()).isEqualTo(1);
    assertThat(page.path("LastEvaluatedStreamArn").asText()).isEqualTo(FakeStreams.ARN);
    page = call("ListStreams", "{'ExclusiveStartStreamArn':'" + FakeStreams.ARN + "'}");
    assertThat(page.toString())
        .isEqualTo(
            ("{'Streams':[{'StreamArn':'"
                    + other
                    + "','TableName':'zebras','StreamLabel':'2026-01-31T12:00:00.123'}]}")
                .replace('\'', '"'));
    assertThat(call("ListStreams", "{'TableName':'things'}").path("Streams").size()).isEqualTo(1);
    assertThat(call("ListStreams", "{'TableName':'nothing'}").path("Streams").size()).isZero();
  }

  @Test
  void shardsAreDescribedInPagesAndByParent() {
    streams.streams.set(
        0,
        FakeStreams.stream(
            FakeStreams.ARN,
            "things",
            List.of(
                new Shard(FakeStreams.SHARD, null, FakeStreams.FIRST, FakeStreams.FIRST),
                new Shard(
                    FakeStreams.CHILD, FakeStreams.SHARD, FakeStreams.FIRST.negate(), null))));
    String arn = "{'StreamArn':'" + FakeStreams.ARN + "'";
    JsonNode page = call("DescribeStream", arn + ",'Limit':1}").path("StreamDescription");
    assertThat(page.path("Shards").toString())
        .isEqualTo(
            ("[{'ShardId':'"
                    + FakeStreams.SHARD
                    + "','SequenceNumberRange':{'StartingSequenceNumber':'"
                    + FakeStreams.FIRST
                    + "','EndingSequenceNumber':'"
                    + FakeStreams.FIRST
                    + "'}}]")
                .replace('\'', '"'));
    assertThat(page.path("LastEvaluatedShardId").asText()).isEqualTo(FakeStreams.SHARD);
    page =
        call("DescribeStream", arn + ",'ExclusiveStartShardId':'" + FakeStreams.SHARD + "'}")
            .path("StreamDescription");
    assertThat(page.at("/Shards/0/ParentShardId").asText()).isEqualTo(FakeStreams.SHARD);
    assertThat(page.has("LastEvaluatedShardId")).isFalse();
    page =
        call(
                "DescribeStream",
                arn
                    + ",'ShardFilter':{'Type':'CHILD_SHARDS','ShardId':'"
                    + FakeStreams.SHARD
                    + "'}}")
            .path("StreamDescription");
    assertThat(page.path("Shards").size()).isEqualTo(1);
    assertThat(page.at("/Shards/0/ShardId").asText()).isEqualTo(FakeStreams.CHILD);
    assertThat(page.path("KeySchema").toString())
        .isEqualTo("[{\"AttributeName\":\"id\",\"KeyType\":\"HASH\"}]");
    assertThat(page.path("CreationRequestDateTime").decimalValue()).isEqualTo("1769860800.123");
  }

  private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> refused(
      String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            AwsException.class, error -> assertThat(error.code()).isEqualTo(code));
  }
}
