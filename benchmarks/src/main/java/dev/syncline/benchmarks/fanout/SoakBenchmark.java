// SPDX-License-Identifier: Apache-2.0
package dev.syncline.benchmarks.fanout;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The simulator for a long time: subscribers that come and go, publications of which each delivery
 * is awaited, and clients that never read until they are closed. Says at intervals what memory it
 * has, and in the end whether that is flat. The server is a separate process with 256 MB of heap.
 *
 * <pre>
 * SoakBenchmark [minutes] [publications a second, at most]
 * </pre>
 *
 * <p>Without the second argument it publishes as fast as possible.
 */
public final class SoakBenchmark {
  private static final int SUBSCRIBERS = 200;
  private static final int TOPICS = 20;
  private static final int COME_AND_GO = 20;
  private static final int PUBLICATIONS = 200;
  private static final int EVENTS = 5;
  private static final int EVENT_BYTES = 200;
  private static final int DEAF = 5;
  private static final int DEAF_TOPIC = 1_000;
  private static final int LARGE_BYTES = 100_000;
  private static final int LARGE_EVENTS = 40;
  private static final Duration INTERVAL = Duration.ofSeconds(20);

  private final ServerProcess server;
  private final double publicationsPerSecond;
  private final List<Subscriber> deaf = new ArrayList<>();
  private final List<Long> heaps = new ArrayList<>();
  private long delivered;
  private long opened;
  private long closedDeaf;

  private SoakBenchmark(ServerProcess server, double publicationsPerSecond) {
    this.server = server;
    this.publicationsPerSecond = publicationsPerSecond;
  }

  /** Runs it. */
  public static void main(String[] arguments) throws Exception {
    long minutes = arguments.length > 0 ? Long.parseLong(arguments[0]) : 60;
    double rate = arguments.length > 1 ? Double.parseDouble(arguments[1]) : Double.MAX_VALUE;
    try (var server = ServerProcess.start("simulator", false, List.of("-Xmx256m"))) {
      new SoakBenchmark(server, rate).run(Duration.ofMinutes(minutes));
    }
    System.exit(0);
  }

  private void run(Duration length) throws Exception {
    long begun = System.nanoTime();
    long nextReport = begun;
    try (var load = new Load(server, false, SUBSCRIBERS, TOPICS, 4, EVENT_BYTES)) {
      load.learn(TOPICS);
      opened = SUBSCRIBERS;
      for (long turn = 1; System.nanoTime() - begun < length.toNanos(); turn++) {
        publish(load);
        load.replace(COME_AND_GO, TOPICS);
        opened += COME_AND_GO;
        shout(load);
        if (System.nanoTime() >= nextReport) {
          report(Duration.ofNanos(System.nanoTime() - begun));
          nextReport += INTERVAL.toNanos();
        }
        receiveUntil(load, begun + (long) (turn * PUBLICATIONS / publicationsPerSecond * 1e9));
      }
    }
    conclude();
  }

  /** Limits the publishing rate. */
  private static void receiveUntil(Load load, long nanoTime) throws IOException {
    while (System.nanoTime() < nanoTime) {
      load.receive(10);
    }
  }

  /** Each subscriber must get each event of its topic. */
  private void publish(Load load) throws IOException {
    load.begin();
    load.stamp();
    for (int i = 0; i < PUBLICATIONS; i++) {
      load.publish(load.request(i % TOPICS, EVENTS));
    }
    load.await((long) PUBLICATIONS * EVENTS * SUBSCRIBERS / TOPICS);
    delivered += load.delivered();
  }

  /** To those who do not read; who has been closed for it is replaced. */
  private void shout(Load load) throws Exception {
    while (deaf.size() < DEAF) {
      deaf.add(Subscriber.open(server, false, Load.topic(DEAF_TOPIC)));
      opened++;
    }
    ByteBuffer request = Publisher.request(server, Load.topic(DEAF_TOPIC), EVENTS, LARGE_BYTES);
    for (int i = 0; i < LARGE_EVENTS / EVENTS; i++) {
      load.publish(request);
      load.receive(1);
    }
    for (Subscriber client : List.copyOf(deaf)) {
      if (client.wasClosed()) {
        client.channel().close();
        deaf.remove(client);
        closedDeaf++;
      }
    }
  }

  private void report(Duration elapsed) throws IOException {
    long heap = server.heap();
    heaps.add(heap);
    System.out.printf(
        Locale.ROOT,
        "%5d s  heap %6.1f MB  resident %5.0f MB  %,12d delivered  %,7d connections opened"
            + "  %,5d closed that did not read%n",
        elapsed.toSeconds(),
        heap / 1e6,
        server.resident() / 1e6,
        delivered,
        opened,
        closedDeaf);
  }

  /** The first quarter fills what is bounded, such as the journal; it does not count. */
  private void conclude() {
    int from = heaps.size() / 4;
    List<Long> counted = heaps.subList(from, heaps.size());
    if (counted.size() < 4) {
      System.out.println("too short to say anything");
      return;
    }
    int half = counted.size() / 2;
    double early = median(counted.subList(0, half));
    double late = median(counted.subList(half, counted.size()));
    System.out.printf(
        Locale.ROOT,
        "median heap %.1f MB, later %.1f MB: %s%n",
        early / 1e6,
        late / 1e6,
        late < early * 1.05 ? "flat" : "GROWING");
  }

  private static double median(List<Long> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElse(0L);
  }
}
