// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker.process;

import dev.syncline.work.Sleeper;
import dev.syncline.worker.Setting;
import dev.syncline.worker.WorkerLog;
import dev.syncline.worker.host.Host;
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
 * The hosts that an environment asks for: one for each of {@link Setting#WORKER_QUEUE_URL}, {@link
 * Setting#WORKER_ACTIVITY_ARN} and {@link Setting#WORKER_HTTP_PORT} that is set.
 */
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
      Map<String, String> environment,
      Clock clock,
      Sleeper sleeper,
      RandomGenerator random,
      WorkerLog log) {
    boolean queue = Setting.WORKER_QUEUE_URL.isSet(environment);
    boolean activity = Setting.WORKER_ACTIVITY_ARN.isSet(environment);
    boolean http = Setting.WORKER_HTTP_PORT.isSet(environment);
    if (!queue && !activity && !http) {
      throw new IllegalArgumentException(
          "There is nothing to take jobs from: set "
              + Setting.WORKER_QUEUE_URL
              + ", "
              + Setting.WORKER_ACTIVITY_ARN
              + " or "
              + Setting.WORKER_HTTP_PORT);
    }
    int concurrency = (int) Setting.WORKER_CONCURRENCY.number(environment);
    WorkerParts parts = new WorkerParts(environment, clock, sleeper, random, log);
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
    if (http) {
      HttpWorker worker = http(environment, parts, concurrency, sleeper, log);
      names.add("http at port " + worker.address().getPort());
      hosts.add(worker);
    }
    return new Hosts(parts, names, hosts);
  }

  private static HttpWorker http(
      Map<String, String> environment,
      WorkerParts parts,
      int concurrency,
      Sleeper sleeper,
      WorkerLog log) {
    InetSocketAddress address =
        new InetSocketAddress(
            Setting.WORKER_HTTP_ADDRESS.text(environment),
            (int) Setting.WORKER_HTTP_PORT.number(environment));
    String directory = Setting.WORKER_HTTP_DIRECTORY.text(environment);
    try {
      return new HttpWorker(
          address,
          token(environment),
          directory.isEmpty() ? null : Path.of(directory),
          job -> parts.beats().process(job, parts.config().delay()),
          parts.core().processor()::outcome,
          concurrency,
          parts.config().rememberedJobs(),
          sleeper,
          log);
    } catch (UncheckedIOException e) {
      throw new IllegalArgumentException(
          e.getMessage()
              + "; see "
              + Setting.WORKER_HTTP_PORT
              + ", "
              + Setting.WORKER_HTTP_ADDRESS
              + " and "
              + Setting.WORKER_HTTP_DIRECTORY,
          e);
    }
  }

  private static @Nullable BearerToken token(Map<String, String> environment) {
    if (!Setting.WORKER_HTTP_TOKEN.isSet(environment)) {
      return null;
    }
    try {
      return new BearerToken(Setting.WORKER_HTTP_TOKEN.text(environment));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(Setting.WORKER_HTTP_TOKEN + " " + e.getMessage(), e);
    }
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
