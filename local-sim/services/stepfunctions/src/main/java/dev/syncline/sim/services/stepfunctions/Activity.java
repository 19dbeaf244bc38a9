// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An activity: a queue of tasks, and a queue of workers that poll for them. At least one of the two
 * is always empty. Thread-safe.
 */
final class Activity {
  /** AWS's maximum of concurrent pollers of one activity. */
  static final int MAX_POLLERS = 1_000;

  private final String arn;
  private final String name;
  private final Instant created;
  private final @Nullable JsonNode encryption;
  private Map<String, String> tags;
  private final LinkedHashMap<String, String> waitingTasks = new LinkedHashMap<>();
  private final ArrayDeque<CompletableFuture<@Nullable Offer>> pollers = new ArrayDeque<>();

  /** A task for a worker. */
  record Offer(String token, String input) {}

  Activity(
      String arn,
      String name,
      Instant created,
      @Nullable JsonNode encryption,
      Map<String, String> tags) {
    this.arn = arn;
    this.name = name;
    this.created = created;
    this.encryption = encryption;
    this.tags = Map.copyOf(tags);
  }

  String arn() {
    return arn;
  }

  String name() {
    return name;
  }

  Instant created() {
    return created;
  }

  /** The encryption configuration as given, null for none. */
  @Nullable JsonNode encryption() {
    return encryption;
  }

  synchronized Map<String, String> tags() {
    return tags;
  }

  synchronized void changeTags(UnaryOperator<Map<String, String>> change) {
    tags = Map.copyOf(change.apply(tags));
  }

  /** Gives the task to the worker that has polled longest, or queues it. */
  void offer(String token, String input) {
    while (true) {
      CompletableFuture<@Nullable Offer> poller;
      synchronized (this) {
        poller = pollers.poll();
        if (poller == null) {
          waitingTasks.put(token, input);
          return;
        }
      }
      if (poller.complete(new Offer(token, input))) {
        return;
      }
    }
  }

  /** Removes a task that is no longer awaited from the queue. */
  synchronized void withdraw(String token) {
    waitingTasks.remove(token);
  }

  /**
   * The next task, now or later.
   *
   * @return null if {@link #MAX_POLLERS} workers already poll
   */
  synchronized @Nullable CompletableFuture<@Nullable Offer> poll() {
    var future = new CompletableFuture<@Nullable Offer>();
    var next = waitingTasks.pollFirstEntry();
    if (next != null) {
      future.complete(new Offer(next.getKey(), next.getValue()));
      return future;
    }
    pollers.removeIf(CompletableFuture::isDone);
    if (pollers.size() >= MAX_POLLERS) {
      return null;
    }
    pollers.add(future);
    return future;
  }

  /** The worker's poll has timed out. */
  synchronized void stopPolling(CompletableFuture<@Nullable Offer> poller) {
    pollers.remove(poller);
    poller.complete(null);
  }
}
