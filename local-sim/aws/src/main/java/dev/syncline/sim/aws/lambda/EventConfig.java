// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.lambda;

import dev.syncline.sim.lambda.EventInvoker;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How asynchronous invocations of a version or alias are gone on with. Immutable.
 *
 * @param onSuccess the ARN that hears of a success; null for nobody
 * @param onFailure the ARN that hears of a failure; null for nobody
 */
record EventConfig(
    EventInvoker.Policy policy,
    @Nullable String onSuccess,
    @Nullable String onFailure,
    Instant modified) {
  /** What holds where nothing was set. */
  static final EventConfig DEFAULT =
      new EventConfig(EventInvoker.Policy.DEFAULT, null, null, Instant.EPOCH);
}
