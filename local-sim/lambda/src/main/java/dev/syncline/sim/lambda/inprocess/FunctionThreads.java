// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.inprocess;

import dev.syncline.sim.kernel.ClockActivity;
import dev.syncline.sim.kernel.SimClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads of one environment. They are platform threads, because a looping function would
 * occupy a carrier of virtual threads, and the simulator has only as many carriers as processors.
 * They can be abandoned: they are interrupted, no longer hold clock activities, and are not waited
 * for. Platform threads that the function starts belong to the same group and are interrupted too;
 * its virtual threads are not tracked. Thread-safe.
 */
final class FunctionThreads {
  private static final long IDLE_SECONDS = 30;

  private final SimClock clock;
  private final ThreadWatch watch;
  private final ThreadGroup group;
  private final ThreadPoolExecutor pool;
  private final Set<ClockActivity> watched = ConcurrentHashMap.newKeySet();

  FunctionThreads(String name, SimClock clock, ThreadWatch watch) {
    this.clock = clock;
    this.watch = watch;
    this.group = new ThreadGroup("function-" + name);
    this.pool =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform()
                .group(group)
                .daemon()
                .inheritInheritableThreadLocals(false)
                .name("function-" + name + "-", 1)
                .factory());
  }

  /**
   * Runs {@code work} with a clock activity from this call on, so that the clock cannot jump in
   * between.
   *
   * @throws RejectedExecutionException after {@link #abandon}
   */
  void run(Runnable work) {
    ClockActivity handedOver = clock.begin();
    try {
      pool.execute(
          () -> {
            ClockActivity held = watch.watch();
            watched.add(held);
            handedOver.close();
            try {
              if (!pool.isShutdown()) {
                work.run();
              }
            } finally {
              watched.remove(held);
              held.close();
            }
          });
    } catch (RejectedExecutionException givenUp) {
      handedOver.close();
      throw givenUp;
    }
  }

  /** Interrupts every thread and stops tracking all of them. */
  void abandon() {
    pool.shutdownNow();
    group.interrupt();
    watched.forEach(ClockActivity::close);
    watched.clear();
  }

  /** The threads that still run. */
  List<Thread> alive() {
    Thread[] found = new Thread[group.activeCount() + 8];
    int count = group.enumerate(found);
    var alive = new ArrayList<Thread>();
    for (int i = 0; i < count; i++) {
      if (found[i].isAlive()) {
        alive.add(found[i]);
      }
    }
    return alive;
  }
}
