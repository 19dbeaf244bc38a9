// SPDX-License-Identifier: Apache-2.0
package dev.syncline.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * Posts small JSON bodies over kept-alive connections and prints p50, p99 and requests a second. As
 * a program it measures any HTTP server, so that peers can be measured side by side.
 *
 * <pre>
 * HttpLoad endpoint path [requests] [connections]
 * </pre>
 */
public final class HttpLoad {
  private final URI endpoint;
  private final String path;
  private final String headers;
  private final IntFunction<String> body;

  HttpLoad(URI endpoint, String path) {
    this(endpoint, path, "", number -> "{\"number\":" + number + "}");
  }

  /**
   * With other requests.
   *
   * @param headers each ended with CRLF
   * @param body of the request with that number
   */
  HttpLoad(URI endpoint, String path, String headers, IntFunction<String> body) {
    this.endpoint = endpoint;
    this.path = path;
    this.headers = "Content-Type: application/json\r\n" + headers;
    this.body = body;
  }

  /** Runs it. */
  public static void main(String[] given) throws Exception {
    Arguments arguments = Arguments.of(given);
    if (given.length < 2) {
      throw new IllegalArgumentException("HttpLoad endpoint path [requests] [connections]");
    }
    new HttpLoad(URI.create(given[0]), given[1])
        .runAll(arguments.number(2, 20_000), arguments.number(3, 32));
  }

  /** The first request, a warm-up, one connection, then three rounds with all connections. */
  void runAll(int requests, int connections) throws InterruptedException {
    run("first", 1, 1);
    run("warm-up", Math.min(requests, 10_000), connections);
    run("warm, one at a time", Math.min(requests, 5_000), 1);
    for (int round = 1; round <= 3; round++) {
      run("warm, " + connections + " connections", requests, connections);
    }
  }

  private void run(String title, int requests, int connections) throws InterruptedException {
    double[] millis = new double[requests];
    var next = new AtomicInteger();
    var wrong = new AtomicInteger();
    var ready = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    try (var connection = new PlainConnection(endpoint)) {
                      ready.await();
                      int number = next.getAndIncrement();
                      while (number < requests) {
                        long from = System.nanoTime();
                        if (connection.post(path, headers, body.apply(number)).status() != 200) {
                          wrong.incrementAndGet();
                        }
                        millis[number] = (System.nanoTime() - from) / 1e6;
                        number = next.getAndIncrement();
                      }
                    } catch (IOException | InterruptedException failed) {
                      wrong.incrementAndGet();
                    }
                  }));
    }
    long begun = System.nanoTime();
    ready.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    Arrays.sort(millis);
    System.out.printf(
        Locale.ROOT,
        "%-24s %6d requests  p50 %7.2f ms  p99 %7.2f ms  %7.0f/s  %d wrong%n",
        title,
        requests,
        millis[requests / 2],
        millis[(int) Math.min(requests - 1, requests * 0.99)],
        requests / seconds,
        wrong.get());
  }
}
