// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker;

import dev.syncline.work.aws.WorkStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Outcomes in the bucket that the bridge reads too. So every process of the worker answers a
 * redelivered job with its first outcome, and the bridge finds lost answers. A job whose outcome
 * cannot be stored fails and is redelivered.
 *
 * <p>An id that is invalid in an object's key, which the bridge never generates, is remembered in
 * the process only. Thread-safe.
 *
 * @param memory caches the bucket, and keeps the outcomes of invalid ids
 */
public record BucketOutcomeStore(WorkStore bucket, OutcomeStore memory) implements OutcomeStore {
  @Override
  public @Nullable JobOutcome find(String id) {
    JobOutcome known = memory.find(id);
    if (known != null || !WorkStore.isId(id)) {
      return known;
    }
    try {
      Optional<String> envelope = bucket.outcome(id);
      return envelope.isEmpty() ? null : memory.keep(id, Envelope.outcome(envelope.get()));
    } catch (IOException e) {
      throw new UncheckedIOException("The outcome of " + id + " cannot be looked up", e);
    }
  }

  @Override
  public JobOutcome keep(String id, JobOutcome outcome) {
    JobOutcome first = find(id);
    if (first != null) {
      return first;
    }
    if (!WorkStore.isId(id)) {
      return memory.keep(id, outcome);
    }
    try {
      bucket.outcome(id, outcome.envelope(id));
    } catch (IOException e) {
      throw new UncheckedIOException("The outcome of " + id + " cannot be kept", e);
    }
    return memory.keep(id, outcome);
  }
}
