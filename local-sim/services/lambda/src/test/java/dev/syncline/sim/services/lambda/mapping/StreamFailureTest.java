// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.services.lambda.mapping.MappingBench.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Retries, partial failures and destinations of mappings from streams, in manual time. */
class StreamFailureTest extends StreamMappingFixture {
  private static String reported(int... places) {
    var failures = new ArrayList<String>();
    for (int place : places) {
      failures.add("{'itemIdentifier':'" + WrittenStream.number(place) + "'}");
    }
    return "{'batchItemFailures':[" + String.join(",", failures) + "]}";
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
}
