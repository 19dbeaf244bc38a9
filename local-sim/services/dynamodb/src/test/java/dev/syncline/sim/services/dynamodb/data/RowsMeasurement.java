// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.data;

import com.sun.management.OperatingSystemMXBean;
import dev.syncline.sim.services.dynamodb.values.Item;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Measures the memory of a table and the operations a second of its engine. A program, not a test:
 * its argument is the number of items, a million by default.
 */
final class RowsMeasurement {
  private static final int PER_PARTITION = 100;
  private static final int FIRST = 10_000_000;
  private static final String PAYLOAD = "x".repeat(140);
  private static final int OPERATIONS = 400_000;

  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final int items;
  private final TableData table = Samples.table(Samples.key("pk:S", "sk:S"));

  private RowsMeasurement(int items) {
    this.items = items;
  }

  /** Runs it. */
  public static void main(String[] arguments) throws InterruptedException {
    new RowsMeasurement(arguments.length == 0 ? 1_000_000 : Integer.parseInt(arguments[0])).run();
  }

  /** Of 200 bytes. */
  private static Item item(int number) {
    return Samples.item(
        "pk",
        partition(number),
        "sk",
        "order#" + (FIRST + number),
        "total",
        number,
        "status",
        "open",
        "payload",
        PAYLOAD);
  }

  private static String partition(int number) {
    return "customer#" + (FIRST + number / PER_PARTITION);
  }

  private static Item key(int number) {
    return Samples.item("pk", partition(number), "sk", "order#" + (FIRST + number));
  }

  private void run() throws InterruptedException {
    long empty = usedBytes();
    rate("put, one thread", items, number -> Samples.put(table, item(number)));
    System.out.printf(
        "%d items of %d bytes: %d bytes of memory each%n",
        table.itemCount(),
        table.sizeBytes() / table.itemCount(),
        (usedBytes() - empty) / table.itemCount());
    for (int threads : new int[] {1, 16}) {
      parallel("get", threads, number -> table.get(key(random(number))));
      parallel(
          "query of 10",
          threads,
          number ->
              Samples.query(
                  table,
                  ReadOptions.ALL.withLimit(10),
                  Samples.eq("pk", partition(random(number)))));
      parallel("put", threads, number -> Samples.put(table, item(random(number))));
    }
    rate(
        "scan of all",
        items,
        number -> {
          if (number == 0) {
            scan();
          }
        });
    System.out.printf(
        "%d items, %d bytes each%n", table.itemCount(), (usedBytes() - empty) / items);
  }

  private void scan() {
    ReadOptions next = ReadOptions.ALL;
    do {
      next = next.withStartKey(table.scan(new ScanRequest(next)).lastKey());
    } while (next.startKey() != null);
  }

  /** Spreads numbers over the items. */
  private int random(int number) {
    return Math.floorMod(number * 0x9E3779B1, items);
  }

  private void parallel(String name, int threads, IntConsumer operation)
      throws InterruptedException {
    int each = OPERATIONS / threads;
    for (String round : List.of("warm-up", "")) {
      var start = new Start();
      var running = new ArrayList<Thread>();
      for (int thread = 0; thread < threads; thread++) {
        int first = thread * each;
        running.add(
            Thread.startVirtualThread(
                () -> {
                  for (int i = first; i < first + each; i++) {
                    operation.accept(i);
                  }
                }));
      }
      for (Thread thread : running) {
        thread.join();
      }
      if (round.isEmpty()) {
        report(name + ", " + threads + " threads", OPERATIONS, start);
      }
    }
  }

  private static void rate(String name, int count, IntConsumer operation) {
    var start = new Start();
    for (int i = 0; i < count; i++) {
      operation.accept(i);
    }
    report(name, count, start);
  }

  private static void report(String name, int count, Start start) {
    System.out.printf(
        "%-28s %,10.0f a second, %.2f microseconds of CPU each%n",
        name,
        count * 1e9 / (System.nanoTime() - start.wall),
        (PROCESS.getProcessCpuTime() - start.cpu) / 1e3 / count);
  }

  /** The clocks at the start of a measurement; other processes disturb the CPU's less. */
  private static final class Start {
    final long wall = System.nanoTime();
    final long cpu = PROCESS.getProcessCpuTime();
  }

  private static long usedBytes() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(50);
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
