// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.services.dynamodb.TableDescription.Billing;
import dev.syncline.sim.services.dynamodb.TableDescription.Options;
import dev.syncline.sim.services.dynamodb.TableFeatures.TimeToLive;
import dev.syncline.sim.services.dynamodb.data.KeyAttribute;
import dev.syncline.sim.services.dynamodb.data.KeySchema;
import dev.syncline.sim.services.dynamodb.values.AttributeType;
import dev.syncline.sim.services.dynamodb.values.AttributeValue;
import dev.syncline.sim.services.dynamodb.values.DynamoNumber;
import dev.syncline.sim.services.dynamodb.values.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class TableExpiryTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @AutoClose
  private final SimClock clock = new SimClock(new ClockMode.Manual(), START, Duration.ZERO);

  private final DynamoDbEvents events = new DynamoDbEvents(new Journal(clock));
  private final AtomicInteger changes = new AtomicInteger();
  private final List<String> expired = new ArrayList<>();
  private final Table table = table();

  private Table table() {
    var key = new KeySchema(List.of(new KeyAttribute("p", AttributeType.S)), List.of());
    var description =
        new TableDescription(
            "abc",
            "arn",
            "id",
            START,
            TableDescription.ACTIVE,
            Map.of("p", AttributeType.S),
            key,
            List.of(),
            new Billing(true, Throughput.ON_DEMAND, START),
            Options.NONE);
    return new Table(
        description,
        TableFeatures.NONE.withTimeToLive(new TimeToLive(true, "t", START)),
        (itemKey, before, after, byTtl) -> {
          if (byTtl) {
            expired.add(
                Objects.requireNonNull((AttributeValue.S) itemKey.attributes().get("p")).value());
          }
        });
  }

  private TableExpiry expiry(Duration delay) {
    return new TableExpiry(clock, events, delay, changes::incrementAndGet);
  }

  private void put(String id, long secondsFromStart) {
    var item =
        new Item(
            Map.of(
                "p",
                new AttributeValue.S(id),
                "t",
                new AttributeValue.N(
                    DynamoNumber.parse(Long.toString(START.getEpochSecond() + secondsFromStart)))));
    table.data().write(item, before -> item);
  }

  @Test
  void itemsGoWhenTheirTimeHasPassed() {
    put("early", 10);
    expiry(Duration.ZERO).start(table, "t");
    put("late", 30);
    put("middle", 20);
    clock.advance(Duration.ofSeconds(10));
    assertThat(expired).isEmpty();
    clock.advance(Duration.ofMillis(1));
    assertThat(expired).containsExactly("early");
    clock.advance(Duration.ofSeconds(20));
    assertThat(expired).containsExactly("early", "middle", "late");
    assertThat(table.data().itemCount()).isZero();
    assertThat(changes).hasValue(3);
    assertThat(clock.pendingTimers()).isZero();
  }

  @Test
  void anItemWithALaterTimeStays() {
    expiry(Duration.ZERO).start(table, "t");
    put("id", 10);
    put("id", 100);
    clock.advance(Duration.ofSeconds(99));
    assertThat(expired).isEmpty();
    clock.advance(Duration.ofSeconds(2));
    assertThat(expired).containsExactly("id");
  }

  @Test
  void expiredItemsStayForTheDelay() {
    expiry(Duration.ofMinutes(1)).start(table, "t");
    put("id", 10);
    clock.advance(Duration.ofSeconds(70));
    assertThat(expired).isEmpty();
    clock.advance(Duration.ofMillis(1));
    assertThat(expired).containsExactly("id");
  }

  @Test
  void nothingExpiresOnceItIsOff() {
    TableExpiry expiry = expiry(Duration.ZERO);
    expiry.start(table, "t");
    put("id", 10);
    expiry.stop(table);
    clock.advance(Duration.ofSeconds(100));
    assertThat(expired).isEmpty();
    assertThat(clock.pendingTimers()).isZero();
  }

  @Test
  void expiryContinuesInARestoredTable() {
    put("id", 10);
    expiry(Duration.ZERO).resume(table);
    clock.advance(Duration.ofSeconds(11));
    assertThat(expired).containsExactly("id");
  }
}
