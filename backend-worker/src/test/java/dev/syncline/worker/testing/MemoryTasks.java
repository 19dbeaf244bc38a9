// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker.testing;

import dev.syncline.worker.task.Tasks;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** Step Functions in memory: supplies the given tasks, and records their results. */
public final class MemoryTasks implements Tasks {
  private final BlockingQueue<Task> waiting = new LinkedBlockingQueue<>();
  private final Set<String> gone = ConcurrentHashMap.newKeySet();

  /** The results and heartbeats, in order. */
  public final List<String> told = new CopyOnWriteArrayList<>();

  /** A task that a worker may take. */
  public void add(String token, String input) {
    waiting.add(new Task(token, input));
  }

  /** Ends the wait of this task. */
  public void giveUp(String token) {
    gone.add(token);
  }

  /** Returns when a result that starts so has been sent; the test's time-out limits the wait. */
  public void await(String start) throws InterruptedException {
    synchronized (told) {
      while (told.stream().noneMatch(line -> line.startsWith(start))) {
        told.wait();
      }
    }
  }

  private boolean tell(String token, String what) {
    synchronized (told) {
      told.add(what);
      told.notifyAll();
    }
    return !gone.contains(token);
  }

  @Override
  public @Nullable Task next() {
    try {
      return waiting.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the poll was aborted", e);
    }
  }

  @Override
  public boolean succeed(String token, String output) {
    return tell(token, token + " succeeds " + output);
  }

  @Override
  public boolean fail(String token, String error, String cause) {
    return tell(token, token + " fails " + error + " " + cause);
  }

  @Override
  public boolean heartbeat(String token) {
    return tell(token, token + " beats");
  }
}
