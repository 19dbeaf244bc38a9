// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker;

import dev.syncline.publisher.ApiKeySource;
import dev.syncline.publisher.EventsEndpoint;
import dev.syncline.publisher.aws.ApiKeys;
import java.time.Duration;
import java.util.Map;

/**
 * What a worker is told by its environment.
 *
 * @param endpoint the Event API to answer through
 * @param apiKey the key that API wants
 * @param delay how long a job waits before its work: 0 to 15 min; 10 s unless told
 */
public record WorkerConfig(EventsEndpoint endpoint, ApiKeySource apiKey, Duration delay) {
  /** The variable that holds the delay, in milliseconds. */
  public static final String DELAY_VARIABLE = "WORKER_DELAY_MS";

  private static final long DEFAULT_DELAY_MS = 10_000;

  // No Lambda function runs longer, so a longer delay would never end.
  private static final long MAX_DELAY_MS = 15 * 60 * 1_000;

  /**
   * Reads {@code WORKER_DELAY_MS}, and what {@link EventsEndpoint#fromEnvironment(Map)} and {@link
   * ApiKeys#fromEnvironment(Map)} read. Does no I/O.
   *
   * @throws IllegalArgumentException naming the variable and what to do
   */
  public static WorkerConfig fromEnvironment(Map<String, String> environment) {
    return new WorkerConfig(
        EventsEndpoint.fromEnvironment(environment),
        ApiKeys.fromEnvironment(environment),
        delay(environment.getOrDefault(DELAY_VARIABLE, "").strip()));
  }

  private static Duration delay(String text) {
    if (text.isEmpty()) {
      return Duration.ofMillis(DEFAULT_DELAY_MS);
    }
    if (text.matches("\\d{1,9}")) {
      long millis = Long.parseLong(text);
      if (millis <= MAX_DELAY_MS) {
        return Duration.ofMillis(millis);
      }
    }
    throw new IllegalArgumentException(
        DELAY_VARIABLE
            + " must be a whole number of milliseconds from 0 to "
            + MAX_DELAY_MS
            + ", but is \""
            + text
            + "\"");
  }
}
