// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker.testing;

import dev.syncline.worker.queue.JobMessage;
import dev.syncline.worker.queue.JobQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A queue in memory. Messages that are hidden or delayed become visible when the test says so;
 * messages that are received too often go to the dead letters. Records every call. Thread-safe.
 */
public final class MemoryQueue implements JobQueue {
  private final Map<String, JobMessage> visible = new LinkedHashMap<>();
  private final Map<String, JobMessage> hidden = new LinkedHashMap<>();
  private final boolean fifo;
  private final int maxReceives;
  private int count;

  /** The calls, in order. */
  public final List<String> calls = new CopyOnWriteArrayList<>();

  /** The bodies of messages that were received too often. */
  public final List<String> deadLetters = new CopyOnWriteArrayList<>();

  /** A standard queue with a maximum receive count. */
  public MemoryQueue(int maxReceives) {
    this(false, maxReceives);
  }

  /** A queue of either kind. */
  public MemoryQueue(boolean fifo, int maxReceives) {
    this.fifo = fifo;
    this.maxReceives = maxReceives;
  }

  /** A message that has not been received yet. */
  public static JobMessage message(String id, String body) {
    return new JobMessage(id, "receipt-" + id, body, 0, Duration.ZERO, null);
  }

  /** Puts a message in. */
  public synchronized void send(String body) {
    String id = "m" + ++count;
    visible.put(id, message(id, body));
    notifyAll();
  }

  /** Ends every visibility time-out and delay. */
  public synchronized void timePasses() {
    hidden.forEach(visible::put);
    hidden.clear();
    notifyAll();
  }

  /** How many messages there are, visible or not. */
  public synchronized int size() {
    return visible.size() + hidden.size();
  }

  /** Returns when no message is left. */
  public synchronized void awaitEmpty() throws InterruptedException {
    while (size() > 0) {
      wait();
    }
  }

  /** Returns when the number of calls with this prefix is reached. */
  public synchronized void awaitCalls(String start, int times) throws InterruptedException {
    while (calls.stream().filter(call -> call.startsWith(start)).count() < times) {
      wait();
    }
  }

  private synchronized void called(String call) {
    calls.add(call);
    notifyAll();
  }

  @Override
  public boolean isFifo() {
    return fifo;
  }

  @Override
  public synchronized List<JobMessage> receive(int max, Duration wait, Duration visibility) {
    called("receive");
    try {
      while (visible.isEmpty()) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the poll was aborted", e);
    }
    List<JobMessage> given = new ArrayList<>();
    for (JobMessage message : List.copyOf(visible.values())) {
      visible.remove(message.messageId());
      if (message.receiveCount() == maxReceives) {
        deadLetters.add(message.body());
        notifyAll();
      } else if (given.size() < max) {
        JobMessage received =
            new JobMessage(
                message.messageId(),
                message.receipt(),
                message.body(),
                message.receiveCount() + 1,
                message.inQueue(),
                message.stillToWait());
        hidden.put(message.messageId(), received);
        given.add(received);
      } else {
        visible.put(message.messageId(), message);
      }
    }
    return given;
  }

  @Override
  public synchronized void delete(JobMessage message) {
    hidden.remove(message.messageId());
    visible.remove(message.messageId());
    called("delete " + message.messageId());
  }

  @Override
  public synchronized void hide(JobMessage message, Duration time) {
    if (time.isZero()) {
      JobMessage shown = hidden.remove(message.messageId());
      if (shown != null) {
        visible.put(shown.messageId(), shown);
      }
    }
    called("hide " + message.messageId() + " " + time);
  }

  @Override
  public synchronized void sendAgain(JobMessage message, Duration delay, Duration stillToWait) {
    String id = "m" + ++count;
    hidden.put(
        id, new JobMessage(id, "receipt-" + id, message.body(), 0, Duration.ZERO, stillToWait));
    called("sendAgain " + message.messageId() + " " + delay + " " + stillToWait);
  }
}
