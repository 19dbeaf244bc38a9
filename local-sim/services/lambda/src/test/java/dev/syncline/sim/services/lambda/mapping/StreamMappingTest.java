// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.services.lambda.mapping.MappingBench.Answer;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mappings from streams, in manual time. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StreamMappingTest {
  private static final String QUEUE = "arn:aws:sqs:us-east-1:111111111111:dlq";
  private static final String TO_QUEUE =
      ",'DestinationConfig':{'OnFailure':{'Destination':'" + QUEUE + "'}}";

  private final MappingBench bench = new MappingBench();

  @AfterEach
  void close() {
    bench.close();
  }

  private static boolean has(JsonNode event, String key) {
    return StreamSupport.stream(event.path("Records").spliterator(), false)
        .anyMatch(record -> record.at("/dynamodb/Keys/id/S").asText().equals(key));
  }

  private static String reported(int... places) {
    var failures = new ArrayList<String>();
    for (int place : places) {
      failures.add("{'itemIdentifier':'" + WrittenStream.number(place) + "'}");
    }
    return "{'batchItemFailures':[" + String.join(",", failures) + "]}";
  }

  @Test
  void aRecordInvokesTheFunctionAsAwsShapesIt() {
    String uuid = bench.map("");
    assertThat(bench.result(uuid)).isEqualTo("No records processed");
    bench.write("a");
    JsonNode record = bench.events().getFirst().at("/Records/0");
    assertThat(record.path("eventSourceARN").asText()).isEqualTo(WrittenStream.ARN);
    assertThat(record.at("/dynamodb/ApproximateCreationDateTime").isIntegralNumber()).isTrue();
    assertThat(record.at("/dynamodb/NewImage/id/S").asText()).isEqualTo("a");
    assertThat(record.has("userIdentity")).isFalse();
    assertThat(bench.result(uuid)).isEqualTo("OK");
    assertThat(bench.clock.pendingTimers()).as("nothing waits").isZero();
  }

  @Test
  void lambdaSpellsTheIdentityOfTheServiceInItsOwnWay() {
    bench.stream.write("a", 1, true);
    bench.map("");
    assertThat(bench.events().getFirst().at("/Records/0/userIdentity").toString())
        .isEqualTo("{\"type\":\"Service\",\"principalId\":\"dynamodb.amazonaws.com\"}");
  }

  @Test
  void theStartingPositionDecidesAboutOlderRecords() {
    bench.stream.write("old");
    bench.map(",'StartingPosition':'LATEST'");
    assertThat(bench.invocations()).isEmpty();
    bench.write("new");
    assertThat(bench.invocations()).containsExactly(List.of("new"));
    bench.store.remove(bench.store.all().getFirst());
    bench.map("");
    assertThat(bench.invocations()).containsExactly(List.of("old", "new"));
  }

  @Test
  void batchesHaveAtMostTheirSize() {
    bench.stream.write("a", "b", "c", "d", "e");
    bench.map(",'BatchSize':2");
    assertThat(bench.invocations())
        .containsExactly(List.of("a", "b"), List.of("c", "d"), List.of("e"));
  }

  @Test
  void aBatchHasAtMostSixMegabytes() {
    for (String key : List.of("a", "b", "c", "d")) {
      bench.stream.write(key, 2 << 20, false);
    }
    bench.map("");
    assertThat(bench.invocations()).containsExactly(List.of("a", "b"), List.of("c", "d"));
  }

  @Test
  void aBatchingWindowWaitsForAFullBatchOrItsEnd() {
    bench.map(",'BatchSize':3,'MaximumBatchingWindowInSeconds':5");
    bench.write("a");
    assertThat(bench.clock.pendingTimers()).isEqualTo(1);
    bench.advance(Duration.ofSeconds(4));
    bench.write("b");
    assertThat(bench.invocations()).isEmpty();
    bench.advance(Duration.ofSeconds(1));
    assertThat(bench.invocations()).containsExactly(List.of("a", "b"));
    bench.write("c", "d", "e", "f");
    assertThat(bench.invocations()).containsExactly(List.of("c", "d", "e"));
    assertThat(bench.clock.pendingTimers()).as("the window of f").isEqualTo(1);
    bench.advance(Duration.ofSeconds(5));
    assertThat(bench.invocations()).containsExactly(List.of("f"));
    assertThat(bench.clock.pendingTimers()).isZero();
  }

  @Test
  void aFailedBatchBlocksTheShardUntilItsRetriesAreUsedUp() {
    bench.function = event -> has(event, "bad") ? Answer.FAILURE : Answer.of("null");
    String uuid = bench.map(",'BatchSize':1,'MaximumRetryAttempts':2" + TO_QUEUE);
    bench.write("bad", "good");
    assertThat(bench.invocations()).containsExactly(List.of("bad"));
    assertThat(bench.result(uuid)).isEqualTo("PROBLEM: Function call failed");
    bench.advance(Duration.ofMillis(500));
    assertThat(bench.invocations()).containsExactly(List.of("bad"));
    bench.advance(Duration.ofSeconds(1));
    assertThat(bench.invocations()).containsExactly(List.of("bad"), List.of("good"));
    JsonNode notice = bench.notice();
    assertThat(notice.path("requestContext").path("requestId").asText()).hasSize(36);
    ((ObjectNode) notice.path("requestContext")).remove("requestId");
    assertThat(notice)
        .isEqualTo(
            MappingBench.json(
                ("{'requestContext':{'functionArn':'"
                    + MappingBench.FUNCTION
                    + "','condition':'RetryAttemptsExhausted','approximateInvokeCount':3},"
                    + "'responseContext':{'statusCode':200,'executedVersion':'$LATEST',"
                    + "'functionError':'Unhandled'},'version':'1.0',"
                    + "'timestamp':'2026-01-31T12:00:01.500Z','DDBStreamBatchInfo':{"
                    + "'shardId':'"
                    + WrittenStream.SHARD
                    + "','startSequenceNumber':'"
                    + WrittenStream.number(1)
                    + "','endSequenceNumber':'"
                    + WrittenStream.number(1)
                    + "','approximateArrivalOfFirstRecord':'2026-01-31T12:00:00Z',"
                    + "'approximateArrivalOfLastRecord':'2026-01-31T12:00:00Z',"
                    + "'batchSize':1,'streamArn':'"
                    + WrittenStream.ARN
                    + "'}}")));
    assertThat(bench.notices).isEmpty();
  }

  @Test
  void aBucketGetsTheRecordsToo() {
    bench.function = event -> Answer.FAILURE;
    String uuid =
        bench.map(
            ",'MaximumRetryAttempts':0,"
                + "'DestinationConfig':{'OnFailure':{'Destination':'arn:aws:s3:::b'}}");
    bench.write("bad");
    ObjectNode object = bench.object();
    assertThat(object.path("Bucket").asText()).isEqualTo("b");
    assertThat(object.path("Key").asText())
        .matches(
            "aws/lambda/"
                + uuid
                + "/"
                + WrittenStream.SHARD
                + "/2026/01/31/2026-01-31T12\\.00\\.00-[0-9a-f-]{36}");
    assertThat(object.at("/Body/requestContext/approximateInvokeCount").asInt()).isEqualTo(1);
    assertThat(MappingBench.json(object.at("/Body/payload").asText()).at("/Records/0/eventID"))
        .isEqualTo(Json.object().textNode("e1"));
  }

  @Test
  void withoutALimitABatchIsRetriedUntilTheStreamForgetsIt() {
    bench.function = event -> has(event, "bad") ? Answer.FAILURE : Answer.of("null");
    bench.map(",'BatchSize':1" + TO_QUEUE);
    bench.write("bad", "good");
    for (int i = 0; i < 24 * 60; i++) {
      bench.clock.advance(Duration.ofMinutes(1));
      bench.quiet();
    }
    assertThat(bench.notices).isEmpty();
    bench.clock.advance(Duration.ofMinutes(2));
    bench.quiet();
    assertThat(bench.notice().at("/requestContext/condition").asText())
        .isEqualTo("RecordAgeExceeded");
  }

  @Test
  void recordsThatAreTooOldAreDroppedAndTheRestIsDelivered() {
    bench.stream.write("old");
    bench.clock.advance(Duration.ofSeconds(61));
    bench.stream.write("new");
    bench.map(",'MaximumRecordAgeInSeconds':60" + TO_QUEUE);
    assertThat(bench.invocations()).containsExactly(List.of("new"));
    JsonNode notice = bench.notice();
    assertThat(notice.at("/requestContext/condition").asText()).isEqualTo("RecordAgeExceeded");
    assertThat(notice.at("/requestContext/approximateInvokeCount").asInt()).isEqualTo(1);
    assertThat(notice.has("responseContext")).isFalse();
    assertThat(notice.at("/DDBStreamBatchInfo/batchSize").asInt()).isEqualTo(1);
  }

  @Test
  void aRecordThatBecomesTooOldBetweenRetriesIsDropped() {
    bench.function = event -> Answer.FAILURE;
    bench.map(",'MaximumRecordAgeInSeconds':60" + TO_QUEUE);
    bench.write("a");
    bench.advance(Duration.ofSeconds(64));
    assertThat(bench.invocations()).as("at 0, 0.5, 1.5, 3.5, 7.5, 15.5 and 31.5 s").hasSize(7);
    assertThat(bench.notice().at("/requestContext/approximateInvokeCount").asInt())
        .as("as recorded from AWS")
        .isEqualTo(8);
  }

  @Test
  void aBatchIsCutInTwoUntilTheBadRecordIsAlone() {
    bench.function = event -> has(event, "bad") ? Answer.FAILURE : Answer.of("null");
    bench.map(",'BisectBatchOnFunctionError':true,'MaximumRetryAttempts':1" + TO_QUEUE);
    bench.stream.write("a", 1, false);
    bench.stream.write("b", 1, false);
    bench.stream.write("bad", 1, false);
    bench.write("d");
    bench.advance(Duration.ofSeconds(30));
    assertThat(bench.invocations())
        .containsExactly(
            List.of("a", "b", "bad", "d"),
            List.of("a", "b"),
            List.of("bad", "d"),
            List.of("bad"),
            List.of("bad"),
            List.of("d"));
    JsonNode info = bench.notice().path("DDBStreamBatchInfo");
    assertThat(info.path("batchSize").asInt()).isEqualTo(1);
    assertThat(info.path("startSequenceNumber").asText())
        .isEqualTo(WrittenStream.number(3).toString());
  }

  @Test
  void aPartialFailureIsTriedAgainFromTheLowestNumber() {
    bench.function = event -> has(event, "c") ? Answer.of(reported(4, 3)) : Answer.of("null");
    bench.map(
        ",'FunctionResponseTypes':['ReportBatchItemFailures'],'MaximumRetryAttempts':3" + TO_QUEUE);
    bench.write("a", "b", "c", "d");
    bench.advance(Duration.ofSeconds(30));
    assertThat(bench.invocations())
        .containsExactly(
            List.of("a", "b", "c", "d"), List.of("c", "d"), List.of("c", "d"), List.of("c", "d"));
    JsonNode notice = bench.notice();
    assertThat(notice.at("/requestContext/approximateInvokeCount").asInt()).isEqualTo(4);
    assertThat(notice.path("responseContext").get("functionError").isNull()).isTrue();
    assertThat(notice.at("/DDBStreamBatchInfo/batchSize").asInt()).isEqualTo(2);
  }

  @Test
  void withBisectionAPartialFailureCutsAtItsNumber() {
    bench.function = event -> has(event, "c") ? Answer.of(reported(3)) : Answer.of("null");
    bench.map(
        ",'FunctionResponseTypes':['ReportBatchItemFailures'],'MaximumRetryAttempts':0,"
            + "'BisectBatchOnFunctionError':true"
            + TO_QUEUE);
    bench.write("a", "b", "c", "d");
    bench.advance(Duration.ofSeconds(30));
    assertThat(bench.invocations())
        .containsExactly(
            List.of("a", "b", "c", "d"), List.of("c", "d"), List.of("c"), List.of("d"));
    assertThat(bench.notice().at("/DDBStreamBatchInfo/batchSize").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "{}",
        "[]",
        "''",
        "{'batchItemFailures':[]}",
        "{'batchItemFailures':null}"
      })
  void anAnswerWithoutFailuresIsASuccess(String answer) {
    bench.function = event -> Answer.of(answer);
    String uuid = bench.map(",'FunctionResponseTypes':['ReportBatchItemFailures']");
    bench.write("a");
    assertThat(bench.result(uuid)).isEqualTo("OK");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'batchItemFailures':[{'itemIdentifier':''}]}",
        "{'batchItemFailures':[{'itemIdentifier':null}]}",
        "{'batchItemFailures':[{'foo':'1'}]}",
        "{'batchItemFailures':[{'foo':null}]}",
        "{'batchItemFailures':[{'itemIdentifier':'7'}]}"
      })
  void aMalformedAnswerFailsTheWholeBatch(String answer) {
    bench.function = event -> Answer.of(answer);
    bench.map(
        ",'FunctionResponseTypes':['ReportBatchItemFailures'],'MaximumRetryAttempts':3" + TO_QUEUE);
    bench.write("a");
    bench.advance(Duration.ofSeconds(30));
    assertThat(bench.invocations()).hasSize(4);
    JsonNode notice = bench.notice();
    assertThat(notice.at("/requestContext/approximateInvokeCount").asInt()).isEqualTo(4);
    assertThat(notice.path("responseContext").get("functionError").isNull()).isTrue();
  }

  @Test
  void aThrottledInvocationTakesNoAttempt() {
    bench.function =
        event -> {
          throw MappingBench.throttled();
        };
    String uuid = bench.map(",'MaximumRetryAttempts':0" + TO_QUEUE);
    bench.write("a");
    bench.advance(Duration.ofSeconds(10));
    assertThat(bench.invocations()).hasSizeGreaterThan(3);
    assertThat(bench.result(uuid)).isEqualTo("PROBLEM: Rate Exceeded.");
    bench.function = event -> Answer.of("null");
    bench.advance(Duration.ofSeconds(10));
    assertThat(bench.result(uuid)).isEqualTo("OK");
    assertThat(bench.notices).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'dynamodb':{'NewImage':{'id':{'S':['a']}}}} | a",
        "{'dynamodb':{'NewImage':{'id':['a']}}} | ",
        "{'dynamodb':{'NewImage':{'n':{'N':[{'numeric':['>',1]}]}}}} | ",
        "{'dynamodb':{'NewImage':{'n':{'N':['5']}}}} | a b",
        "{'dynamodb':{'ApproximateCreationDateTime':[{'numeric':['>',1]}]}} | a b",
        "{'dynamodb':{'NewImage':{'id':{'S':[{'anything-but':['a']}]}}}} | b",
        "{'dynamodb':{'NewImage':{'id':{'S':[{'prefix':'a'}]}}}} | a",
        "{'dynamodb':{'NewImage':{'id':{'S':[{'exists':true}]}}}} | a b",
        "{'dynamodb':{'NewImage':{'id':[{'exists':false}]}}} | a b",
        "{'dynamodb':{'NewImage':{'id':{'S':[{'exists':false}]}}}} | ",
        "{'eventName':['REMOVE']} | ",
        "{'eventName':['INSERT']} | a b"
      })
  void filtersSeeTheTypedRecord(String pattern, String keys) {
    bench.map(
        ",'FilterCriteria':{'Filters':[{'Pattern':'" + pattern.replace("'", "\\u0022") + "'}]}");
    bench.write("a", "b");
    assertThat(bench.invocations())
        .isEqualTo(keys == null ? List.of() : List.of(List.of(keys.split(" "))));
  }

  @Test
  void filteredRecordsAreDoneWith() {
    String uuid =
        bench.map(
            ",'FilterCriteria':{'Filters':[{'Pattern':'{\\u0022eventName\\u0022:"
                + "[\\u0022REMOVE\\u0022]}'}]}");
    bench.write("a");
    bench.update(uuid, ",'FilterCriteria':{'Filters':[]}");
    bench.write("b");
    assertThat(bench.invocations()).containsExactly(List.of("b"));
  }

  @Test
  void progressWithoutACallIsCountedAsAChangeToSave() {
    bench.map(
        ",'FilterCriteria':{'Filters':[{'Pattern':'{\\u0022eventName\\u0022:"
            + "[\\u0022REMOVE\\u0022]}'}]}");
    long before = bench.dispatcher.calls();
    bench.write("a");
    long after = bench.dispatcher.calls();
    assertThat(after).isGreaterThan(before);
    bench.stream.write();
    bench.quiet();
    assertThat(bench.dispatcher.calls()).as("nothing has changed").isEqualTo(after);
  }

  @Test
  void lanesKeepTheOrderOfAKeyAndDoNotBlockEachOther() {
    bench.function = event -> has(event, "k0") ? Answer.FAILURE : Answer.of("null");
    bench.map(",'ParallelizationFactor':4,'BatchSize':1");
    var keys = new ArrayList<String>();
    for (int i = 0; i < 40; i++) {
      keys.add("k" + i % 20);
    }
    bench.write(keys.toArray(String[]::new));
    List<List<String>> seen = bench.invocations();
    assertThat(seen).contains(List.of("k0"));
    assertThat(seen.stream().flatMap(List::stream).distinct().count())
        .as("keys of other lanes go on")
        .isBetween(8L, 19L);
    bench.function = event -> Answer.of("null");
    bench.advance(Duration.ofSeconds(1));
    assertThat(seen.size() - 1 + bench.invocations().size()).isEqualTo(40);
  }

  @Test
  void anotherNumberOfLanesLeavesNoRecordOut() {
    String uuid = bench.map(",'ParallelizationFactor':1");
    bench.write("a", "b");
    bench.update(uuid, ",'ParallelizationFactor':3");
    bench.write("c", "d", "e");
    assertThat(bench.invocations().stream().flatMap(List::stream))
        .containsExactlyInAnyOrder("a", "b", "c", "d", "e");
  }

  @Test
  void concurrentWritesFailuresAndChangesLoseNothingAndKeepTheOrderOfAKey() throws Exception {
    int writers = 4;
    int each = 500;
    Map<String, Integer> newest = new ConcurrentHashMap<>();
    List<String> disorder = new CopyOnWriteArrayList<>();
    var calls = new AtomicInteger();
    bench.function =
        event -> {
          if (calls.incrementAndGet() % 7 == 0) {
            return Answer.FAILURE;
          }
          for (JsonNode record : event.path("Records")) {
            String[] key = record.at("/dynamodb/Keys/id/S").asText().split("-", -1);
            int place =
                new BigInteger(record.at("/dynamodb/SequenceNumber").asText())
                    .subtract(WrittenStream.number(0))
                    .intValue();
            newest.merge(
                key[0],
                place,
                (before, now) -> {
                  if (now <= before) {
                    disorder.add(key[0] + ": " + before + " before " + now);
                  }
                  return Math.max(before, now);
                });
          }
          return Answer.of("null");
        };
    String uuid = bench.map(",'ParallelizationFactor':4,'BatchSize':9");
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < writers; i++) {
      int writer = i;
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (int j = 0; j < each; j++) {
                      bench.stream.write("w" + writer + "k" + j % 5);
                    }
                  }));
    }
    for (int i = 0; i < 20; i++) {
      bench.update(uuid, ",'BatchSize':" + (5 + i));
      bench.clock.advance(Duration.ofSeconds(1));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    while (bench.clock.pendingTimers() > 0) {
      bench.advance(Duration.ofSeconds(1));
    }
    bench.quiet();
    assertThat(bench.invocations().stream().mapToInt(List::size).sum())
        .as("each record at least once")
        .isGreaterThanOrEqualTo(writers * each);
    assertThat(newest.values().stream().max(Integer::compare)).contains(writers * each);
    assertThat(disorder).isEmpty();
  }

  @Test
  void aDisabledMappingKeepsItsCheckpoint() {
    String uuid = bench.map("");
    bench.write("a");
    bench.update(uuid, ",'Enabled':false");
    assertThat(bench.stream.isRead()).isFalse();
    bench.write("b");
    assertThat(bench.invocations()).containsExactly(List.of("a"));
    bench.update(uuid, ",'Enabled':true");
    assertThat(bench.invocations()).containsExactly(List.of("b"));
  }

  @Test
  void disablingGivesUpARetryAndEnablingBeginsAtTheCheckpoint() {
    bench.function = event -> Answer.FAILURE;
    String uuid = bench.map("");
    bench.write("a");
    assertThat(bench.clock.pendingTimers()).isEqualTo(1);
    bench.update(uuid, ",'Enabled':false");
    assertThat(bench.clock.pendingTimers()).isZero();
    bench.function = event -> Answer.of("null");
    bench.invocations();
    bench.update(uuid, ",'Enabled':true");
    assertThat(bench.invocations()).containsExactly(List.of("a"));
  }

  @Test
  void checkpointsOutliveARestart() throws Exception {
    bench.function = event -> has(event, "b") ? Answer.FAILURE : Answer.of("null");
    String uuid = bench.map(",'BatchSize':1" + TO_QUEUE);
    JsonNode before = bench.call("GetEventSourceMapping", "{'UUID':'" + uuid + "'}");
    bench.write("a", "b");
    JsonNode saved = Json.MAPPER.readTree(Json.writeBytes(bench.store.saved()));
    bench.store.close();
    bench.invocations();
    bench.function = event -> Answer.of("null");
    MappingStore restored = bench.restart();
    restored.restore(saved);
    restored.resume();
    bench.quiet();
    assertThat(bench.invocations()).containsExactly(List.of("b"));
    JsonNode after = bench.call("GetEventSourceMapping", "{'UUID':'" + uuid + "'}");
    ((ObjectNode) after).set("LastProcessingResult", before.get("LastProcessingResult"));
    assertThat(after).isEqualTo(before);
  }

  @Test
  void aChildShardBeginsWhenItsParentIsDone() {
    bench.function = event -> has(event, "a") ? Answer.FAILURE : Answer.of("null");
    bench.map(",'StartingPosition':'TRIM_HORIZON'");
    bench.write("a");
    bench.stream.roll();
    bench.write("b");
    assertThat(bench.invocations()).containsExactly(List.of("a"));
    bench.function = event -> Answer.of("null");
    bench.advance(Duration.ofMillis(500));
    assertThat(bench.invocations()).containsExactly(List.of("a"), List.of("b"));
    bench.write("c");
    assertThat(bench.invocations()).containsExactly(List.of("c"));
  }

  @Test
  void theJournalHasFailuresAndDroppedRecords() {
    bench.function = event -> Answer.FAILURE;
    bench.map(",'MaximumRetryAttempts':0" + TO_QUEUE);
    bench.write("a");
    assertThat(bench.journal.since(0).stream().map(entry -> entry.event().type()))
        .containsExactly(
            "lambda.StreamBatchFailed",
            "lambda.StreamRecordsDropped",
            "lambda.DestinationDelivered");
  }

  @Test
  void theDefaultsAreShownAsAwsShowsThem() {
    JsonNode created =
        bench.call(
            "CreateEventSourceMapping",
            "{'FunctionName':'f','EventSourceArn':'"
                + WrittenStream.ARN
                + "','StartingPosition':'TRIM_HORIZON'}");
    ObjectNode shown = created.deepCopy();
    String uuid = shown.remove("UUID").asText();
    shown.remove("LastModified");
    assertThat(MappingBench.json(shown.toString()))
        .isEqualTo(
            MappingBench.json(
                ("{'BatchSize':100,'BisectBatchOnFunctionError':false,"
                    + "'DestinationConfig':{'OnFailure':{}},'EventSourceArn':'"
                    + WrittenStream.ARN
                    + "','EventSourceMappingArn':"
                    + "'arn:aws:lambda:us-east-1:111111111111:event-source-mapping:"
                    + uuid
                    + "','FunctionArn':'"
                    + MappingBench.FUNCTION
                    + "','FunctionResponseTypes':[],'LastProcessingResult':'No records processed',"
                    + "'MaximumBatchingWindowInSeconds':0,'MaximumRecordAgeInSeconds':-1,"
                    + "'MaximumRetryAttempts':-1,'ParallelizationFactor':1,"
                    + "'StartingPosition':'TRIM_HORIZON','State':'Creating',"
                    + "'StateTransitionReason':'User action','TumblingWindowInSeconds':0}")));
    assertThat(state("GetEventSourceMapping", uuid, "")).isEqualTo("Enabled");
    assertThat(state("UpdateEventSourceMapping", uuid, ",'Enabled':false")).isEqualTo("Disabling");
    assertThat(state("GetEventSourceMapping", uuid, "")).isEqualTo("Disabled");
    assertThat(state("DeleteEventSourceMapping", uuid, "")).isEqualTo("Deleting");
    assertThatThrownBy(() -> state("GetEventSourceMapping", uuid, ""))
        .isInstanceOfSatisfying(
            AwsException.class,
            error -> assertThat(error.code()).isEqualTo("ResourceNotFoundException"));
  }

  private String state(String operation, String uuid, String more) {
    return bench.call(operation, "{'UUID':'" + uuid + "'" + more + "}").path("State").asText();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'StartingPosition':null | InvalidParameterValueException | 1 validation error detected:"
            + " Value null at 'startingPosition' failed to satisfy constraint: Member must not be"
            + " null.",
        "'StartingPosition':'invalid' | ValidationException | 1 validation error detected: Value"
            + " 'invalid' at 'startingPosition' failed to satisfy constraint: Member must satisfy"
            + " enum value set: [LATEST, AT_TIMESTAMP, TRIM_HORIZON]",
        "'StartingPosition':'AT_TIMESTAMP' | InvalidParameterValueException | Unsupported starting"
            + " position for arn type: "
            + WrittenStream.ARN,
        "'StartingPosition':'LATEST','BatchSize':0 | ValidationException | 1 validation error"
            + " detected: Value '0' at 'batchSize' failed to satisfy constraint: Member must have"
            + " value greater than or equal to 1",
        "'StartingPosition':'LATEST','ParallelizationFactor':11 | ValidationException | 1"
            + " validation error detected: Value '11' at 'parallelizationFactor' failed to satisfy"
            + " constraint: Member must have value less than or equal to 10",
        "'StartingPosition':'LATEST','TumblingWindowInSeconds':5 | InvalidParameterValueException |"
            + " The simulator does not support TumblingWindowInSeconds above 0 for event source"
            + " mappings.",
        "'StartingPosition':'LATEST','DestinationConfig':{'OnFailure':{'Destination':"
            + "'arn:aws:sns:us-east-1:111111111111:t'}} | InvalidParameterValueException | The"
            + " simulator does not support the service 'sns' as a destination of event source"
            + " mappings.",
        "'StartingPosition':'LATEST','FilterCriteria':{'Filters':[{'Pattern':'single-string'}]} |"
            + " InvalidParameterValueException | Invalid filter pattern definition."
      },
      quoteCharacter = '`')
  void whatCannotWorkIsRefused(String members, String code, String message) {
    assertThatThrownBy(
            () ->
                bench.call(
                    "CreateEventSourceMapping",
                    "{'FunctionName':'f','EventSourceArn':'"
                        + WrittenStream.ARN
                        + "',"
                        + members
                        + "}"))
        .isInstanceOfSatisfying(
            AwsException.class,
            error -> {
              assertThat(error.text()).isEqualTo(message);
              assertThat(error.code()).isEqualTo(code);
            });
  }

  @Test
  void unknownFunctionsAndSourcesAreRefusedAndListNothing() {
    assertThatThrownBy(() -> bench.call("CreateEventSourceMapping", "{'FunctionName':'none'}"))
        .hasMessage("Unrecognized event source.");
    String queue = "'EventSourceArn':'arn:aws:sqs:us-east-1:111111111111:q'";
    assertThatThrownBy(
            () -> bench.call("CreateEventSourceMapping", "{'FunctionName':'none'," + queue + "}"))
        .hasMessage("Function does not exist");
    assertThatThrownBy(
            () ->
                bench.call(
                    "CreateEventSourceMapping",
                    "{'FunctionName':'none',"
                        + queue
                        + ",'DestinationConfig':{'OnSuccess':{'Destination':'"
                        + QUEUE
                        + "'}}}"))
        .hasMessage("Unsupported DestinationConfig parameter for given event source mapping type.");
    bench.map("");
    assertThat(listed("{'FunctionName':'none'}")).isZero();
    assertThat(listed("{" + queue + "}")).isZero();
    assertThat(listed("{'FunctionName':'f'}")).isEqualTo(1);
    assertThat(listed("{'EventSourceArn':'" + WrittenStream.ARN + "'}")).isEqualTo(1);
  }

  private int listed(String filter) {
    return bench.call("ListEventSourceMappings", filter).path("EventSourceMappings").size();
  }

  @Test
  void anUnknownStreamAndASecondMappingAreRefused() {
    String unknown = WrittenStream.ARN.replace("things", "others");
    assertThatThrownBy(
            () ->
                bench.call(
                    "CreateEventSourceMapping",
                    "{'FunctionName':'f','StartingPosition':'LATEST','EventSourceArn':'"
                        + unknown
                        + "'}"))
        .hasMessage("Stream not found: " + unknown);
    String uuid = bench.map("");
    assertThatThrownBy(() -> bench.map(""))
        .isInstanceOfSatisfying(
            AwsException.class, error -> assertThat(error.status()).isEqualTo(409))
        .hasMessage(
            "The event source arn (\" "
                + WrittenStream.ARN
                + " \") and function (\" f \") provided mapping already exists. Please update or"
                + " delete the existing mapping with UUID "
                + uuid);
  }
}
