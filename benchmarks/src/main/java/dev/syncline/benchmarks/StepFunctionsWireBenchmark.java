// SPDX-License-Identifier: Apache-2.0
package dev.syncline.benchmarks;

import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.SimulatorConfig;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Step Functions over the wire: executions a second from StartExecution to SUCCEEDED, their
 * latency, and the heap that a waiting execution takes. Clients and simulator share the process, so
 * the clients' own work is in the figures; heap can only be measured so.
 *
 * <pre>
 * StepFunctionsWireBenchmark [seconds] [clients] [waiting executions]
 * </pre>
 */
public final class StepFunctionsWireBenchmark {
  private static final String TARGET = "AWSStepFunctions.";
  private static final String PASS =
      "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}}";
  private static final String WAIT =
      "{\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Wait\",\"Seconds\":86400,\"End\":true}}}";

  private final URI endpoint;
  private final int clients;

  private StepFunctionsWireBenchmark(URI endpoint, int clients) {
    this.endpoint = endpoint;
    this.clients = clients;
  }

  /** Runs it. */
  public static void main(String[] given) throws Exception {
    Arguments arguments = Arguments.of(given);
    int seconds = arguments.number(0, 15);
    int clients = arguments.number(1, 8);
    int waiting = arguments.number(2, 100_000);
    SimulatorConfig config =
        SimulatorConfig.defaults(Files.createTempDirectory("syncline-benchmark"))
            .withPort(0, -1)
            .withClock(new ClockMode.Real());
    try (Simulator simulator = Simulator.start(config)) {
      var benchmark = new StepFunctionsWireBenchmark(simulator.endpoint(), clients);
      benchmark.throughput(seconds);
      benchmark.heap(waiting);
    }
  }

  private void throughput(int seconds) throws Exception {
    String machine = create("pass", PASS);
    run(machine, seconds / 2.0);
    long[] nanos = run(machine, seconds);
    Arrays.sort(nanos);
    System.out.printf("clients                            %8d%n", clients);
    System.out.printf(
        "executions a second                %8.0f%n", nanos.length / (double) seconds);
    System.out.printf("start to SUCCEEDED, p50            %8.2f ms%n", millis(nanos, 0.5));
    System.out.printf("start to SUCCEEDED, p99            %8.2f ms%n", millis(nanos, 0.99));
  }

  private static double millis(long[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1L, (long) (share * sorted.length))] / 1e6;
  }

  /** The duration of each execution, in nanoseconds. */
  private long[] run(String machine, double seconds) throws Exception {
    long until = System.nanoTime() + (long) (seconds * 1e9);
    List<long[]> parts =
        onEveryClient(
            connection -> {
              var took = new long[1 << 20];
              int done = 0;
              while (System.nanoTime() < until && done < took.length) {
                long begun = System.nanoTime();
                String execution = start(connection, machine);
                String input = "{\"executionArn\":\"" + execution + "\"}";
                while (!connection
                    .call(TARGET + "DescribeExecution", input)
                    .contains("\"SUCCEEDED\"")) {
                  Thread.onSpinWait();
                }
                took[done++] = System.nanoTime() - begun;
              }
              return Arrays.copyOf(took, done);
            });
    return parts.stream().flatMapToLong(Arrays::stream).toArray();
  }

  private void heap(int waiting) throws Exception {
    String machine = create("wait", WAIT);
    // The first ones also pay for classes and buffers.
    startMany(machine, 1_000);
    long before = usedHeap();
    long begun = System.nanoTime();
    startMany(machine, waiting);
    double took = (System.nanoTime() - begun) / 1e9;
    long after = usedHeap();
    System.out.printf("waiting executions                 %8d%n", waiting);
    System.out.printf("started a second                   %8.0f%n", waiting / took);
    System.out.printf("heap per waiting execution         %8d bytes%n", (after - before) / waiting);
  }

  private void startMany(String machine, int many) throws Exception {
    var left = new AtomicInteger(many);
    onEveryClient(
        connection -> {
          while (left.getAndDecrement() > 0) {
            start(connection, machine);
          }
          return 0;
        });
  }

  private static long usedHeap() throws InterruptedException {
    long used = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(200);
      used = Math.min(used, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return used;
  }

  private String create(String name, String definition) throws IOException {
    try (var connection = new AwsJsonConnection(endpoint)) {
      return text(
          connection.call(
              TARGET + "CreateStateMachine",
              "{\"name\":\""
                  + name
                  + "\",\"roleArn\":\"arn:aws:iam::111111111111:role/r\",\"definition\":\""
                  + definition.replace("\"", "\\\"")
                  + "\"}"),
          "stateMachineArn");
    }
  }

  private static String start(AwsJsonConnection connection, String machine) throws IOException {
    return text(
        connection.call(
            TARGET + "StartExecution",
            "{\"stateMachineArn\":\"" + machine + "\",\"input\":\"{\\\"a\\\":1}\"}"),
        "executionArn");
  }

  private static String text(String json, String field) {
    int from = json.indexOf("\"" + field + "\":\"") + field.length() + 4;
    return json.substring(from, json.indexOf('"', from));
  }

  private interface Work<T> {
    T on(AwsJsonConnection connection) throws IOException;
  }

  private <T> List<T> onEveryClient(Work<T> work) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
      var tasks = new ArrayList<Callable<T>>();
      for (int i = 0; i < clients; i++) {
        tasks.add(
            () -> {
              try (var connection = new AwsJsonConnection(endpoint)) {
                return work.on(connection);
              }
            });
      }
      var results = new ArrayList<T>();
      for (Future<T> result : threads.invokeAll(tasks)) {
        results.add(result.get());
      }
      return results;
    }
  }
}
