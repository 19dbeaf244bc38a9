// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.data;

import dev.syncline.sim.graphql.execution.RequestDeadline;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.kernel.Timer;
import dev.syncline.sim.kernel.TimerKind;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The time that a request may take, on the simulator's clock. Thread-safe. */
record GraphqlDeadline(SimClock clock, Duration limit) implements RequestDeadline {
  /** As AppSync's quotas say. */
  static final Duration LIMIT = Duration.ofSeconds(30);

  @Override
  public Runnable start(Runnable whenPassed) {
    Timer timer = clock.schedule(TimerKind.LIMIT, limit, whenPassed);
    return timer::cancel;
  }

  @Override
  public void await(CompletableFuture<Boolean> signal) {
    clock.await(signal);
  }
}
