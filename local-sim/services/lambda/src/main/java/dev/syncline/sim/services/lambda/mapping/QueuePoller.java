// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.mapping;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockActivity;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.kernel.Timer;
import dev.syncline.sim.kernel.TimerKind;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.contract.QueueConsumers;
import dev.syncline.sim.service.contract.QueueMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings a queue's messages to a function. It waits for messages without a thread; each batch at
 * work has a virtual one. Messages that failed stay hidden until their time is over, so that they
 * come again or go to the dead-letter queue.
 *
 * <p>Like the service it begins with five batches at once and allows five more for each second that
 * it is busy, up to {@code MaximumConcurrency} or 1000. Thread-safe.
 */
final class QueuePoller implements MappingWorker {
  private static final int FIRST_CONCURRENT = 5;
  private static final int MAX_CONCURRENT = 1000;

  /** What a synchronous invocation takes, less the frame around the records. */
  private static final int MAX_EVENT_BYTES = 6 * 1024 * 1024 - 1024;

  private static final Duration UNTIL_QUEUE_IS_LOOKED_FOR_AGAIN = Duration.ofSeconds(10);
  private static final Duration STEP = Duration.ofSeconds(1);

  private final SimClock clock;
  private final QueueConsumers queues;
  private final BatchRun run;
  private Mapping mapping;
  private MappingSource.Queue source;
  private boolean running;
  private int atWork;
  private @Nullable Instant busySince;
  private @Nullable Timer growth;

  /** The receive under way; there is one at most. */
  private QueueConsumers.@Nullable Pending pending;

  /** The messages of the open batching window. */
  private List<QueueMessage> gathered = new ArrayList<>();

  private @Nullable Timer window;
  private volatile String lastResult;

  /**
   * One that has not begun.
   *
   * @param lastResult how the last batch went; {@link #NOTHING_YET} when there was none
   */
  QueuePoller(
      SimClock clock, QueueConsumers queues, BatchRun run, Mapping mapping, String lastResult) {
    this.lastResult = lastResult;
    this.clock = clock;
    this.queues = queues;
    this.run = run;
    this.mapping = mapping;
    this.source = (MappingSource.Queue) mapping.source();
  }

  @Override
  public synchronized Mapping mapping() {
    return mapping;
  }

  @Override
  public String lastResult() {
    return lastResult;
  }

  @Override
  public void change(Mapping changed) {
    stop();
    synchronized (this) {
      mapping = changed;
      source = (MappingSource.Queue) changed.source();
    }
    start();
  }

  @Override
  public void start() {
    synchronized (this) {
      running = mapping.enabled();
    }
    poll();
  }

  /** Takes no further messages; what has been taken is still brought to the function. */
  @Override
  public void stop() {
    QueueConsumers.Pending ended;
    synchronized (this) {
      running = false;
      ended = pending;
      pending = null;
      if (growth != null) {
        growth.cancel();
        growth = null;
      }
    }
    if (ended != null) {
      ended.stop();
    }
    flush();
  }

  private void poll() {
    QueueConsumers.Pending begun;
    synchronized (this) {
      if (!running || pending != null || atWork >= limit()) {
        return;
      }
      if (refused(SourceAccess.RECEIVE) || refused(SourceAccess.ATTRIBUTES)) {
        clock.schedule(TimerKind.BACKGROUND, UNTIL_QUEUE_IS_LOOKED_FOR_AGAIN, this::poll);
        return;
      }
      try {
        begun = queues.receive(mapping.sourceArn(), mapping.batchSize() - gathered.size());
      } catch (AwsException gone) {
        lastResult = "PROBLEM: " + gone.text();
        clock.schedule(TimerKind.BACKGROUND, UNTIL_QUEUE_IS_LOOKED_FOR_AGAIN, this::poll);
        return;
      }
      pending = begun;
    }
    begun
        .messages()
        .whenComplete(
            (messages, failure) ->
                arrived(begun, messages == null ? List.of() : messages, failure));
  }

