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
 * Polls on one thread and handles each item on its own virtual thread. It handles as many items
 * concurrently as it has slots, and polls for no more items than it has free slots. After a failed
 * poll it pauses for a random time between zero and a bound that doubles up to 20 s. Thread-safe.
 *
 * @param <T> the type of the items
 */
public final class PollLoop<T> {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final int MAX_DOUBLINGS = 6;
  private static final Duration MAX_PAUSE = Duration.ofSeconds(20);

  /**
   * The source of the items.
   *
   * @param <T> the type of the items
   */
  public interface Source<T> {

    /** Waits for items, at most {@code room}; empty if none arrived in time. May throw. */
    List<T> poll(int room) throws InterruptedException;

    /** Handles one item; throws only if it was interrupted. */
    void handle(T thing) throws InterruptedException;

    /** Puts back an item that is not completely handled, because the loop stops. May throw. */
    void putBack(T thing);
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
   * Creates a loop; {@link #start} starts it.
   *
   * @param name its name in log lines
   * @param random thread-safe, or used by this loop only
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
   * Stops polling and returns when every item is handled. The running poll may take half of the
   * time, because the peer may be delivering items; items that it returns are put back. Items that
   * are not handled in time are interrupted and put back.
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
                    // Every item is done.
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
    // An interrupt ended the poll; clear it for the following calls.
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

  /** Handles one item, and releases its slot afterwards. */
  private void begin(T thing) {
    if (stopping) {
      try {
        putBack(thing);
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
                    putBack(thing);
                  } catch (RuntimeException e) {
                    log.error("not handled", Map.of("host", name, "detail", String.valueOf(e)));
                    putBack(thing);
                  } finally {
                    handlers.remove(Thread.currentThread());
                    slots.release();
                  }
                });
    handlers.add(handler);
    handler.start();
  }

  private void putBack(T thing) {
    // Clear the interrupt, so that putting the item back does not fail.
    Thread.interrupted();
    try {
      source.putBack(thing);
    } catch (RuntimeException e) {
      log.warn("not put back", Map.of("host", name, "detail", String.valueOf(e)));
    }
  }
}
