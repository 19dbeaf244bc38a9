// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker.host;

import dev.syncline.work.Sleeper;
import dev.syncline.worker.WorkerLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Polls on one thread and handles each thing that it gets on a virtual thread of its own: as many
 * at once as there are slots, and it asks for no more than it has slots for. After a poll that
 * failed it pauses, at random between zero and a bound that doubles up to 20 s. Thread-safe.
 *
 * @param <T> what is polled for
 */
public final class PollLoop<T> {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final int MAX_DOUBLINGS = 6;
  private static final Duration MAX_PAUSE = Duration.ofSeconds(20);

  /**
   * Where things come from, and go back to.
   *
   * @param <T> what is polled for
   */
  public interface Source<T> {

    /** Waits for at most so many, and gives none when none came in time. May throw. */
    List<T> poll(int room) throws InterruptedException;

    /** Handles one; throws nothing but when it was interrupted. */
    void handle(T thing) throws InterruptedException;

    /** Gives one back that is not handled, or not to the end, because the loop stops. May throw. */
    void giveBack(T thing);
  }

  private final String name;
  private final Source<T> source;
  private final int concurrency;
  private final int maxPerPoll;
  private final Sleeper sleeper;
  private final RandomGenerator random;
  private final WorkerLog log;
  private final Semaphore slots;
  private final Set<Thread> handlers = ConcurrentHashMap.newKeySet();
  private volatile boolean stopping;
  private volatile @Nullable Thread poller;

  /**
   * Makes a loop that does nothing yet.
   *
   * @param name what log lines call it
   * @param random thread-safe or used by nobody else
   */
  public PollLoop(
      String name,
      Source<T> source,
      int concurrency,
      int maxPerPoll,
      Sleeper sleeper,
      RandomGenerator random,
      WorkerLog log) {
    this.name = name;
    this.source = source;
    this.concurrency = concurrency;
    this.maxPerPoll = maxPerPoll;
    this.sleeper = sleeper;
    this.random = random;
    this.log = log;
    this.slots = new Semaphore(concurrency);
  }

  /** Starts polling. */
  public void start() {
    poller = Thread.ofVirtual().name("poll " + name).start(this::run);
  }

  /**
   * Stops polling and returns when everything is handled. The poll that is under way may end within
   * half of the time, since the other side may be about to hand something out; what it still brings
   * is given back. What is not handled when the time is over is interrupted and given back.
   */
  public void drain(Duration time) throws InterruptedException {
    stopping = true;
    Thread polling = poller;
    if (polling == null) {
      return;
    }
    Thread deadline =
        Thread.ofVirtual()
            .name("drain " + name)
            .start(
                () -> {
                  try {
                    sleeper.sleep(time.dividedBy(2));
                    polling.interrupt();
                    sleeper.sleep(time.dividedBy(2));
                    handlers.forEach(Thread::interrupt);
                  } catch (InterruptedException e) {
                    // Everything is done.
                  }
                });
    try {
      polling.join();
      slots.acquire(concurrency);
      slots.release(concurrency);
    } finally {
      deadline.interrupt();
    }
  }

  private void run() {
    int failures = 0;
    while (!stopping) {
      int room = 0;
      try {
        slots.acquire();
        room = 1;
        while (room < maxPerPoll && slots.tryAcquire()) {
          room++;
        }
        List<T> things = source.poll(room);
        failures = 0;
        for (T thing : things) {
          room--;
          begin(thing);
        }
      } catch (InterruptedException e) {
        break;
      } catch (RuntimeException e) {
        if (stopping) {
          break;
        }
        failures++;
        if (!pause(failures, e)) {
          break;
        }
      } finally {
        slots.release(Math.max(room, 0));
      }
    }
    // It was an interrupt that ended the poll; what follows is not to be stopped by it.
    Thread.interrupted();
  }

  private boolean pause(int failures, RuntimeException reason) {
    long bound = FIRST_PAUSE.toMillis() << Math.min(failures - 1, MAX_DOUBLINGS);
    long pause = random.nextLong(Math.min(bound, MAX_PAUSE.toMillis()) + 1);
    log.warn(
        "poll failed",
        Map.of(
            "host",
            name,
            "failures",
            failures,
            "pauseMs",
            pause,
            "detail",
            String.valueOf(reason)));
    try {
      sleeper.sleep(Duration.ofMillis(pause));
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  /** Takes over the slot. */
  private void begin(T thing) {
    if (stopping) {
      try {
        giveBack(thing);
      } finally {
        slots.release();
      }
      return;
    }
    Thread handler =
        Thread.ofVirtual()
            .name(name)
            .unstarted(
                () -> {
                  try {
                    source.handle(thing);
                  } catch (InterruptedException e) {
                    giveBack(thing);
                  } catch (RuntimeException e) {
                    log.error("not handled", Map.of("host", name, "detail", String.valueOf(e)));
                    giveBack(thing);
                  } finally {
                    handlers.remove(Thread.currentThread());
                    slots.release();
                  }
                });
    handlers.add(handler);
    handler.start();
  }

  private void giveBack(T thing) {
    // An interrupt has done what it was for; the call that gives back must not fail by it.
    Thread.interrupted();
    try {
      source.giveBack(thing);
    } catch (RuntimeException e) {
      log.warn("not given back", Map.of("host", name, "detail", String.valueOf(e)));
    }
  }
}
