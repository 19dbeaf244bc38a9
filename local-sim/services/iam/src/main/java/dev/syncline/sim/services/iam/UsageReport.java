// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import dev.syncline.sim.iam.Decision;
import dev.syncline.sim.service.AccessCheck;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What each principal used while permissions were recorded. It keeps at most {@value #MAX_USES}
 * pairs of action and resource of all principals, and counts further ones. Thread-safe.
 */
final class UsageReport {
  private static final int MAX_USES = 100_000;

  /** One permission of one principal. */
  record Use(String owner, String action, String resource) {}

  /** How often, and the last decision. */
  record Seen(long count, Decision decision) {}

  private final boolean recording;
  private final Map<Use, Seen> uses = new ConcurrentHashMap<>();
  private final LongAdder dropped = new LongAdder();

  /** A report that is empty for ever unless {@code recording}. */
  UsageReport(boolean recording) {
    this.recording = recording;
  }

  void add(IamCaller caller, AccessCheck check, Decision decision) {
    if (!recording || caller.owner().isEmpty()) {
      return;
    }
    var use = new Use(caller.owner(), check.action(), check.resource());
    if (uses.size() >= MAX_USES && !uses.containsKey(use)) {
      dropped.increment();
      return;
    }
    uses.merge(
        use,
        new Seen(1, decision),
        (before, now) ->
            new Seen(
                before.count + 1, before.decision.allowed() ? now.decision : before.decision));
  }

  Map<Use, Seen> uses() {
    return Map.copyOf(uses);
  }

  /** How many pairs it has not kept. */
  long dropped() {
    return dropped.sum();
  }
}
