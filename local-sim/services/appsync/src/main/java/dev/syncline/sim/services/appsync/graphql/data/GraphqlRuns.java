// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.data;

import dev.syncline.sim.kernel.Journal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The requests that are being executed, by id. Thread-safe. */
record GraphqlRuns(Journal journal, Map<String, Run> byId) {
  /** A request with many resolvers must not push all other entries out of the journal. */
  private static final int MAX_JOURNALLED = 200;

  GraphqlRuns(Journal journal) {
    this(journal, new ConcurrentHashMap<>());
  }

  /** A request that is being executed. */
  static final class Run {
    private final @Nullable GraphqlRequestLog log;
    private final AtomicInteger journalled = new AtomicInteger();

    private Run(@Nullable GraphqlRequestLog log) {
      this.log = log;
    }

    /** The log of the request; null when its API has none. */
    @Nullable GraphqlRequestLog log() {
      return log;
    }
  }

  /** A request begins. */
  void begin(String requestId, @Nullable GraphqlRequestLog log) {
    byId.put(requestId, new Run(log));
  }

  /** A request has ended. */
  void end(String requestId) {
    byId.remove(requestId);
  }

  /** The log of a request; null without one. */
  @Nullable GraphqlRequestLog log(String requestId) {
    Run run = byId.get(requestId);
    return run == null ? null : run.log();
  }

  /** Records an event of a request, unless the request has many of them. */
  void record(String requestId, Supplier<GraphqlJournal> event) {
    Run run = byId.get(requestId);
    if (run != null && run.journalled.incrementAndGet() <= MAX_JOURNALLED) {
      journal.record(event.get());
    }
  }
}
