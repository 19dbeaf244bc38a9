// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker.process;

import dev.syncline.work.Sleeper;
import dev.syncline.worker.WorkerLog;
import dev.syncline.worker.WorkerSetting;
import dev.syncline.worker.host.WorkerHost;
import dev.syncline.worker.http.BearerToken;
import dev.syncline.worker.http.HttpWorker;
import dev.syncline.worker.queue.QueueWorker;
import dev.syncline.worker.task.ActivityWorker;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The configured hosts: one for each of {@link WorkerSetting#WORKER_QUEUE_URL}, {@link
 * WorkerSetting#WORKER_ACTIVITY_ARN} and {@link WorkerSetting#WORKER_HTTP_PORT} that is set.
 */
public final class WorkerHosts implements AutoCloseable {
  private final WorkerComponents parts;
  private final List<String> names;
  private final List<WorkerHost> hosts;

  private WorkerHosts(WorkerComponents parts, List<String> names, List<WorkerHost> hosts) {
    this.parts = parts;
    this.names = names;
    this.hosts = hosts;
  }

  /**
   * Creates the hosts, without starting them.
   *
   * @throws IllegalArgumentException naming the variable that is missing or wrong
   */
  public static WorkerHosts fromEnvironment(
      Map<String, String> environment,
      Clock clock,
      Sleeper sleeper,
      RandomGenerator random,
      WorkerLog log) {
    boolean queue = WorkerSetting.WORKER_QUEUE_URL.isSet(environment);
    boolean activity = WorkerSetting.WORKER_ACTIVITY_ARN.isSet(environment);
    boolean http = WorkerSetting.WORKER_HTTP_PORT.isSet(environment);
    if (!queue && !activity && !http) {
      throw new IllegalArgumentException(
          "No source of jobs is configured: set  "
              + WorkerSetting.WORKER_QUEUE_URL
              + ", "
              + WorkerSetting.WORKER_ACTIVITY_ARN
              + " or "
              + WorkerSetting.WORKER_HTTP_PORT);
    }
    int concurrency = (int) WorkerSetting.WORKER_CONCURRENCY.number(environment);
    WorkerComponents parts = new WorkerComponents(environment, clock, sleeper, random, log);
    List<String> names = new ArrayList<>();
    List<WorkerHost> hosts = new ArrayList<>();
    if (queue) {
      names.add("queue");
      hosts.add(
          new QueueWorker(
              parts.queue(WorkerSetting.WORKER_QUEUE_URL.text(environment)),
              parts.queueJobs(),
              concurrency,
              Duration.ofSeconds(WorkerSetting.WORKER_POLL_SECONDS.number(environment)),
              Duration.ofMillis(WorkerSetting.WORKER_VISIBILITY_MS.number(environment)),
              sleeper,
              random,
              log));
    }
    if (activity) {
      names.add("activity");
      hosts.add(
          new ActivityWorker(
              parts.tasks(),
              parts.heartbeats(),
              concurrency,
              parts.config().delay(),
              sleeper,
              clock,
              random,
              log));
    }
    if (http) {
      HttpWorker worker = http(environment, parts, concurrency, sleeper, log);
      names.add("http at port " + worker.address().getPort());
      hosts.add(worker);
    }
    return new WorkerHosts(parts, names, hosts);
  }

  private static HttpWorker http(
      Map<String, String> environment,
      WorkerComponents parts,
      int concurrency,
      Sleeper sleeper,
      WorkerLog log) {
    InetSocketAddress address =
        new InetSocketAddress(
            WorkerSetting.WORKER_HTTP_ADDRESS.text(environment),
            (int) WorkerSetting.WORKER_HTTP_PORT.number(environment));
    String directory = WorkerSetting.WORKER_HTTP_DIRECTORY.text(environment);
    try {
      return new HttpWorker(
          address,
          token(environment),
          directory.isEmpty() ? null : Path.of(directory),
          job -> parts.heartbeats().process(job, parts.config().delay()),
          parts.core().processor()::outcome,
          concurrency,
          parts.config().rememberedJobs(),
          sleeper,
          log);
    } catch (UncheckedIOException e) {
      throw new IllegalArgumentException(
          e.getMessage()
              + "; see "
              + WorkerSetting.WORKER_HTTP_PORT
              + ", "
              + WorkerSetting.WORKER_HTTP_ADDRESS
              + " and "
              + WorkerSetting.WORKER_HTTP_DIRECTORY,
          e);
    }
  }

  private static @Nullable BearerToken token(Map<String, String> environment) {
    if (!WorkerSetting.WORKER_HTTP_TOKEN.isSet(environment)) {
      return null;
    }
    try {
      return new BearerToken(WorkerSetting.WORKER_HTTP_TOKEN.text(environment));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(WorkerSetting.WORKER_HTTP_TOKEN + " " + e.getMessage(), e);
    }
  }

  /** The hosts' sources of jobs. */
  public List<String> names() {
    return names;
  }

  /** The hosts. */
  public List<WorkerHost> all() {
    return hosts;
  }

  /** Starts all hosts. */
  public void start() {
    hosts.forEach(WorkerHost::start);
  }

  @Override
  public void close() {
    hosts.forEach(WorkerHost::close);
    parts.close();
  }
}
