// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.contract.TableStreams;
import dev.syncline.sim.service.contract.TableStreams.StreamRecord;
import dev.syncline.sim.services.dynamodb.values.AttributeValue;
import dev.syncline.sim.services.dynamodb.values.Item;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamSwitchTest {
  private static final String TABLE = "arn:aws:dynamodb:us-east-1:111111111111:table/t";
  private static final Item KEY = item("id", "Fred");

  @AutoClose
  private final SimClock clock =
      new SimClock(
          new ClockMode.Manual(), Instant.parse("2026-01-31T12:00:00.123Z"), Duration.ZERO);

  private StreamSwitch streams(Duration delay) {
    return new StreamSwitch(clock, new Ids(1), "us-east-1", delay);
  }

  private static Item item(String name, String value) {
    return new Item(Map.of(name, new AttributeValue.S(value)));
  }

  private static StreamSwitch.Enabled enable(StreamSwitch streams, StreamViewType view) {
    return streams.enable(
        TABLE, "t", List.of(Json.object().put("AttributeName", "id").put("KeyType", "HASH")), view);
  }

  private static List<StreamRecord> all(StreamSwitch streams, String arn) {
    return streams.read(arn, shard(streams, arn).id(), null, 1000, Long.MAX_VALUE);
  }

  private static TableStreams.Shard shard(StreamSwitch streams, String arn) {
    return streams.stream(arn).orElseThrow().shards().getFirst();
  }

  @Test
  void theLabelIsTheCreationTimeAndEndsTheArn() {
    StreamSwitch.Enabled enabled = enable(streams(Duration.ZERO), StreamViewType.KEYS_ONLY);
    assertThat(enabled.label()).isEqualTo("2026-01-31T12:00:00.123");
    assertThat(enabled.arn()).isEqualTo(TABLE + "/stream/2026-01-31T12:00:00.123");
  }

  @Test
  void aRecordHasAwsMembers() {
    StreamSwitch streams = streams(Duration.ZERO);
    String arn = enable(streams, StreamViewType.NEW_AND_OLD_IMAGES).arn();
    streams.listener(TABLE).changed(KEY, null, KEY, false);
    StreamRecord record = all(streams, arn).getFirst();
    JsonNode json = record.json();
    assertThat(json.path("eventID").asText()).matches("[0-9a-f]{32}");
    assertThat(json.path("eventName").asText()).isEqualTo("INSERT");
    assertThat(json.path("eventVersion").asText()).isEqualTo("1.1");
    assertThat(json.path("eventSource").asText()).isEqualTo("aws:dynamodb");
    assertThat(json.path("awsRegion").asText()).isEqualTo("us-east-1");
    assertThat(json.path("dynamodb").path("SequenceNumber").asText()).matches("[0-9]{21,40}");
    assertThat(json.path("dynamodb").toString())
        .isEqualTo(
            ("{'ApproximateCreationDateTime':1769860800,'Keys':{'id':{'S':'Fred'}},"
                    + "'NewImage':{'id':{'S':'Fred'}},'SequenceNumber':'"
                    + record.sequenceNumber()
                    + "','SizeBytes':12,'StreamViewType':'NEW_AND_OLD_IMAGES'}")
                .replace('\'', '"'));
    assertThat(json.has("userIdentity")).isFalse();
    assertThat(record.created()).isEqualTo(Instant.parse("2026-01-31T12:00:00.123Z"));
    assertThat(record.bytes()).isEqualTo(12);
  }

  @ParameterizedTest
  @CsvSource({
    "KEYS_ONLY, false, false, 6",
    "NEW_IMAGE, false, true, 12",
    "OLD_IMAGE, true, false, 12",
    "NEW_AND_OLD_IMAGES, true, true, 18"
  })
  void theViewTypeChoosesTheImages(StreamViewType view, boolean old, boolean latest, long size) {
    StreamSwitch streams = streams(Duration.ZERO);
    String arn = enable(streams, view).arn();
    streams.listener(TABLE).changed(KEY, KEY, KEY, false);
    JsonNode change = all(streams, arn).getFirst().json().path("dynamodb");
    assertThat(change.has("OldImage")).isEqualTo(old);
    assertThat(change.has("NewImage")).isEqualTo(latest);
    assertThat(change.path("SizeBytes").asLong()).isEqualTo(size);
  }

  @Test
  void anInsertHasNoOldImageAndARemovalNoNewOne() {
    StreamSwitch streams = streams(Duration.ZERO);
    String arn = enable(streams, StreamViewType.NEW_AND_OLD_IMAGES).arn();
    streams.listener(TABLE).changed(KEY, null, KEY, false);
    streams.listener(TABLE).changed(KEY, KEY, null, false);
    List<StreamRecord> records = all(streams, arn);
    assertThat(records.get(0).json().path("dynamodb").has("OldImage")).isFalse();
    assertThat(records.get(1).json().path("dynamodb").has("NewImage")).isFalse();
    assertThat(records.get(1).json().path("eventName").asText()).isEqualTo("REMOVE");
  }

  @Test
  void theServiceIsNamedForAnExpiredItem() {
    StreamSwitch streams = streams(Duration.ZERO);
    String arn = enable(streams, StreamViewType.KEYS_ONLY).arn();
    streams.listener(TABLE).changed(KEY, KEY, null, true);
    assertThat(all(streams, arn).getFirst().json().path("userIdentity").toString())
        .isEqualTo("{\"PrincipalId\":\"dynamodb.amazonaws.com\",\"Type\":\"Service\"}");
  }

  @Test
  void numbersGrowAndAreUniqueAndSoAreEventIds() {
    StreamSwitch streams = streams(Duration.ZERO);
    String arn = enable(streams, StreamViewType.KEYS_ONLY).arn();
    for (int i = 0; i < 500; i++) {
      streams.listener(TABLE).changed(KEY, KEY, item("id", "x" + i), false);
    }
    var numbers = new ArrayList<BigInteger>();
    var ids = new HashSet<String>();
    for (StreamRecord record : all(streams, arn)) {
      numbers.add(record.sequenceNumber());
      ids.add(record.json().path("eventID").asText());
    }
    assertThat(numbers).isSorted().doesNotHaveDuplicates().hasSize(500);
    assertThat(ids).hasSize(500);
    assertThat(numbers).allMatch(number -> number.compareTo(shard(streams, arn).first()) > 0);
  }

  @Test
  void readingGoesOnAfterANumberAndStopsAtTheLimits() {
    StreamSwitch streams = streams(Duration.ZERO);
    String arn = enable(streams, StreamViewType.KEYS_ONLY).arn();
    for (int i = 0; i < 10; i++) {
      streams.listener(TABLE).changed(KEY, null, KEY, false);
    }
    String shard = shard(streams, arn).id();
    List<StreamRecord> page = streams.read(arn, shard, null, 4, Long.MAX_VALUE);
    assertThat(page).hasSize(4);
    List<StreamRecord> next =
        streams.read(arn, shard, page.getLast().sequenceNumber(), 100, 6 * 3 + 1);
    assertThat(next).hasSize(3);
    assertThat(next.getFirst().sequenceNumber())
        .isEqualTo(page.getLast().sequenceNumber().add(BigInteger.ONE));
    assertThat(streams.read(arn, shard, null, 5, 1)).as("one at least").hasSize(1);
    assertThat(streams.read(arn, shard, BigInteger.TEN.pow(39), 5, 1)).isEmpty();
    assertThat(streams.read(arn, "other", null, 5, 1)).isEmpty();
    assertThat(streams.read("other", shard, null, 5, 1)).isEmpty();
  }

  @Test
  void aRecordIsTrimmedAfterADay() {
    StreamSwitch streams = streams(Duration.ZERO);
    String arn = enable(streams, StreamViewType.KEYS_ONLY).arn();
    streams.listener(TABLE).changed(KEY, null, KEY, false);
    BigInteger first = all(streams, arn).getFirst().sequenceNumber();
    clock.advance(Duration.ofHours(1));
    streams.listener(TABLE).changed(KEY, KEY, item("id", "later"), false);
    clock.advance(Duration.ofHours(23).minusMillis(1));
    assertThat(all(streams, arn)).hasSize(2);
    clock.advance(Duration.ofMillis(1));
    assertThat(all(streams, arn)).hasSize(1);
    String shard = shard(streams, arn).id();
    assertThat(streams.readable(arn, shard))
        .contains(new TableStreams.Readable(first, first.add(BigInteger.ONE)));
    clock.advance(Duration.ofHours(1));
    assertThat(all(streams, arn)).isEmpty();
    streams.listener(TABLE).changed(KEY, null, KEY, false);
    assertThat(all(streams, arn).getFirst().sequenceNumber())
        .as("numbers go on")
        .isEqualTo(first.add(BigInteger.TWO));
  }

  @Test
  void aDisabledStreamIsClosedAndReadableForADay() {
    StreamSwitch streams = streams(Duration.ZERO);
    String arn = enable(streams, StreamViewType.KEYS_ONLY).arn();
    streams.listener(TABLE).changed(KEY, null, KEY, false);
    clock.advance(Duration.ofHours(1));
    streams.disable(arn);
    streams.listener(TABLE).changed(KEY, KEY, null, false);
    assertThat(all(streams, arn)).hasSize(1);
    assertThat(streams.stream(arn).orElseThrow().status()).isEqualTo("DISABLED");
    assertThat(shard(streams, arn).last()).isEqualTo(all(streams, arn).getLast().sequenceNumber());
    clock.advance(Duration.ofHours(24).minusMillis(1));
    assertThat(streams.streams()).hasSize(1);
    clock.advance(Duration.ofMillis(1));
    assertThat(streams.streams()).isEmpty();
    assertThat(streams.stream(arn)).isEmpty();
  }

  @Test
  void enablingAgainMakesANewStream() {
    StreamSwitch streams = streams(Duration.ZERO);
    String first = enable(streams, StreamViewType.KEYS_ONLY).arn();
    assertThatThrownBy(() -> enable(streams, StreamViewType.KEYS_ONLY))
        .isInstanceOf(IllegalStateException.class);
    streams.disable(first);
    String second = enable(streams, StreamViewType.NEW_IMAGE).arn();
    assertThat(second).as("even in the same millisecond").isNotEqualTo(first);
    streams.listener(TABLE).changed(KEY, null, KEY, false);
    assertThat(all(streams, first)).isEmpty();
    assertThat(all(streams, second)).hasSize(1);
    assertThat(streams.streams().stream().map(TableStreams.Stream::status))
        .containsExactly("DISABLED", "ENABLED");
  }

  @Test
  void readersHearOfRecordsAndOfTheEnd() {
    StreamSwitch streams = streams(Duration.ZERO);
    String arn = enable(streams, StreamViewType.KEYS_ONLY).arn();
    var heard = new AtomicInteger();
    TableStreams.Registration registration = streams.onChange(arn, heard::incrementAndGet);
    streams.listener(TABLE).changed(KEY, null, KEY, false);
    assertThat(heard).hasValue(1);
    streams.disable(arn);
    assertThat(heard).hasValue(2);
    registration.close();
    registration.close();
    streams.disable(arn);
    assertThat(heard).hasValue(2);
  }

  @Test
  void recordsOfATransactionAreHeardOfTogether() {
    StreamSwitch streams = streams(Duration.ZERO);
    String arn = enable(streams, StreamViewType.KEYS_ONLY).arn();
    var seen = new ArrayList<Integer>();
    streams.onChange(arn, () -> seen.add(all(streams, arn).size()));
    streams.together(
        () -> {
          streams.listener(TABLE).changed(KEY, null, KEY, false);
          streams.listener(TABLE).changed(KEY, KEY, null, false);
          return true;
        });
    assertThat(seen).containsExactly(2);
  }

  @Test
  void aDelayHidesRecordsAndWakesReadersWhenTheyAppear() {
    StreamSwitch streams = streams(Duration.ofSeconds(2));
    String arn = enable(streams, StreamViewType.KEYS_ONLY).arn();
    var heard = new AtomicInteger();
    streams.onChange(arn, heard::incrementAndGet);
    streams.listener(TABLE).changed(KEY, null, KEY, false);
    clock.advance(Duration.ofSeconds(1));
    streams.listener(TABLE).changed(KEY, KEY, null, false);
    assertThat(all(streams, arn)).isEmpty();
    assertThat(clock.pendingTimers()).isEqualTo(1);
    clock.advance(Duration.ofSeconds(1));
    assertThat(all(streams, arn)).hasSize(1);
    assertThat(heard).hasValue(1);
    clock.advance(Duration.ofSeconds(1));
    assertThat(all(streams, arn)).hasSize(2);
    assertThat(heard).hasValue(2);
    assertThat(clock.pendingTimers()).isZero();
  }

  @Test
  void nothingIsScheduledWithoutADelay() {
    StreamSwitch streams = streams(Duration.ZERO);
    enable(streams, StreamViewType.KEYS_ONLY);
    streams.listener(TABLE).changed(KEY, null, KEY, false);
    assertThat(clock.pendingTimers()).isZero();
  }

  @Test
  void streamsAreSavedAndRestored() throws Exception {
    StreamSwitch streams = streams(Duration.ZERO);
    String old = enable(streams, StreamViewType.OLD_IMAGE).arn();
    streams.listener(TABLE).changed(KEY, KEY, null, true);
    streams.disable(old);
    clock.advance(Duration.ofMinutes(1));
    String arn = enable(streams, StreamViewType.NEW_AND_OLD_IMAGES).arn();
    streams.listener(TABLE).changed(KEY, null, KEY, false);
    JsonNode saved = Json.MAPPER.readTree(Json.writeBytes(streams.saved()));

    StreamSwitch restored = streams(Duration.ZERO);
    restored.restore(saved);
    assertThat(restored.streams()).isEqualTo(streams.streams());
    assertThat(all(restored, arn)).isEqualTo(all(streams, arn));
    assertThat(all(restored, old)).isEqualTo(all(streams, old));
    restored.listener(TABLE).changed(KEY, KEY, null, false);
    assertThat(all(restored, arn)).hasSize(2);
  }
}
