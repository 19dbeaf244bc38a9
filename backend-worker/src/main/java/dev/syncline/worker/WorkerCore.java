// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker;

import dev.syncline.publisher.Authorization;
import dev.syncline.publisher.EventPublisher;
import dev.syncline.publisher.PublisherConfig;
import dev.syncline.work.Sleeper;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * The part that all hosts share, built from the environment: a job core that answers over AppSync
 * Events. Thread-safe.
 */
public final class WorkerCore implements AutoCloseable {
  private static final Duration PROGRESS_TIMEOUT = Duration.ofSeconds(2);
  private static final long CHARACTERS_PER_JOB = 2_000;

  private final WorkerConfig config;
  private final EventPublisher publisher;
  private final EventPublisher progressPublisher;
  private final ChannelReplies channels;
  private final JobProcessor processor;

  /**
   * Builds the core.
   *
   * @param answers wraps the port that answers over channels; the identity function for no wrapper
   */
  public WorkerCore(
      WorkerConfig config,
      Work work,
      Sleeper sleeper,
      RandomGenerator random,
      WorkerLog log,
      OutcomeStore outcomes,
      UnaryOperator<JobReplies> answers) {
    this.config = config;
    PublisherConfig publishing =
        PublisherConfig.of(config.endpoint(), Authorization.apiKey(config.apiKey()));
    this.publisher = publisher(publishing, sleeper, random);
    this.progressPublisher =
        publisher(
            publishing.withMaxAttempts(1).withTimeouts(PROGRESS_TIMEOUT, PROGRESS_TIMEOUT),
            sleeper,
            random);
    this.channels = new ChannelReplies(publisher::publish, progressPublisher::publish);
    this.processor =
        new JobProcessor(
            work,
            answers.apply(channels),
            outcomes,
            sleeper,
            config.publishesProgress(),
            line -> log.warn("status not told", Map.of("detail", line)));
  }

  private static EventPublisher publisher(
      PublisherConfig config, Sleeper sleeper, RandomGenerator random) {
    return new EventPublisher(config, sleeper, random);
  }

  /** The memory with the configured limits. */
  public static OutcomeStore memory(WorkerConfig config) {
    return new MemoryOutcomeStore(
        config.rememberedJobs(), config.rememberedJobs() * CHARACTERS_PER_JOB);
  }

  /** The core's configuration. */
  public WorkerConfig config() {
    return config;
  }

  /** The port that answers over channels, for hosts with their own core. */
  public JobReplies answers() {
    return channels;
  }

  /** The job core. */
  public JobProcessor processor() {
    return processor;
  }

  @Override
  public void close() {
    publisher.close();
    progressPublisher.close();
  }
}
