// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.run;

import dev.syncline.sim.asl.Payload;
import dev.syncline.sim.asl.TaskPhase;
import org.jspecify.annotations.Nullable;

/** A started task whose reports the execution waits for. */
public interface AwaitedTask {
  /** The work has begun; {@code worker} is the name of an activity's worker. */
  void started(@Nullable String worker);

  /** The service has accepted; the task continues. */
  void submitted(Payload output);

  /** The work is done. */
  void succeeded(Payload output);

  /** The work could not be scheduled, started, submitted, or done. */
  void failed(TaskPhase phase, @Nullable String error, @Nullable String cause);

  /** A heartbeat was reported. */
  void heartbeat();
}
