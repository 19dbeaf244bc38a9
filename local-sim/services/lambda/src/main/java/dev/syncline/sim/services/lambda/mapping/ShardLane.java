// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.mapping;

import dev.syncline.sim.kernel.ClockActivity;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.kernel.Timer;
import dev.syncline.sim.service.contract.TableStreams;
import dev.syncline.sim.service.contract.TableStreams.StreamRecord;
import dev.syncline.sim.services.lambda.mapping.StreamPositions.Checkpoint;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings the records of a shard, or those of a part of its keys, to a function: one batch at a
 * time, in order. It waits for records, for a batching window and for a retry without a thread; a
 * batch at work has a virtual one. Thread-safe.
 */
final class ShardLane {
  /** What a synchronous invocation takes, less the frame around the records. */
  private static final int MAX_EVENT_BYTES = 6 * 1024 * 1024 - 1024;

  private static final int MAX_READ_RECORDS = 1000;

  /** The pauses between attempts, as recordings of AWS suggest them. */
  private static final Duration FIRST_BACK_OFF = Duration.ofMillis(500);

  private static final Duration MAX_BACK_OFF = Duration.ofMinutes(1);
  private static final int MAX_DOUBLINGS = 7;

  /** The mapping that a lane works for. */
  interface Owner {
    Mapping mapping();

    /** Whether records may be brought to the function. */
    boolean running();

    /** How the last batch went, as {@code LastProcessingResult} shows it. */
    String lastResult();

    /** How a batch went; told when its checkpoint is known. */
    void result(String text);

    /** A lane has done its last record: the shard is closed. */
    void finished();

    /** A lane has stopped working for now. */
    void quiet();
  }

  /** Parts that all lanes of a mapping share. */
  record Tools(
      SimClock clock,
      TableStreams streams,
      FunctionCalls calls,
      FailureDestination destination,
      MappingEvents events) {}

  private final Tools tools;
  private final Owner owner;
  private final String shardId;
  private final KeyShare share;
  private volatile Checkpoint checkpoint;

  /** Whether a thread works; it alone uses {@link #position} and what belongs to the batch. */
  private boolean active;

  /** Whether there may be records that no thread has looked for. */
  private boolean again;

  private boolean done;

  /** Whether the batching window is over. */
  private boolean flush;

  private @Nullable Timer window;
  private @Nullable Timer retry;

  /** The records up to this number have been read. */
  private @Nullable BigInteger position;

  private List<LaneRecord> gathered = new ArrayList<>();
  private int gatheredBytes;
  private @Nullable LaneBatch batch;
  private int tries;

  ShardLane(Tools tools, Owner owner, String shardId, KeyShare share, Checkpoint checkpoint) {
    this.tools = tools;
    this.owner = owner;
    this.shardId = shardId;
    this.share = share;
    this.checkpoint = checkpoint;
    this.position = checkpoint.after();
  }

  Checkpoint checkpoint() {
    return checkpoint;
  }

  synchronized boolean active() {
    return active;
  }

  synchronized boolean done() {
    return done;
  }

  /** Looks for records, unless it waits for a retry or is at work. */
  void wake() {
    synchronized (this) {
      again = true;
      if (active || done || retry != null || !owner.running()) {
        return;
      }
      active = true;
    }
    ClockActivity handedOver = tools.clock.begin();
    Thread.ofVirtual()
        .name("mapping-" + owner.mapping().uuid())
        .start(
            () ->
                tools.clock.run(
                    () -> {
                      handedOver.close();
                      work();
                    }));
  }

  /** Gives up what waits; a batch at work ends and counts. */
  synchronized void stop() {
    cancelTimers();
    if (!active) {
      forget();
    }
  }

  private void cancelTimers() {
    if (window != null) {
      window.cancel();
      window = null;
    }
    if (retry != null) {
      retry.cancel();
      retry = null;
    }
  }

  /** Goes back to the checkpoint. Holds the lock. */
  private void forget() {
    position = checkpoint.after();
    gathered = new ArrayList<>();
    gatheredBytes = 0;
    batch = null;
    tries = 0;
    flush = false;
  }

  private void work() {
    boolean failed = true;
    try {
      while (goesOn()) {
        LaneBatch current = batch == null ? gather() : batch;
        batch = current;
        if (current != null) {
          attempt(current);
        }
      }
      failed = false;
    } finally {
      if (failed) {
        synchronized (this) {
          active = false;
        }
      }
    }
    owner.quiet();
  }

  /** Whether there is something to do now. If not, the lane is no longer active. */
  private synchronized boolean goesOn() {
    if (!owner.running()) {
      cancelTimers();
      forget();
      active = false;
      return false;
    }
    boolean workLeft = retry == null && !done && (batch != null || again);
    again = false;
    active = workLeft;
    return workLeft;
  }

