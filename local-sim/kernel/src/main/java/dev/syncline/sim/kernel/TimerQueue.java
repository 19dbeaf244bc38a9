// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.kernel;

import java.util.Comparator;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The waiting timers, in order of their due time and then of scheduling. Removal is by entry, so a
 * cancelled timer costs nothing. Guarded by the clock's lock.
 */
final class TimerQueue {
  private static final Comparator<TimerEntry> BY_DUE =
      Comparator.comparingLong((TimerEntry e) -> e.due).thenComparingLong(e -> e.sequence);
  private static final Comparator<TimerEntry> BY_LIMIT_DUE =
      Comparator.comparingLong((TimerEntry e) -> e.limitDue).thenComparingLong(e -> e.sequence);

  private final TreeSet<TimerEntry> work = new TreeSet<>(BY_DUE);
  private final TreeSet<TimerEntry> background = new TreeSet<>(BY_DUE);
  private final TreeSet<TimerEntry> limits = new TreeSet<>(BY_LIMIT_DUE);
  // The limits, ordered by their planned virtual instants: a manual clock, which never skips, uses
  // this order.
  private final TreeSet<TimerEntry> limitsAsPlanned = new TreeSet<>(BY_DUE);

  void add(TimerEntry entry) {
    of(entry.kind).add(entry);
    if (entry.kind == TimerKind.LIMIT) {
      limitsAsPlanned.add(entry);
    }
  }

  void remove(TimerEntry entry) {
    of(entry.kind).remove(entry);
    if (entry.kind == TimerKind.LIMIT) {
      limitsAsPlanned.remove(entry);
    }
  }

  void clear() {
    work.clear();
    background.clear();
    limits.clear();
    limitsAsPlanned.clear();
  }

  int size() {
    return work.size() + background.size() + limits.size();
  }

  @Nullable TimerEntry firstWork() {
    return first(work);
  }

  @Nullable TimerEntry firstBackground() {
    return first(background);
  }

  /** The limit that fires first. */
  @Nullable TimerEntry firstLimit() {
    return first(limits);
  }

  /** The first of those that fire by virtual time. */
  @Nullable TimerEntry firstOnVirtualTime() {
    return earlier(first(work), first(background));
  }

  /** The first of all, by planned virtual time. */
  @Nullable TimerEntry firstPlanned() {
    return earlier(firstOnVirtualTime(), first(limitsAsPlanned));
  }

  /** Whether nothing on its axis fires before this one. */
  boolean isNext(TimerEntry entry) {
    return entry.kind == TimerKind.LIMIT ? limits.first() == entry : firstOnVirtualTime() == entry;
  }

  private TreeSet<TimerEntry> of(TimerKind kind) {
    return switch (kind) {
      case WORK -> work;
      case BACKGROUND -> background;
      case LIMIT -> limits;
    };
  }

  private static @Nullable TimerEntry earlier(
      @Nullable TimerEntry one, @Nullable TimerEntry other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return BY_DUE.compare(one, other) <= 0 ? one : other;
  }

  private static @Nullable TimerEntry first(TreeSet<TimerEntry> timers) {
    return timers.isEmpty() ? null : timers.first();
  }
}
