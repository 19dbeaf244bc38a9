// SPDX-License-Identifier: Apache-2.0
package dev.syncline.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Starts requests at equal intervals and waits for all of them. For one use by one thread; each
 * request has its own virtual thread.
 */
final class RequestSeries {
  /** Sends one request. */
  interface Request {
    void ask(int number) throws IOException, InterruptedException;
  }

  private final double[] overhead;
  private final AtomicInteger held = new AtomicInteger();
  private final AtomicInteger maxHeld = new AtomicInteger();

  /**
   * Runs the series; returns when the last request has ended.
   *
   * @param seconds the time over which the requests start
   * @param waitMillis the part of a request's time that is not overhead
   * @param out receives a line for each failed request
   * @param allBegun is called once the last request has started
   */
  RequestSeries(
      int requests,
      double seconds,
      double waitMillis,
      PrintStream out,
      Request request,
      Runnable allBegun)
      throws InterruptedException {
    this.overhead = new double[requests];
    long begun = System.nanoTime();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < requests; i++) {
        int number = i;
        long due = begun + (long) (seconds * 1e9 * i / requests);
        while (System.nanoTime() < due) {
          Thread.sleep(1);
        }
        threads.execute(() -> ask(number, waitMillis, out, request));
      }
      allBegun.run();
    }
  }

  private void ask(int number, double waitMillis, PrintStream out, Request request) {
    maxHeld.accumulateAndGet(held.incrementAndGet(), Math::max);
    long from = System.nanoTime();
    try {
      request.ask(number);
    } catch (IOException | InterruptedException failed) {
      out.println("request " + number + ": " + failed);
    } finally {
      overhead[number] = (System.nanoTime() - from) / 1e6 - waitMillis;
      held.decrementAndGet();
    }
  }

  /** The highest number of concurrent requests. */
  int maxHeld() {
    return maxHeld.get();
  }

  /** Prints percentiles of the time beyond the wait. */
  void printOverhead(PrintStream out, double waitMillis) {
    double[] sorted = overhead.clone();
    Arrays.sort(sorted);
    out.printf(
        "overhead over the %.0f s wait  p50 %.1f ms  p90 %.1f ms  p99 %.1f ms  max %.1f ms%n",
        waitMillis / 1000,
        sorted[sorted.length / 2],
        sorted[(int) (sorted.length * 0.9)],
        sorted[(int) (sorted.length * 0.99)],
        sorted[sorted.length - 1]);
  }
}
