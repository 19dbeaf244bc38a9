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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syncline.sim.services.dynamodb.values.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LockedTest {
  private final List<String> heard = new ArrayList<>();
  private final TableData first = table("first");
  private final TableData second = table("second");

  private TableData table(String name) {
    return new TableData(
        key("p:S"),
        List.of(global("g", key("h:S"))),
        (key, before, after, expired) -> heard.add(name + " " + Samples.plain(key.get("p"))));
  }

  @Test
  void theWorkReadsAndWritesAndTheListenersHearAtItsEnd() {
    String result =
        TableData.locked(
            List.of(second, first, second),
            () -> {
              put(first, item("p", "a", "h", "x"));
              put(second, item("p", "b"));
              put(first, item("p", "c"));
              assertThat(heard).isEmpty();
              assertThat(first.get(item("p", "a"))).isNotNull();
              assertThat(query(first, ReadOptions.ALL.withIndex("g"), eq("h", "x")).items())
                  .hasSize(1);
              return "done";
            });

    assertThat(result).isEqualTo("done");
    assertThat(heard).containsExactlyInAnyOrder("first a", "first c", "second b");
    put(first, item("p", "d"));
    assertThat(heard).endsWith("first d");
  }

  @Test
  void workThatFailsChangesNothing() {
    put(first, item("p", "a", "h", "x", "v", 1));
    put(first, item("p", "b", "h", "x"));
    heard.clear();
    List<Item> before = everything();
    long bytes = first.sizeBytes();
    long indexBytes = first.sizeBytes("g");

    assertThatThrownBy(
            () ->
                TableData.locked(
                    List.of(first, second),
                    () -> {
                      put(first, item("p", "a", "h", "y", "v", 2));
                      put(first, item("p", "a", "h", "z", "v", 3));
                      delete(first, item("p", "b"));
                      put(first, item("p", "c", "h", "x"));
                      put(second, item("p", "d"));
                      throw new IllegalStateException("refused");
                    }))
        .hasMessage("refused");

    assertThat(everything()).isEqualTo(before);
    assertThat(first.sizeBytes()).isEqualTo(bytes);
    assertThat(first.sizeBytes("g")).isEqualTo(indexBytes);
    assertThat(heard).isEmpty();
  }

  private List<Item> everything() {
    var items = new ArrayList<Item>();
    for (TableData table : List.of(first, second)) {
      items.addAll(table.scan(new ScanRequest(ReadOptions.ALL)).items());
      items.addAll(table.scan(new ScanRequest(ReadOptions.ALL.withIndex("g"))).items());
    }
    return items;
  }

  @Test
  void workWithinWorkIsTakenBackAlone() {
    TableData.locked(
        List.of(first),
        () -> {
          put(first, item("p", "a"));
          assertThatThrownBy(
                  () ->
                      TableData.locked(
                          List.of(first),
                          () -> {
                            put(first, item("p", "b"));
                            throw new IllegalStateException("inner");
                          }))
              .hasMessage("inner");
          put(first, item("p", "c"));
          return true;
        });

    assertThat(heard).containsExactly("first a", "first c");
    assertThat(first.get(item("p", "b"))).isNull();
  }

  @Test
  void transfersInBothDirectionsNeitherBlockNorLoseAnything() throws Exception {
    put(first, item("p", "a", "v", 1000));
    put(second, item("p", "a", "v", 1000));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<Boolean>>();
      for (int i = 0; i < 200; i++) {
        List<TableData> tables = i % 2 == 0 ? List.of(first, second) : List.of(second, first);
        running.add(threads.submit(transfer(tables)));
        running.add(threads.submit(total(tables)));
      }
      for (Future<Boolean> each : running) {
        assertThat(result(each)).isTrue();
      }
    }
    assertThat(value(first) + value(second)).isEqualTo(2000);
    assertThat(value(first)).isEqualTo(1000);
  }

  private static boolean result(Future<Boolean> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException failed) {
      throw new AssertionError(failed.getCause());
    }
  }

  private static Callable<Boolean> transfer(List<TableData> tables) {
    return () ->
        TableData.locked(
            tables,
            () -> {
              long from = value(tables.getFirst());
              long to = value(tables.getLast());
              put(tables.getFirst(), item("p", "a", "v", from - 1));
              put(tables.getLast(), item("p", "a", "v", to + 1));
              return true;
            });
  }

  private static Callable<Boolean> total(List<TableData> tables) {
    return () ->
        TableData.locked(tables, () -> value(tables.getFirst()) + value(tables.getLast()) == 2000);
  }

  private static long value(TableData table) {
    Item found = table.get(item("p", "a"));
    return found == null ? 0 : Long.parseLong(Samples.plain(found.get("v")));
  }
}
