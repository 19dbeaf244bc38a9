// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import dev.syncline.sim.iam.Decision;
import dev.syncline.sim.iam.LeastPrivilege;
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

  /** The keys are those that the smallest policy has conditions for. */
  private record Asked(
      String owner, String action, String resource, Map<String, List<String>> keys) {
    private static Asked of(String owner, AccessCheck check) {
      boolean kept = check.action().equals("iam:PassRole");
      return new Asked(
          owner, check.action(), check.resource(), kept ? Map.copyOf(check.keys()) : Map.of());
    }

    private LeastPrivilege.Use use() {
      return new LeastPrivilege.Use(action, resource, keys);
    }
  }

  /** How often, and the last decision or the first refusal. */
  private record Seen(long count, Decision decision) {}

  private final boolean recording;
  private final Map<Asked, Seen> uses = new ConcurrentHashMap<>();
  private final LongAdder dropped = new LongAdder();

  /** A report that stays empty unless {@code recording}. */
  UsageReport(boolean recording) {
    this.recording = recording;
  }

  void add(IamCaller caller, AccessCheck check, Decision decision) {
    if (!recording || caller.owner().isEmpty()) {
      return;
    }
    Asked use = Asked.of(caller.owner(), check);
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
          principals.add(new PrincipalUses(owner, asked, smallest(owner)));
        });
    return principals;
  }

  /** Only users and roles have policies of their own. */
  private String smallest(String owner) {
    if (!owner.contains(":role/") && !owner.contains(":user/")) {
      return "";
    }
    return LeastPrivilege.policy(
            uses.keySet().stream().filter(use -> use.owner.equals(owner)).map(Asked::use).toList())
        .orElse("");
  }

  @Override
  public long dropped() {
    return dropped.sum();
  }
}
