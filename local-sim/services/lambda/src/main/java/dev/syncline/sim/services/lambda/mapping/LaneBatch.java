// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.mapping;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A batch and what remains to be done of it. Decides about retries, bisection and records that are
 * given up; invokes nothing. Not thread-safe.
 *
 * <p>After a bisection the halves are done in order, each with its own retries; cutting takes no
 * attempt. A partial failure keeps the count of attempts.
 */
final class LaneBatch {
  /**
   * Consecutive records that are brought to the function together.
   *
   * @param attempts how many of the invocations count against the retries
   * @param invocations how often the function was invoked with them
   */
  record Part(List<LaneRecord> records, int attempts, int invocations) {
    Part {
      records = List.copyOf(records);
    }

    LaneRecord first() {
      return records.getFirst();
    }

    LaneRecord last() {
      return records.getLast();
    }

    private Part from(int index) {
      return new Part(records.subList(index, records.size()), attempts, invocations);
    }

    private Part to(int index) {
      return new Part(records.subList(0, index), attempts, invocations);
    }
  }

  private final Deque<Part> parts = new ArrayDeque<>();

  LaneBatch(List<LaneRecord> records) {
    parts.add(new Part(records, 0, 0));
  }

  boolean finished() {
    return parts.isEmpty();
  }

  /** What is to be brought to the function next. */
  Part next() {
    return parts.getFirst();
  }

  /** The number of the newest record that is done with, given that of the record before. */
  @Nullable BigInteger doneUpTo(@Nullable BigInteger before) {
    return parts.isEmpty() ? before : parts.getFirst().first().number().subtract(BigInteger.ONE);
  }

  /** All records of the part are done. */
  void succeeded() {
    parts.removeFirst();
  }

  /**
   * Takes away records that are too old; the rest remains to be done.
   *
   * @return the records taken away; empty if there are none
   */
  Optional<Part> expired(Instant oldest) {
    Part part = parts.getFirst();
    int old = 0;
    while (old < part.records.size() && part.records.get(old).created().isBefore(oldest)) {
      old++;
    }
    if (old == 0) {
      return Optional.empty();
    }
    parts.removeFirst();
    if (old < part.records.size()) {
      parts.addFirst(part.from(old));
    }
    return Optional.of(part.to(old));
  }

  /**
   * The function failed.
   *
   * @param firstFailed the number of the record to begin with again; null for the first one
   * @param maxRetries -1 for any number
   * @return the records that are given up; empty when they are to be tried again
   */
  Optional<Part> failed(@Nullable BigInteger firstFailed, boolean bisect, int maxRetries) {
    Part part = parts.removeFirst();
    int done = firstFailed == null ? 0 : index(part, firstFailed);
    Part rest = new Part(part.from(done).records, part.attempts, part.invocations + 1);
    if (bisect && (done > 0 || rest.records.size() > 1)) {
      if (done == 0) {
        int half = (rest.records.size() + 1) / 2;
        parts.addFirst(rest.from(half));
        parts.addFirst(rest.to(half));
      } else {
        parts.addFirst(rest);
      }
      return Optional.empty();
    }
    int attempts = rest.attempts + 1;
    if (maxRetries >= 0 && attempts > maxRetries) {
      return Optional.of(rest);
    }
    parts.addFirst(new Part(rest.records, attempts, rest.invocations));
    return Optional.empty();
  }

  private static int index(Part part, BigInteger number) {
    for (int i = 0; i < part.records.size(); i++) {
      if (part.records.get(i).number().equals(number)) {
        return i;
      }
    }
    throw new IllegalArgumentException("the batch has no record " + number);
  }
}
