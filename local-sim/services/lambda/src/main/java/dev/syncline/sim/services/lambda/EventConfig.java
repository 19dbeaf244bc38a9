// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import dev.syncline.sim.lambda.EventInvoker;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The retry and destination settings of asynchronous invocations of a version or alias. Immutable.
 * A setting that was not given is null: its default applies, and it is not shown.
 *
 * @param retries {@code MaximumRetryAttempts}
 * @param age {@code MaximumEventAgeInSeconds}
 * @param onSuccess the destination of successes; null for no destination
 * @param onFailure the destination of failures; null for no destination
 */
record EventConfig(
    @Nullable Integer retries,
    @Nullable Integer age,
    @Nullable String onSuccess,
    @Nullable String onFailure,
    Instant modified) {
  /** The defaults. */
  static final EventConfig DEFAULT = new EventConfig(null, null, null, null, Instant.EPOCH);

  EventInvoker.Policy policy() {
    EventInvoker.Policy usual = EventInvoker.Policy.DEFAULT;
    return new EventInvoker.Policy(
        retries == null ? usual.maxRetries() : retries,
        age == null ? usual.maxAge() : Duration.ofSeconds(age));
  }
}
