// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker;

import dev.syncline.publisher.ApiKeySource;
import dev.syncline.publisher.EventsEndpoint;
import dev.syncline.publisher.aws.ApiKeys;
import java.time.Duration;
import java.util.Map;

/**
 * The configuration that all workers read from the environment; {@link WorkerSetting} lists the
 * variables.
 *
 * @param endpoint the Event API to answer through
 * @param apiKey that API's key
 * @param delay how long a job waits before its work: 0 to 15 min; default 10 s for the sample's
 *     work, and 0 with {@code WORK_CLASS}
 * @param publishesProgress whether PENDING and PROCESSING are published too; default true
 * @param rememberedJobs how many outcomes are remembered; default 10,000
 * @param taskHeartbeat the interval of heartbeats for a waiting task; zero for none
 */
public record WorkerConfig(
    EventsEndpoint endpoint,
    ApiKeySource apiKey,
    Duration delay,
    boolean publishesProgress,
    int rememberedJobs,
    Duration taskHeartbeat) {

  /**
   * {@code WORKER_DELAY_MS}, whose default depends on {@code WORK_CLASS}.
   *
   * @throws IllegalArgumentException naming the variable and the correction
   */
  public static Duration delay(Map<String, String> environment) {
    return WorkerSetting.WORK_CLASS.isSet(environment)
            && !WorkerSetting.WORKER_DELAY_MS.isSet(environment)
        ? Duration.ZERO
        : Duration.ofMillis(WorkerSetting.WORKER_DELAY_MS.number(environment));
  }

  /**
   * Reads the variables, and what {@link EventsEndpoint#fromEnvironment(Map)} and {@link
   * ApiKeys#fromEnvironment(Map)} read. Does no I/O.
   *
   * @throws IllegalArgumentException naming the variable and the correction
   */
  public static WorkerConfig fromEnvironment(Map<String, String> environment) {
    return new WorkerConfig(
        EventsEndpoint.fromEnvironment(environment),
        ApiKeys.fromEnvironment(environment),
        delay(environment),
        WorkerSetting.WORKER_STATUSES.text(environment).equals("all"),
        (int) WorkerSetting.WORKER_REMEMBERED_JOBS.number(environment),
        Duration.ofMillis(WorkerSetting.WORKER_TASK_HEARTBEAT_MS.number(environment)));
  }
}
