// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker.process;

import dev.syncline.publisher.Sleeper;
import dev.syncline.worker.Setting;
import dev.syncline.worker.WorkerLog;
import dev.syncline.worker.host.Host;
import dev.syncline.worker.queue.QueueWorker;
import dev.syncline.worker.task.ActivityWorker;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** The hosts that an environment asks for: one for each of three variables that is set. */
public final class Hosts implements AutoCloseable {
  private final WorkerParts parts;
  private final List<String> names;
  private final List<Host> hosts;

  private Hosts(WorkerParts parts, List<String> names, List<Host> hosts) {
    this.parts = parts;
    this.names = names;
    this.hosts = hosts;
  }

  /**
   * Makes them; none takes jobs yet.
   *
   * @throws IllegalArgumentException naming the variable that is missing or wrong
   */
  public static Hosts fromEnvironment(
      Map<String, String> environment, Clock clock, Sleeper sleeper, WorkerLog log) {
    boolean queue = Setting.WORKER_QUEUE_URL.isSet(environment);
    boolean activity = Setting.WORKER_ACTIVITY_ARN.isSet(environment);
    if (!queue && !activity) {
      throw new IllegalArgumentException(
          "There is nothing to take jobs from: set "
              + Setting.WORKER_QUEUE_URL
              + " or "
              + Setting.WORKER_ACTIVITY_ARN);
    }
    int concurrency = (int) Setting.WORKER_CONCURRENCY.number(environment);
    RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
    WorkerParts parts = new WorkerParts(environment, clock, sleeper, log);
    List<String> names = new ArrayList<>();
    List<Host> hosts = new ArrayList<>();
    if (queue) {
      names.add("queue");
      hosts.add(
          new QueueWorker(
              parts.queue(Setting.WORKER_QUEUE_URL.text(environment)),
              parts.queueJobs(),
              concurrency,
              Duration.ofSeconds(Setting.WORKER_POLL_SECONDS.number(environment)),
              Duration.ofMillis(Setting.WORKER_VISIBILITY_MS.number(environment)),
              sleeper,
              random,
              log));
    }
    if (activity) {
      names.add("activity");
      hosts.add(
          new ActivityWorker(
              parts.tasks(),
              parts.beats(),
              concurrency,
              parts.config().delay(),
              sleeper,
              clock,
              random,
              log));
    }
    return new Hosts(parts, names, hosts);
  }

  /** What they take jobs from. */
  public List<String> names() {
    return names;
  }

  /** The hosts. */
  public List<Host> all() {
    return hosts;
  }

  /** Lets each take jobs. */
  public void start() {
    hosts.forEach(Host::start);
  }

  @Override
  public void close() {
    hosts.forEach(Host::close);
    parts.close();
  }
}
