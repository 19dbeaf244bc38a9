// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.backend;

import dev.syncline.bridge.correlate.CorrelationId;
import dev.syncline.bridge.correlate.WorkOutcome;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A third-party backend in its own jar: returns the event as the answer. */
public final class EchoFactory implements BackendFactory {

  @Override
  public String name() {
    return "echo";
  }

  @Override
  public void check(Map<String, String> environment) {}

  @Override
  public boolean answersOnChannel(Map<String, String> environment) {
    return false;
  }

  @Override
  public Backend create(BackendContext context) {
    return new Backend() {
      @Override
      public StartResult start(WorkRequest request) {
        return new StartResult.Promised(
            CompletableFuture.completedFuture(new WorkOutcome.Completed(request.event())));
      }

      @Override
      public FindResult find(CorrelationId id) {
        return new FindResult.Untracked();
      }
    };
  }
}
