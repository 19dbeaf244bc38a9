// SPDX-License-Identifier: Apache-2.0
package dev.syncline.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * PutItem, GetItem and Query of ten items over the wire, against any server that speaks DynamoDB's
 * protocol, so that peers can be measured side by side. Prints requests a second, p50 and p99 for
 * each operation and number of connections.
 *
 * <pre>
 * DynamoDbBenchmark endpoint [seconds] [connections,…]
 * </pre>
 */
public final class DynamoDbBenchmark {
  private static final String TABLE = "bench";
  private static final int PARTITIONS = 1_000;
  private static final int ITEMS_OF_A_PARTITION = 10;

  private final URI endpoint;

  private DynamoDbBenchmark(URI endpoint) {
    this.endpoint = endpoint;
  }

  /** Runs it. */
  public static void main(String[] given) throws Exception {
    Arguments arguments = Arguments.of(given);
    if (given.length == 0) {
      throw new IllegalArgumentException("DynamoDbBenchmark endpoint [seconds] [connections,…]");
    }
    double seconds = Double.parseDouble(arguments.text(1, "5"));
    var benchmark = new DynamoDbBenchmark(URI.create(given[0]));
    benchmark.prepare();
    for (String connections : arguments.text(2, "1,16").split(",")) {
      for (Kind kind : Kind.values()) {
        benchmark.measure(kind, Integer.parseInt(connections), seconds);
      }
    }
  }

  private enum Kind {
    PUT("PutItem"),
    GET("GetItem"),
    QUERY("Query");

    private final String operation;

    Kind(String operation) {
      this.operation = operation;
    }

    String body(int number) {
      int partition = Math.floorMod(number * 7919, PARTITIONS);
      int row = Math.floorMod(number, ITEMS_OF_A_PARTITION);
      String key =
          String.format(
              Locale.ROOT,
              "\"pk\":{\"S\":\"partition-%05d\"},\"sk\":{\"N\":\"%d\"}",
              partition,
              row);
      return switch (this) {
        case PUT -> put(key, number);
        case GET -> "{\"TableName\":\"" + TABLE + "\",\"Key\":{" + key + "}}";
        case QUERY ->
            "{\"TableName\":\""
                + TABLE
                + "\",\"KeyConditionExpression\":\"pk = :p\",\"ExpressionAttributeValues\":{\":p\":"
                + "{\"S\":\""
                + String.format(Locale.ROOT, "partition-%05d", partition)
                + "\"}},\"Limit\":10}";
      };
    }

    private static String put(String key, int number) {
      return "{\"TableName\":\""
          + TABLE
          + "\",\"Item\":{"
          + key
          + ",\"name\":{\"S\":\"item number "
          + number
          + "\"},\"count\":{\"N\":\""
          + number
          + "\"},\"tags\":{\"SS\":[\"red\",\"green\",\"blue\"]},\"text\":{\"S\":\""
          + "x".repeat(100)
          + "\"}}}";
    }
  }

  private void prepare() throws IOException {
    try (var connection = new AwsJsonConnection(endpoint, AwsJsonConnection.UNVERIFIED)) {
      connection.call(
          target("CreateTable"),
          "{\"TableName\":\""
              + TABLE
              + "\",\"BillingMode\":\"PAY_PER_REQUEST\",\"KeySchema\":["
              + "{\"AttributeName\":\"pk\",\"KeyType\":\"HASH\"},"
              + "{\"AttributeName\":\"sk\",\"KeyType\":\"RANGE\"}],\"AttributeDefinitions\":["
              + "{\"AttributeName\":\"pk\",\"AttributeType\":\"S\"},"
              + "{\"AttributeName\":\"sk\",\"AttributeType\":\"N\"}]}");
      while (!connection
          .call(target("DescribeTable"), "{\"TableName\":\"" + TABLE + "\"}")
          .contains("\"ACTIVE\"")) {
        Thread.onSpinWait();
      }
      for (int number = 0; number < PARTITIONS * ITEMS_OF_A_PARTITION; number++) {
        connection.call(target("PutItem"), Kind.PUT.body(number));
      }
    }
  }

  private void measure(Kind kind, int connections, double seconds) throws Exception {
    run(kind, connections, seconds / 2);
    long[] nanos = run(kind, connections, seconds);
    Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "%-8s %2d connections  %8.0f requests/s  p50 %6.2f ms  p99 %6.2f ms%n",
        kind.operation,
        connections,
        nanos.length / seconds,
        millis(nanos, 0.5),
        millis(nanos, 0.99));
  }

  private static double millis(long[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1L, (long) (share * sorted.length))] / 1e6;
  }

  /** The duration of each request, in nanoseconds. */
  private long[] run(Kind kind, int connections, double seconds) throws Exception {
    long until = System.nanoTime() + (long) (seconds * 1e9);
    try (var threads = Executors.newFixedThreadPool(connections)) {
      var tasks = new ArrayList<Callable<long[]>>();
      for (int i = 0; i < connections; i++) {
        int first = i * 1_000;
        tasks.add(() -> requests(kind, first, until));
      }
      List<long[]> parts = new ArrayList<>();
      for (Future<long[]> result : threads.invokeAll(tasks)) {
        parts.add(result.get());
      }
      return parts.stream().flatMapToLong(Arrays::stream).toArray();
    }
  }

  private long[] requests(Kind kind, int first, long until) throws IOException {
    try (var connection = new AwsJsonConnection(endpoint, AwsJsonConnection.UNVERIFIED)) {
      var took = new long[1 << 21];
      int done = 0;
      while (System.nanoTime() < until && done < took.length) {
        String body = kind.body(first + done);
        long begun = System.nanoTime();
        connection.call(target(kind.operation), body);
        took[done++] = System.nanoTime() - begun;
      }
      return Arrays.copyOf(took, done);
    }
  }

  private static String target(String operation) {
    return "DynamoDB_20120810." + operation;
  }
}
