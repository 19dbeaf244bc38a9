// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.data;

import static dev.syncline.sim.services.dynamodb.data.Samples.delete;
import static dev.syncline.sim.services.dynamodb.data.Samples.eq;
import static dev.syncline.sim.services.dynamodb.data.Samples.global;
import static dev.syncline.sim.services.dynamodb.data.Samples.item;
import static dev.syncline.sim.services.dynamodb.data.Samples.key;
import static dev.syncline.sim.services.dynamodb.data.Samples.put;
import static dev.syncline.sim.services.dynamodb.data.Samples.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.services.dynamodb.values.Item;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads on one table: each write is whole, and reads see whole rows. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ConcurrentWritesTest {
  private static final int THREADS = 8;
  private static final int WRITES = 1500;
  private static final int KEYS = 60;

  /** By the changes alone. */
  private final Map<Item, Item> replayed = new HashMap<>();

  private final TableData table =
      new TableData(
          key("p:S", "r:N"),
          List.of(global("g", key("h:N"))),
          (itemKey, before, after, expired) -> {
            assertThat(replayed.get(itemKey)).isEqualTo(before);
            if (after == null) {
              replayed.remove(itemKey);
            } else {
              replayed.put(itemKey, after);
            }
          });

  @Test
  void countersLoseNoIncrement() throws Exception {
    run(
        thread ->
            () -> {
              for (int i = 0; i < WRITES; i++) {
                table.write(
                    item("p", "counter", "r", 1),
                    before ->
                        item(
                            "p",
                            "counter",
                            "r",
                            1,
                            "n",
                            before == null
                                ? 1
                                : Long.parseLong(Samples.plain(before.get("n"))) + 1));
              }
              return true;
            });

    assertThat(table.get(item("p", "counter", "r", 1)))
        .isEqualTo(item("p", "counter", "r", 1, "n", THREADS * WRITES));
  }

  @Test
  void tableIndexAndChangesAgreeAfterwards() throws Exception {
    run(thread -> () -> thread % 4 == 3 ? read(thread) : write(thread));

    List<Item> rows = table.scan(new ScanRequest(ReadOptions.ALL)).items();
    assertThat(rows).containsExactlyInAnyOrderElementsOf(replayed.values());
    assertThat(table.scan(new ScanRequest(ReadOptions.ALL.withIndex("g"))).items())
        .containsExactlyInAnyOrderElementsOf(
            rows.stream().filter(row -> row.get("h") != null).toList());
    assertThat(table.itemCount()).isEqualTo(rows.size());
  }

  private boolean write(int thread) {
    var random = new Random(thread);
    for (int i = 0; i < WRITES; i++) {
      int at = random.nextInt(KEYS);
      Item itemKey = item("p", "p" + at % 3, "r", at);
      switch (random.nextInt(4)) {
        case 0 -> delete(table, itemKey);
        case 1 -> put(table, item("p", "p" + at % 3, "r", at));
        default ->
            put(table, item("p", "p" + at % 3, "r", at, "h", random.nextInt(3), "v", thread));
      }
    }
    return true;
  }

  /** Rows of a query are of the partition that it asks for, and none comes twice. */
  private boolean read(int thread) {
    var random = new Random(thread);
    for (int i = 0; i < WRITES; i++) {
      int partition = random.nextInt(3);
      List<Item> found = query(table, ReadOptions.ALL.withIndex("g"), eq("h", partition)).items();
      assertThat(found).allMatch(row -> Samples.value(partition).equals(row.get("h")));
      assertThat(found).extracting(row -> table.keys().of(row)).doesNotHaveDuplicates();
    }
    return true;
  }

  private static void run(IntFunction<Callable<Boolean>> work) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<Boolean>>();
      for (int thread = 0; thread < THREADS; thread++) {
        running.add(threads.submit(work.apply(thread)));
      }
      for (Future<Boolean> each : running) {
        assertThat(each.get()).isTrue();
      }
    }
  }
}
