// SPDX-License-Identifier: Apache-2.0
package dev.syncline.temporal.bridge;

import dev.syncline.temporal.JobRequest;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The jobs that this environment has started recently. A server with state in memory, such as
 * Temporal's test server, loses its accepted jobs when it dies.
 *
 * <p>A job is kept for an hour at most, which is shorter than a cluster's retention of ended
 * workflows. So a job that is unknown to the cluster within that time was lost. Also limited by
 * number and by characters; the oldest is evicted first. Thread-safe.
 */
final class AcceptedJobs {
  static final long KEPT_MILLIS = 3_600_000;
  private static final int MAX_JOBS = 1_000;
  private static final long MAX_CHARACTERS = 4L * 1024 * 1024;

  private record Accepted(JobRequest job, long at) {
    long size() {
      return job.event().length();
    }
  }

  private final Clock clock;

  // Guarded by this.
  private final LinkedHashMap<String, Accepted> jobs = new LinkedHashMap<>();
  private long characters;

  AcceptedJobs(Clock clock) {
    this.clock = clock;
  }

  /** Records a job that the server has accepted. */
  synchronized void add(JobRequest job) {
    forget(job.id());
    Accepted accepted = new Accepted(job, clock.millis());
    jobs.put(job.id(), accepted);
    characters += accepted.size();
    for (var oldest = jobs.entrySet().iterator(); oldest.hasNext(); ) {
      Map.Entry<String, Accepted> next = oldest.next();
      if (jobs.size() <= MAX_JOBS
          && characters <= MAX_CHARACTERS
          && clock.millis() - next.getValue().at <= KEPT_MILLIS) {
        return;
      }
      characters -= next.getValue().size();
      oldest.remove();
    }
  }

  /** It has ended. */
  synchronized void forget(String id) {
    Accepted before = jobs.remove(id);
    characters -= before == null ? 0 : before.size();
  }

  /** The job with this id, if it was accepted recently and has not ended. */
  synchronized @Nullable JobRequest find(String id) {
    Accepted accepted = jobs.get(id);
    return accepted == null || clock.millis() - accepted.at > KEPT_MILLIS ? null : accepted.job;
  }
}
