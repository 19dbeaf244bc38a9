// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.data;

import static dev.syncline.sim.services.dynamodb.data.Samples.global;
import static dev.syncline.sim.services.dynamodb.data.Samples.including;
import static dev.syncline.sim.services.dynamodb.data.Samples.key;
import static dev.syncline.sim.services.dynamodb.data.Samples.keysOnly;
import static dev.syncline.sim.services.dynamodb.data.Samples.local;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.services.dynamodb.expressions.KeyCondition;
import dev.syncline.sim.services.dynamodb.values.AttributeType;
import dev.syncline.sim.services.dynamodb.values.AttributeValue;
import dev.syncline.sim.services.dynamodb.values.Item;
import dev.syncline.sim.services.dynamodb.values.Sizes;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random writes by every path of the engine against {@link ModelTable}: table, indexes and changes
 * agree at all times, and the changes rebuild the table.
 */
class TableDataPropertyTest {
  private static final int STEPS = 600;
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final KeySchema KEY = key("p:S", "r:N");
  private static final IndexSchema LOCAL = keysOnly(local("local", key("p:S", "s:S")));
  private static final IndexSchema PLAIN = global("plain", key("h:N"));
  private static final IndexSchema MULTI =
      including(global("multi", key(2, "s:S", "h:N", "r:N", "b:B")), "x");

  /** Its attribute has values of several types, so that many items are not in it. */
  private static final IndexSchema LATE = global("late", key("m:S", "r:N"));

  private static final List<KeyCondition.Operator> OPERATORS =
      EnumSet.complementOf(EnumSet.of(KeyCondition.Operator.NOT_INDEXABLE)).stream().toList();

  /** A table, its model and what its listener heard. */
  private static final class Pair {
    final List<Heard> log = new ArrayList<>();
    final TableData table =
        new TableData(
            KEY,
            List.of(LOCAL, PLAIN, MULTI),
            (key, before, after, expired) -> log.add(new Heard(key, before, after, expired)));
    ModelTable model = new ModelTable(KEY);
    final List<IndexSchema> indexes = new ArrayList<>(List.of(LOCAL, PLAIN, MULTI));
    @Nullable String ttl;
  }

  private record Heard(Item key, @Nullable Item before, @Nullable Item after, boolean expired) {}

  private final List<Pair> pairs = List.of(new Pair(), new Pair());
  private Random random = new Random();
  private Instant now = START;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void tableIndexesAndChangesAgreeWithTheModel(long seed) {
    random = new Random(seed);
    for (int step = 0; step < STEPS; step++) {
      Pair pair = pairs.get(random.nextInt(2));
      switch (random.nextInt(20)) {
        case 0 -> transaction(false);
        case 1 -> transaction(true);
        case 2 -> expire(pair);
        case 3 -> toggleExpiry(pair);
        case 4 -> toggleIndex(pair);
        case 5, 6, 7 -> checkQuery(pair);
        case 8 -> checkScan(pair);
        default -> writeOne(pair);
      }
    }
    pairs.forEach(this::checkAll);
  }

  private void writeOne(Pair pair) {
    Item next = randomItem();
    Item itemKey = Keys.of(KEY, next);
    Item old = pair.model.get(itemKey);
    int heard = pair.log.size();
    switch (random.nextInt(6)) {
      case 0 -> {
        Change change = Samples.delete(pair.table, itemKey);
        assertThat(change).isEqualTo(new Change(old, null, old != null, pair.table.indexes()));
        pair.model.remove(itemKey);
      }
      case 1 -> {
        try {
          pair.table.write(
              itemKey,
              before -> {
                throw new IllegalStateException("condition");
              });
        } catch (IllegalStateException refused) {
          assertThat(refused).hasMessage("condition");
        }
        assertThat(pair.log).hasSize(heard);
      }
      case 2 -> {
        // An update of one attribute, which may be what it was.
        AttributeValue value = randomText();
        pair.table.write(itemKey, before -> (before == null ? itemKey : before).with("x", value));
        pair.model.put((old == null ? itemKey : old).with("x", value));
      }
      default -> {
        Change change = Samples.put(pair.table, next);
        assertThat(change)
            .isEqualTo(new Change(old, next, !next.equals(old), pair.table.indexes()));
        pair.model.put(next);
      }
    }
    Item stored = pair.model.get(itemKey);
    assertThat(pair.table.get(itemKey)).isEqualTo(stored);
    if (Objects.equals(old, stored)) {
      assertThat(pair.log).hasSize(heard);
    } else {
      assertThat(pair.log).hasSize(heard + 1);
      assertThat(pair.log.getLast()).isEqualTo(new Heard(itemKey, old, stored, false));
    }
  }

