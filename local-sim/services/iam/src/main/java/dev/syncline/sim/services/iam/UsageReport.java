// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import dev.syncline.sim.iam.Decision;
import dev.syncline.sim.service.AccessCheck;
import dev.syncline.sim.service.contract.PermissionReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What each principal used while permissions were recorded. It keeps at most {@value #MAX_USES}
 * pairs of action and resource of all principals, and counts further ones. Thread-safe.
 */
final class UsageReport implements PermissionReport {
  private static final int MAX_USES = 100_000;

  private record Asked(String owner, String action, String resource) {}

  /** How often, and the last decision or the first refusal. */
  private record Seen(long count, Decision decision) {}

  private final boolean recording;
  private final Map<Asked, Seen> uses = new ConcurrentHashMap<>();
  private final LongAdder dropped = new LongAdder();

  /** A report that is empty for ever unless {@code recording}. */
  UsageReport(boolean recording) {
    this.recording = recording;
  }

  void add(IamCaller caller, AccessCheck check, Decision decision) {
    if (!recording || caller.owner().isEmpty()) {
      return;
    }
    var use = new Asked(caller.owner(), check.action(), check.resource());
    if (uses.size() >= MAX_USES && !uses.containsKey(use)) {
      dropped.increment();
      return;
    }
    uses.merge(
        use,
        new Seen(1, decision),
        (before, now) ->
            new Seen(before.count + 1, before.decision.allowed() ? now.decision : before.decision));
  }

  @Override
  public List<PrincipalUses> principals() {
    var byOwner = new TreeMap<String, List<Use>>();
    uses.forEach(
        (asked, seen) ->
            byOwner
                .computeIfAbsent(asked.owner, unused -> new ArrayList<>())
                .add(
                    new Use(
                        asked.action,
                        asked.resource,
                        seen.count,
                        seen.decision.allowed(),
                        Decisions.reason(seen.decision))));
    var principals = new ArrayList<PrincipalUses>();
    byOwner.forEach(
        (owner, asked) -> {
          asked.sort(Comparator.comparing(Use::action).thenComparing(Use::resource));
          principals.add(new PrincipalUses(owner, asked, smallest(owner, asked)));
        });
    return principals;
  }

  /** Only users and roles have policies of their own. */
  private static String smallest(String owner, List<Use> asked) {
    return owner.contains(":role/") || owner.contains(":user/") ? SmallestPolicy.of(asked) : "";
  }

  @Override
  public long dropped() {
    return dropped.sum();
  }
}
