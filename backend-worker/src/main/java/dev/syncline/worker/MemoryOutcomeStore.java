// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The latest outcomes, in memory, within two limits; the oldest are evicted first. Outcomes of
 * other processes are unknown here, hence {@link Work}'s contract. Thread-safe.
 */
public final class MemoryOutcomeStore implements OutcomeStore {
  /** The limits suit a function of 512 MB. */
  public static final int DEFAULT_JOBS = 10_000;

  private static final long DEFAULT_CHARACTERS = 16L * 1024 * 1024;

  private final int maxJobs;
  private final long maxCharacters;
  private final Map<String, JobOutcome> outcomes = new LinkedHashMap<>();
  private long characters;

  /** Remembers 10,000 outcomes and 16 M characters of them. */
  public MemoryOutcomeStore() {
    this(DEFAULT_JOBS, DEFAULT_CHARACTERS);
  }

  /** Remembers outcomes up to the given number, and up to the given number of characters. */
  public MemoryOutcomeStore(int maxJobs, long maxCharacters) {
    this.maxJobs = maxJobs;
    this.maxCharacters = maxCharacters;
  }

  @Override
  public synchronized @Nullable JobOutcome find(String id) {
    return outcomes.get(id);
  }

  @Override
  public synchronized JobOutcome keep(String id, JobOutcome outcome) {
    JobOutcome first = outcomes.putIfAbsent(id, outcome);
    if (first != null) {
      return first;
    }
    characters += size(id, outcome);
    Iterator<Map.Entry<String, JobOutcome>> oldest = outcomes.entrySet().iterator();
    while (outcomes.size() > maxJobs || characters > maxCharacters) {
      Map.Entry<String, JobOutcome> gone = oldest.next();
      characters -= size(gone.getKey(), gone.getValue());
      oldest.remove();
    }
    return outcome;
  }

  private static long size(String id, JobOutcome outcome) {
    return id.length()
        + switch (outcome) {
          case JobOutcome.Completed completed -> (long) completed.result().length();
          case JobOutcome.Failed failed -> (long) failed.error().length() + failed.cause().length();
        };
  }
}