  private void transaction(boolean fails) {
    List<ModelTable> models = pairs.stream().map(pair -> pair.model.copy()).toList();
    List<Integer> heard = pairs.stream().map(pair -> pair.log.size()).toList();
    List<TableData> tables = new ArrayList<>();
    pairs.forEach(pair -> tables.add(random.nextInt(tables.size() + 1), pair.table));
    try {
      TableData.locked(
          tables,
          () -> {
            for (int i = random.nextInt(8); i >= 0; i--) {
              Pair pair = pairs.get(random.nextInt(2));
              Item next = randomItem();
              if (random.nextInt(3) == 0) {
                Samples.delete(pair.table, Keys.of(KEY, next));
                pair.model.remove(Keys.of(KEY, next));
              } else {
                Samples.put(pair.table, next);
                pair.model.put(next);
              }
            }
            checkQuery(pairs.getFirst());
            if (fails) {
              throw new IllegalStateException("cancelled");
            }
            return true;
          });
    } catch (IllegalStateException cancelled) {
      assertThat(cancelled).hasMessage("cancelled");
      for (int i = 0; i < 2; i++) {
        pairs.get(i).model = models.get(i);
        assertThat(pairs.get(i).log).hasSize(heard.get(i));
      }
    }
    pairs.forEach(this::checkCounts);
  }

  private void expire(Pair pair) {
    now = now.plusSeconds(random.nextInt(20));
    long seconds = now.getEpochSecond();
    int heard = pair.log.size();
    List<Change> removed = pair.table.removeExpired(now);
    if (pair.ttl == null) {
      assertThat(removed).isEmpty();
      return;
    }
    String attribute = pair.ttl;
    List<Item> expected =
        pair.model.items().values().stream()
            .filter(item -> isExpired(item.get(attribute), seconds))
            .toList();
    assertThat(removed).extracting(Change::before).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(pair.log.subList(heard, pair.log.size()))
        .hasSize(expected.size())
        .allMatch(change -> change.expired() && change.after() == null);
    expected.forEach(item -> pair.model.remove(Keys.of(KEY, item)));
    Instant next = pair.table.nextExpiry();
    if (next != null) {
      assertThat(next).isAfter(now);
    }
  }

  private static boolean isExpired(@Nullable AttributeValue value, long now) {
    return value instanceof AttributeValue.N number
        && number.value().value().signum() > 0
        && number.value().value().compareTo(BigDecimal.valueOf(now)) < 0
        && number
                .value()
                .value()
                .compareTo(BigDecimal.valueOf(now - ExpiryIndex.MAX_AGE.toSeconds()))
            >= 0;
  }

  private void toggleExpiry(Pair pair) {
    pair.ttl = random.nextInt(4) == 0 ? null : random.nextBoolean() ? "t" : "h";
    pair.table.expireBy(pair.ttl);
  }

  private void toggleIndex(Pair pair) {
    if (pair.indexes.remove(LATE)) {
      pair.table.removeIndex(LATE.name());
    } else {
      pair.table.addIndex(LATE);
      pair.indexes.add(LATE);
    }
    checkCounts(pair);
  }

  private void checkQuery(Pair pair) {
    int which = random.nextInt(pair.indexes.size() + 1);
    IndexSchema index = which == pair.indexes.size() ? null : pair.indexes.get(which);
    KeySchema schema = index == null ? KEY : index.key();
    var terms = new ArrayList<KeyCondition.Part>();
    for (KeyAttribute attribute : schema.hash()) {
      terms.add(
          new KeyCondition.Part(
              attribute.name(), KeyCondition.Operator.EQ, List.of(keyValue(attribute))));
    }
    for (KeyAttribute attribute : schema.range()) {
      if (random.nextInt(3) == 0) {
        break;
      }
      KeyCondition.Part term = randomTerm(attribute);
      terms.add(term);
      if (term.operator() != KeyCondition.Operator.EQ) {
        break;
      }
    }
    boolean forward = random.nextBoolean();
    List<Item> expected =
        pair.model.query(index, terms, forward).stream()
            .map(item -> pair.model.project(index, item))
            .toList();
    int limit = random.nextInt(4) == 0 ? Integer.MAX_VALUE : 1 + random.nextInt(5);
    ReadOptions options =
        ReadOptions.ALL.withIndex(index == null ? null : index.name()).withLimit(limit);
    var found = new ArrayList<Item>();
    ReadOptions next = options;
    do {
      QueryPage page = pair.table.query(new QueryRequest(new KeyCondition(terms), forward, next));
      assertThat(page.evaluatedBytes()).isEqualTo(page.items().stream().mapToLong(Sizes::of).sum());
      found.addAll(page.items());
      next = options.withStartKey(page.lastKey());
    } while (next.startKey() != null);
    assertThat(found).as("%s", terms).isEqualTo(expected);
  }