  /** Reads on; null until a batch is full or its window is over. */
  private @Nullable LaneBatch gather() {
    Mapping mapping = owner.mapping();
    boolean full = false;
    Optional<String> refusal = tools.calls.access().missing(mapping, SourceAccess.READ);
    if (refusal.isPresent()) {
      owner.result("PROBLEM: " + refusal.get());
      retryLater();
      return null;
    }
    while (!full && gathered.size() < mapping.batchSize()) {
      List<StreamRecord> page =
          tools.streams.read(
              mapping.sourceArn(),
              shardId,
              position,
              Math.min(MAX_READ_RECORDS, mapping.batchSize() - gathered.size()),
              MAX_EVENT_BYTES);
      if (page.isEmpty()) {
        break;
      }
      for (StreamRecord record : page) {
        if (!take(record, mapping)) {
          full = true;
          break;
        }
        position = record.sequenceNumber();
      }
    }
    if (gathered.isEmpty()) {
      reached(position);
      endIfClosed(mapping);
      return null;
    }
    synchronized (this) {
      boolean ready =
          full || flush || mapping.window().isZero() || gathered.size() >= mapping.batchSize();
      if (!ready) {
        if (window == null) {
          window = tools.clock.schedule(mapping.window(), this::windowIsOver);
        }
        return null;
      }
      cancelTimers();
      flush = false;
    }
    var ready = new LaneBatch(gathered);
    gathered = new ArrayList<>();
    gatheredBytes = 0;
    return ready;
  }

  private void windowIsOver() {
    synchronized (this) {
      window = null;
      flush = true;
    }
    wake();
  }

  /** Takes a record if the lane and the filter want it; false when the batch has no room for it. */
  private boolean take(StreamRecord record, Mapping mapping) {
    if (!share.has(record.json())) {
      return true;
    }
    LaneRecord taken = LaneRecord.of(record, mapping.sourceArn());
    if (!mapping.filter().wants(taken.json())) {
      return true;
    }
    int bytes = gatheredBytes + taken.bytes() + 1;
    if (bytes > MAX_EVENT_BYTES && !gathered.isEmpty()) {
      return false;
    }
    gathered.add(taken);
    gatheredBytes = bytes;
    return true;
  }

  private void endIfClosed(Mapping mapping) {
    Optional<TableStreams.Readable> readable = tools.streams.readable(mapping.sourceArn(), shardId);
    boolean open =
        tools.streams.stream(mapping.sourceArn()).stream()
            .flatMap(stream -> stream.shards().stream())
            .filter(shard -> shard.id().equals(shardId))
            .anyMatch(
                shard -> {
                  if (shard.last() == null || readable.isEmpty()) {
                    return shard.last() == null;
                  }
                  BigInteger read = position == null ? readable.get().trimmed() : position;
                  return read.compareTo(shard.last()) < 0
                      && readable.get().trimmed().compareTo(shard.last()) < 0;
                });
    if (!open) {
      synchronized (this) {
        done = true;
      }
      owner.finished();
    }
  }

  /** Invokes the function with what is to be done next. */
  private void attempt(LaneBatch current) {
    Mapping mapping = owner.mapping();
    var source = (MappingSource.Stream) mapping.source();
    current
        .expired(tools.clock.now().minus(source.maxAge()))
        .ifPresent(part -> tools.destination.expired(mapping, shardId, part));
    String result = owner.lastResult();
    if (!current.finished()) {
      LaneBatch.Part part = current.next();
      result =
          switch (tools.calls.invoke(mapping, LaneRecord.event(part.records()))) {
            case FunctionCalls.Refused refused -> {
              tools.events.failed(mapping, shardId, part, refused.reason().text());
              retryLater();
              yield "PROBLEM: " + refused.reason().text();
            }
            case FunctionCalls.Invoked invoked -> judge(current, part, mapping, source, invoked);
          };
    }
    if (current.finished()) {
      batch = null;
      tries = 0;
      reached(position);
      synchronized (this) {
        again = true;
      }
    } else {
      reached(current.doneUpTo(checkpoint.after()));
    }
    owner.result(result);
  }

  private void reached(@Nullable BigInteger number) {
    var next = new Checkpoint(number);
    if (!next.equals(checkpoint)) {
      checkpoint = next;
      tools.calls.changed();
    }
  }

  /** Draws the consequences of an invocation; gives what {@code LastProcessingResult} shows. */
  private String judge(
      LaneBatch current,
      LaneBatch.Part part,
      Mapping mapping,
      MappingSource.Stream source,
      FunctionCalls.Invoked invoked) {
    StreamAnswer answer =
        invoked.error() != null
            ? StreamAnswer.FAILURE
            : mapping.partialFailures()
                ? StreamAnswer.of(invoked.answer(), part.records())
                : StreamAnswer.SUCCESS;
    if (answer.succeeded()) {
      tries = 0;
      current.succeeded();
      return "OK";
    }
    String reason =
        invoked.error() == null ? "The function reported failures" : "Function call failed";
    tools.events.failed(mapping, shardId, part, reason);
    Optional<LaneBatch.Part> dropped =
        current.failed(answer.firstFailed(), source.bisect(), source.maxRetries());
    if (dropped.isPresent()) {
      tries = 0;
      tools.destination.exhausted(mapping, shardId, dropped.get(), invoked);
    } else {
      retryLater();
    }
    return "PROBLEM: " + reason;
  }

  private void retryLater() {
    Duration delay = FIRST_BACK_OFF.multipliedBy(1L << Math.min(tries, MAX_DOUBLINGS));
    tries++;
    synchronized (this) {
      retry =
          tools.clock.schedule(
              delay.compareTo(MAX_BACK_OFF) > 0 ? MAX_BACK_OFF : delay, this::retryIsDue);
    }
  }

  private void retryIsDue() {
    synchronized (this) {
      retry = null;
    }
    wake();
  }
}
