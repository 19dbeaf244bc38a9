// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.data;

import static dev.syncline.sim.services.dynamodb.data.Samples.eq;
import static dev.syncline.sim.services.dynamodb.data.Samples.global;
import static dev.syncline.sim.services.dynamodb.data.Samples.item;
import static dev.syncline.sim.services.dynamodb.data.Samples.key;
import static dev.syncline.sim.services.dynamodb.data.Samples.put;
import static dev.syncline.sim.services.dynamodb.data.Samples.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.services.dynamodb.values.Item;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ExpiryTest {
  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

  private final List<String> heard = new ArrayList<>();
  private final TableData table =
      new TableData(
          key("p:S"),
          List.of(global("g", key("h:S"))),
          (key, before, after, expired) -> {
            if (expired) {
              heard.add(key + " " + before + " " + after);
            }
          });

  private static long in(long seconds) {
    return NOW.getEpochSecond() + seconds;
  }

  private void expireAt(Instant time, String... keys) {
    assertThat(table.removeExpired(time))
        .extracting(change -> Samples.plain(deleted(change).get("p")))
        .containsExactly(keys);
  }

  private static Item deleted(Change change) {
    assertThat(change.after()).isNull();
    return Objects.requireNonNull(change.before());
  }

  @Test
  void anItemExpiresOnceItsTimeHasPassed() {
    table.expireBy("t");
    Item item = item("p", "a", "h", "x", "t", in(60));
    put(table, item);

    assertThat(table.nextExpiry()).isEqualTo(NOW.plusSeconds(60).plusMillis(1));
    expireAt(NOW.plusSeconds(60));
    assertThat(table.get(item("p", "a"))).isEqualTo(item);
    expireAt(NOW.plusSeconds(60).plusMillis(1), "a");
    assertThat(table.get(item("p", "a"))).isNull();
    assertThat(query(table, ReadOptions.ALL.withIndex("g"), eq("h", "x")).items()).isEmpty();
    assertThat(table.nextExpiry()).isNull();
    assertThat(heard).containsExactly(item("p", "a") + " " + item + " null");
  }

  @Test
  void anyDecimalFormCountsAndOtherValuesNever() {
    table.expireBy("t");
    put(table, item("p", "fraction", "t", new BigDecimal(in(1) + ".5")));
    put(table, item("p", "exponent", "t", new BigDecimal("1.7E+9")));
    put(table, item("p", "text", "t", String.valueOf(in(1))));
    put(table, item("p", "zero", "t", 0));
    put(table, item("p", "negative", "t", -5));
    put(table, item("p", "huge", "t", new BigDecimal("1E+100")));
    put(table, item("p", "tiny", "t", new BigDecimal("1E-100")));
    put(table, item("p", "milliseconds", "t", NOW.toEpochMilli()));
    put(table, item("p", "none"));

    expireAt(NOW.plusMillis(1500), "exponent");
    expireAt(NOW.plusMillis(1501), "fraction");
    expireAt(NOW.plus(Duration.ofDays(365 * 4)));
    assertThat(table.itemCount()).isEqualTo(7);
  }

  @Test
  void whatIsFiveYearsOldDoesNotExpire() {
    table.expireBy("t");
    long fiveYears = ExpiryIndex.MAX_AGE.toSeconds();
    put(table, item("p", "older", "t", in(-fiveYears - 1)));
    put(table, item("p", "younger", "t", in(-fiveYears)));

    expireAt(NOW, "younger");
    assertThat(table.nextExpiry()).isNull();
    assertThat(table.itemCount()).isEqualTo(1);
  }

  @Test
  void itemsExpireInOrderAndAfterChangesOfTheirTime() {
    table.expireBy("t");
    put(table, item("p", "a", "t", in(10)));
    put(table, item("p", "b", "t", in(5)));
    put(table, item("p", "c", "t", in(1)));
    put(table, item("p", "d", "t", in(1)));
    put(table, item("p", "c", "t", in(100)));
    put(table, item("p", "d"));

    assertThat(table.nextExpiry()).isEqualTo(NOW.plusSeconds(5).plusMillis(1));
    expireAt(NOW.plusSeconds(50), "b", "a");
    assertThat(table.nextExpiry()).isEqualTo(NOW.plusSeconds(100).plusMillis(1));
    Samples.delete(table, item("p", "c"));
    assertThat(table.nextExpiry()).isNull();
  }

  @Test
  void theAttributeMayBeChosenLaterChangedAndDropped() {
    put(table, item("p", "a", "t", in(10), "u", in(20)));
    assertThat(table.nextExpiry()).isNull();

    table.expireBy("t");
    assertThat(table.nextExpiry()).isEqualTo(NOW.plusSeconds(10).plusMillis(1));
    table.expireBy("u");
    assertThat(table.nextExpiry()).isEqualTo(NOW.plusSeconds(20).plusMillis(1));
    table.expireBy(null);
    assertThat(table.nextExpiry()).isNull();
    expireAt(NOW.plusSeconds(1000));
  }

  @Test
  void theKeyMayBeTheAttribute() {
    var byTime = Samples.table(key("t:N"));
    byTime.expireBy("t");
    put(byTime, item("t", in(1)));

    assertThat(byTime.removeExpired(NOW.plusSeconds(2))).hasSize(1);
    assertThat(byTime.itemCount()).isZero();
  }

  @Test
  void manyItemsExpireAtOnce() {
    table.expireBy("t");
    for (int i = 0; i < 1000; i++) {
      put(table, item("p", "k" + i, "t", in(i % 3)));
    }

    assertThat(table.removeExpired(NOW.plusSeconds(10))).hasSize(1000);
    assertThat(table.itemCount()).isZero();
  }

  @Test
  void aTransactionThatIsTakenBackRestoresTheExpiry() {
    table.expireBy("t");
    put(table, item("p", "a", "t", in(10)));

    try {
      TableData.locked(
          List.of(table),
          () -> {
            put(table, item("p", "a", "t", in(99)));
            throw new IllegalStateException("taken back");
          });
    } catch (IllegalStateException takenBack) {
      assertThat(takenBack).hasMessage("taken back");
    }

    assertThat(table.nextExpiry()).isEqualTo(NOW.plusSeconds(10).plusMillis(1));
  }
}
