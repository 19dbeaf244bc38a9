// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The existing environments, by function revision. Guarded by the host's lock. */
final class EnvironmentPool {
  private final int maxEnvironments;
  private final Map<String, List<Slot>> pools = new LinkedHashMap<>();
  private int size;
  private long uses;

  /**
   * Without environments.
   *
   * @param maxEnvironments the maximum number at a time
   */
  EnvironmentPool(int maxEnvironments) {
    this.maxEnvironments = maxEnvironments;
  }

  int size() {
    return size;
  }

  boolean isFull() {
    return size >= maxEnvironments;
  }

  List<Slot> of(FunctionSpec spec) {
    return List.copyOf(pools.getOrDefault(spec.key(), List.of()));
  }

  List<Slot> all() {
    var all = new ArrayList<Slot>();
    pools.values().forEach(all::addAll);
    return all;
  }

  void add(Slot slot) {
    pools.computeIfAbsent(slot.spec.key(), key -> new ArrayList<>()).add(slot);
    size++;
  }

  /** Removes an environment; false if it was removed before. */
  boolean remove(Slot slot) {
    if (slot.removed) {
      return false;
    }
    slot.removed = true;
    slot.draining = true;
    size--;
    List<Slot> pool = pools.get(slot.spec.key());
    if (pool != null) {
      pool.remove(slot);
      if (pool.isEmpty()) {
        pools.remove(slot.spec.key());
      }
    }
    return true;
  }

  /** Records that an environment got or finished an invocation. */
  void touch(Slot slot) {
    slot.lastUsed = ++uses;
  }

  /**
   * The best environment with room: a ready one, then the one used last, so that others become
   * idle.
   */
  @Nullable Slot withRoom(FunctionSpec spec) {
    Slot best = null;
    for (Slot slot : pools.getOrDefault(spec.key(), List.of())) {
      if (slot.hasRoom() && (best == null || betterThan(slot, best))) {
        best = slot;
      }
    }
    return best;
  }

  /** The least recently used idle environment of any function; null if none is idle. */
  @Nullable Slot longestIdle() {
    Slot idlest = null;
    for (List<Slot> pool : pools.values()) {
      for (Slot slot : pool) {
        if (slot.claims == 0 && slot.ready && (idlest == null || slot.lastUsed < idlest.lastUsed)) {
          idlest = slot;
        }
      }
    }
    return idlest;
  }

  private static boolean betterThan(Slot slot, Slot best) {
    if (slot.ready != best.ready) {
      return slot.ready;
    }
    return slot.lastUsed > best.lastUsed;
  }
}
