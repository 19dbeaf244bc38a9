// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The index of subscriptions by channel. A look-up touches one map entry per segment of the channel
 * and never scans: a publish to {@code /a/b/c} asks for {@code /a/b/c}, {@code /a/b/*} and {@code
 * /a/*}.
 *
 * <p>Thread-safe. Every channel holds an immutable array that writers replace, so look-ups take no
 * lock; adding to or removing from a channel costs a copy of its subscribers.
 *
 * @param <S> a subscription; compared by identity
 */
public final class ChannelIndex<S> {
  private final ConcurrentHashMap<String, Object[]> exact = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Object[]> below = new ConcurrentHashMap<>();

  /** Adds a subscription; adding it twice makes it receive twice. */
  public void add(ChannelPattern pattern, S subscription) {
    mapOf(pattern)
        .compute(
            pattern.base().path(),
            (path, old) -> {
              if (old == null) {
                return new Object[] {subscription};
              }
              Object[] more = Arrays.copyOf(old, old.length + 1);
              more[old.length] = subscription;
              return more;
            });
  }

  /** Removes a subscription; does nothing when it is not there. */
  public void remove(ChannelPattern pattern, S subscription) {
    mapOf(pattern)
        .computeIfPresent(pattern.base().path(), (path, old) -> without(old, subscription));
  }

  /** The subscriptions that receive events of {@code channel}, exact ones first. */
  public List<S> subscribers(EventChannel channel) {
    String path = channel.path();
    var found = new ArrayList<S>();
    collect(exact.get(path), found);
    if (!below.isEmpty()) {
      for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
        collect(below.get(path.substring(0, slash)), found);
      }
    }
    return found;
  }

  /** The number of channels and patterns that have a subscriber. */
  public int size() {
    return exact.size() + below.size();
  }

  private ConcurrentHashMap<String, Object[]> mapOf(ChannelPattern pattern) {
    return pattern.wildcard() ? below : exact;
  }

  @SuppressWarnings("unchecked") // the arrays hold nothing but what add() put there
  private void collect(Object @Nullable [] subscriptions, List<S> found) {
    if (subscriptions != null) {
      found.addAll((List<S>) Arrays.asList(subscriptions));
    }
  }

  private static Object @Nullable [] without(Object[] old, Object subscription) {
    for (int i = 0; i < old.length; i++) {
      if (old[i] == subscription) {
        if (old.length == 1) {
          return null;
        }
        var fewer = new Object[old.length - 1];
        System.arraycopy(old, 0, fewer, 0, i);
        System.arraycopy(old, i + 1, fewer, i, fewer.length - i);
        return fewer;
      }
    }
    return old;
  }
}
