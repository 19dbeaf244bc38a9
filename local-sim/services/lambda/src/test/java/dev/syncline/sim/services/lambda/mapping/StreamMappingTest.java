// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Delivery, filters, lanes and checkpoints of mappings from streams, in manual time. */
class StreamMappingTest extends StreamMappingFixture {
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
}
