// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import dev.syncline.bridge.backend.Backend;
import dev.syncline.bridge.backend.FindResult;
import dev.syncline.bridge.backend.StartResult;
import dev.syncline.bridge.backend.WorkRequest;
import dev.syncline.bridge.correlate.CorrelationId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A backend that a test scripts. Thread-safe. */
public final class ScriptedBackend implements Backend {

  public final List<WorkRequest> started = new CopyOnWriteArrayList<>();
  public final List<CorrelationId> asked = new CopyOnWriteArrayList<>();
  public volatile Function<WorkRequest, StartResult> onStart = work -> new StartResult.Started();
  public volatile boolean repeatable = true;
  public volatile Function<CorrelationId, FindResult> onFind = id -> new FindResult.Running();

  @Override
  public StartResult start(WorkRequest request) {
    started.add(request);
    return onStart.apply(request);
  }

  @Override
  public boolean repeatable(WorkRequest request) {
    return repeatable;
  }

  @Override
  public FindResult find(CorrelationId id) {
    asked.add(id);
    return onFind.apply(id);
  }

  public WorkRequest last() {
    return started.get(started.size() - 1);
  }
}