  private void arrived(
      QueueConsumers.Pending from, List<QueueMessage> messages, @Nullable Throwable failure) {
    boolean full;
    synchronized (this) {
      if (pending == from) {
        pending = null;
      }
      // The permission may have been taken away during the wait: the messages then come again.
      boolean mine = messages.isEmpty() || !refused(SourceAccess.RECEIVE);
      gathered.addAll(mine ? wanted(messages) : List.of());
      full =
          gathered.size() >= mapping.batchSize()
              || (!gathered.isEmpty() && (mapping.window().isZero() || !running));
      if (!full && !gathered.isEmpty() && window == null) {
        window = clock.schedule(mapping.window(), this::flush);
      }
    }
    if (full) {
      flush();
    }
    if (failure == null) {
      poll();
    } else {
      lastResult = "PROBLEM: " + failure.getMessage();
      clock.schedule(TimerKind.BACKGROUND, UNTIL_QUEUE_IS_LOOKED_FOR_AGAIN, this::poll);
    }
  }

  /** Whether the function's role may not do something; {@link #lastResult} then tells it. */
  private boolean refused(String action) {
    Optional<String> missing = run.access().missing(mapping, action);
    missing.ifPresent(text -> lastResult = "PROBLEM: " + text);
    return missing.isPresent();
  }

  private void delete(QueueMessage message) {
    if (!refused(SourceAccess.DELETE)) {
      queues.delete(mapping.sourceArn(), message);
    }
  }

  /** Messages that the filter does not want are deleted, as the service does. */
  private List<QueueMessage> wanted(List<QueueMessage> messages) {
    var wanted = new ArrayList<QueueMessage>();
    for (QueueMessage message : messages) {
      if (mapping.filter().wants(record(message))) {
        wanted.add(message);
      } else {
        delete(message);
      }
    }
    return wanted;
  }

  private ObjectNode record(QueueMessage message) {
    return SqsRecords.of(message, mapping.sourceArn(), run.region());
  }

  /** Brings what has been gathered to the function. */
  private void flush() {
    List<QueueMessage> batch;
    Mapping as;
    synchronized (this) {
      if (window != null) {
        window.cancel();
        window = null;
      }
      if (gathered.isEmpty()) {
        return;
      }
      batch = gathered;
      as = mapping;
      gathered = new ArrayList<>();
      atWork++;
      if (busySince == null) {
        busySince = clock.now();
      }
    }
    ClockActivity handedOver = clock.begin();
    Thread.ofVirtual()
        .name("mapping-" + as.uuid())
        .start(
            () -> {
              try {
                clock.run(
                    () -> {
                      handedOver.close();
                      work(as, batch);
                    });
              } finally {
                done();
              }
            });
    poll();
  }

  private void work(Mapping as, List<QueueMessage> batch) {
    Instant until =
        clock
            .now()
            .plus(
                queues
                    .settings(as.sourceArn())
                    .map(QueueConsumers.Settings::visibility)
                    .orElse(Duration.ZERO));
    int from = 0;
    while (from < batch.size()) {
      ArrayNode records = Json.array();
      var ids = new HashSet<String>();
      int to = from;
      int bytes = 0;
      while (to < batch.size()) {
        ObjectNode record = SqsRecords.of(batch.get(to), as.sourceArn(), run.region());
        bytes += Json.writeBytes(record).length + 1;
        if (bytes > MAX_EVENT_BYTES && !records.isEmpty()) {
          break;
        }
        records.add(record);
        ids.add(batch.get(to).id());
        to++;
      }
      ObjectNode event = Json.object();
      event.set("Records", records);
      BatchRun.Verdict verdict = run.of(as, event, ids, until);
      lastResult = verdict.result();
      if (!verdict.allFailed()) {
        for (QueueMessage message : batch.subList(from, to)) {
          if (!verdict.failed().contains(message.id())) {
            delete(message);
          }
        }
      }
      from = to;
    }
  }

  private void done() {
    synchronized (this) {
      atWork--;
      if (atWork == 0) {
        busySince = null;
      }
    }
    poll();
  }

  /** The number of batches that may start now; at 0 it is checked again in a second. */
  private int limit() {
    Integer most = source.mostConcurrent();
    if (most != null) {
      return most;
    }
    long busySeconds = busySince == null ? 0 : Duration.between(busySince, clock.now()).toSeconds();
    int limit = (int) Math.min(MAX_CONCURRENT, FIRST_CONCURRENT * (1 + busySeconds));
    if (atWork >= limit && growth == null && limit < MAX_CONCURRENT) {
      growth =
          clock.schedule(
              TimerKind.BACKGROUND,
              STEP,
              () -> {
                synchronized (this) {
                  growth = null;
                }
                poll();
              });
    }
    return limit;
  }
}
