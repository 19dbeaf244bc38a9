// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.data;

import dev.syncline.sim.kernel.ClockActivity;
import dev.syncline.sim.kernel.SimClock;
import java.util.concurrent.Executor;

/**
 * Runs each task on a virtual thread of its own, as an activity of the clock, which begins before
 * this returns. Thread-safe.
 */
record ActivityExecutor(SimClock clock) implements Executor {
  @Override
  public void execute(Runnable task) {
    ClockActivity handedOver = clock.begin();
    Thread.ofVirtual()
        .name("appsync-resolver")
        .start(
            () ->
                clock.run(
                    () -> {
                      handedOver.close();
                      task.run();
                    }));
  }
}