  private KeyCondition.Part randomTerm(KeyAttribute attribute) {
    KeyCondition.Operator operator = OPERATORS.get(random.nextInt(OPERATORS.size()));
    return switch (operator) {
      case BETWEEN ->
          new KeyCondition.Part(
              attribute.name(), operator, List.of(keyValue(attribute), keyValue(attribute)));
      case BEGINS_WITH ->
          attribute.type() == AttributeType.N
              ? new KeyCondition.Part(
                  attribute.name(), KeyCondition.Operator.EQ, List.of(keyValue(attribute)))
              : new KeyCondition.Part(attribute.name(), operator, List.of(keyValue(attribute)));
      default -> new KeyCondition.Part(attribute.name(), operator, List.of(keyValue(attribute)));
    };
  }

  private void checkScan(Pair pair) {
    int which = random.nextInt(pair.indexes.size() + 1);
    IndexSchema index = which == pair.indexes.size() ? null : pair.indexes.get(which);
    int segments = 1 + random.nextInt(4);
    ReadOptions options =
        ReadOptions.ALL
            .withIndex(index == null ? null : index.name())
            .withLimit(1 + random.nextInt(9));
    var found = new ArrayList<Item>();
    for (int segment = 0; segment < segments; segment++) {
      ReadOptions next = options;
      do {
        QueryPage page = pair.table.scan(new ScanRequest(segment, segments, next));
        found.addAll(page.items());
        next = options.withStartKey(page.lastKey());
      } while (next.startKey() != null);
    }
    assertThat(found)
        .containsExactlyInAnyOrderElementsOf(
            pair.model.items().values().stream()
                .filter(item -> ModelTable.contains(index, item))
                .map(item -> pair.model.project(index, item))
                .toList());
  }

  private void checkCounts(Pair pair) {
    assertThat(pair.table.itemCount()).isEqualTo(pair.model.items().size());
    assertThat(pair.table.sizeBytes()).isEqualTo(pair.model.bytes());
    for (IndexSchema index : pair.indexes) {
      List<Item> entries =
          pair.model.items().values().stream()
              .filter(item -> ModelTable.contains(index, item))
              .map(item -> pair.model.project(index, item))
              .toList();
      assertThat(pair.table.itemCount(index.name())).isEqualTo(entries.size());
      assertThat(pair.table.sizeBytes(index.name()))
          .isEqualTo(entries.stream().mapToLong(Sizes::of).sum());
    }
  }

  private void checkAll(Pair pair) {
    checkCounts(pair);
    checkScan(pair);
    Map<Item, Item> replayed = new HashMap<>();
    for (Heard change : pair.log) {
      assertThat(replayed.get(change.key())).isEqualTo(change.before());
      assertThat(change.before()).isNotEqualTo(change.after());
      if (change.after() == null) {
        replayed.remove(change.key());
      } else {
        replayed.put(change.key(), change.after());
      }
    }
    assertThat(replayed).isEqualTo(pair.model.items());
  }

  private Item randomItem() {
    var attributes = new LinkedHashMap<String, AttributeValue>();
    attributes.put("p", Samples.value("p" + random.nextInt(4)));
    attributes.put("r", randomNumber());
    perhaps(attributes, "s", randomText());
    perhaps(attributes, "h", Samples.value(START.getEpochSecond() + random.nextInt(3)));
    perhaps(attributes, "b", randomBinary());
    perhaps(attributes, "m", random.nextBoolean() ? randomText() : randomNumber());
    perhaps(attributes, "x", randomText());
    perhaps(
        attributes,
        "t",
        random.nextInt(5) == 0
            ? randomText()
            : Samples.value(
                random.nextInt(6) == 0
                    ? random.nextInt(2000) - 1000
                    : START.getEpochSecond() + random.nextInt(STEPS)));
    return new Item(attributes);
  }

  private void perhaps(Map<String, AttributeValue> attributes, String name, AttributeValue value) {
    if (random.nextInt(4) > 0) {
      attributes.put(name, value);
    }
  }

  private AttributeValue keyValue(KeyAttribute attribute) {
    Item item = randomItem();
    AttributeValue value = item.get(attribute.name());
    while (value == null || value.type() != attribute.type() || Sizes.of(value) == 0) {
      value = randomItem().get(attribute.name());
    }
    return value;
  }

  private AttributeValue randomNumber() {
    return Samples.value(
        new BigDecimal(random.nextInt(41) - 20).scaleByPowerOfTen(random.nextInt(4) - 2));
  }

  private AttributeValue randomText() {
    String[] parts = {"", "a", "b", "\0", "ä", "\uD83D\uDE00", "\uFFFD"};
    return Samples.value(parts[random.nextInt(parts.length)] + parts[random.nextInt(3)]);
  }

  private AttributeValue randomBinary() {
    byte[] bytes = new byte[random.nextInt(3)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (random.nextInt(3) - 1);
    }
    return Samples.value(bytes);
  }
}
