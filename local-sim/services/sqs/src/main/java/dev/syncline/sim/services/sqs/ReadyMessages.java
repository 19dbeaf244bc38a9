// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The messages that may be received now, in order. Guarded by the queue's lock; every step costs
 * the logarithm of the queue's length.
 */
sealed interface ReadyMessages {
  /** Adds a message that is not ready yet. */
  void expect(StoredMessage message);

  /** Makes a message that was expected, or taken, ready. */
  void add(StoredMessage message);

  /** Removes a message in any state. */
  void remove(StoredMessage message);

  /**
   * Takes the first message; null when no message is ready.
   *
   * @param batch groups taken from in the same receive, added to: they may give further messages
   */
  @Nullable StoredMessage take(Map<String, Integer> batch);

  /** How many are ready, those that wait for an earlier one of their group included. */
  int size();

  /** As sent; a message that becomes visible again gets its old position. */
  final class Standard implements ReadyMessages {
    private final TreeMap<Long, StoredMessage> ready = new TreeMap<>();

    @Override
    public void expect(StoredMessage message) {}

    @Override
    public void add(StoredMessage message) {
      ready.put(message.sequence, message);
    }

    @Override
    public void remove(StoredMessage message) {
      ready.remove(message.sequence);
    }

    @Override
    public @Nullable StoredMessage take(Map<String, Integer> batch) {
      Map.Entry<Long, StoredMessage> first = ready.pollFirstEntry();
      return first == null ? null : first.getValue();
    }

    @Override
    public int size() {
      return ready.size();
    }
  }

  /**
   * By group: a message is delivered only after every earlier one of its group has been removed, or
   * taken in the same receive.
   */
  final class Fifo implements ReadyMessages {
    /** A group: all its messages in order, and how many of the first are in flight. */
    private static final class Group {
      final TreeMap<Long, StoredMessage> messages = new TreeMap<>();
      final TreeMap<Long, StoredMessage> hidden = new TreeMap<>();
    }

    private final Map<String, Group> groups = new HashMap<>();

    /** Groups whose first message is ready, by that message's place. */
    private final TreeMap<Long, Group> open = new TreeMap<>();

    private int ready;

    @Override
    public void expect(StoredMessage message) {
      Group group = groups.computeIfAbsent(message.group(), unused -> new Group());
      close(group);
      group.hidden.put(message.sequence, message);
      reopen(group);
    }

    @Override
    public void add(StoredMessage message) {
      Group group = groups.computeIfAbsent(message.group(), unused -> new Group());
      close(group);
      group.hidden.remove(message.sequence);
      if (group.messages.put(message.sequence, message) == null) {
        ready++;
      }
      reopen(group);
    }

    @Override
    public void remove(StoredMessage message) {
      Group group = groups.get(message.group());
      if (group == null) {
        return;
      }
      close(group);
      group.hidden.remove(message.sequence);
      if (group.messages.remove(message.sequence) != null) {
        ready--;
      }
      if (group.messages.isEmpty() && group.hidden.isEmpty()) {
        groups.remove(message.group());
      } else {
        reopen(group);
      }
    }

    @Override
    public @Nullable StoredMessage take(Map<String, Integer> batch) {
      // A receive takes the rest of a group that it has begun before it begins another group.
      for (String name : batch.keySet()) {
        Group begun = groups.get(name);
        if (begun != null && follows(begun, batch.getOrDefault(name, 0))) {
          return taken(begun, batch);
        }
      }
      Map.Entry<Long, Group> first = open.firstEntry();
      return first == null ? null : taken(first.getValue(), batch);
    }

    /** Whether this receive took every message before the group's first one. */
    private static boolean follows(Group group, int takenHere) {
      return !group.messages.isEmpty()
          && group.hidden.headMap(group.messages.firstKey()).size() == takenHere;
    }

    private StoredMessage taken(Group group, Map<String, Integer> batch) {
      close(group);
      StoredMessage message = group.messages.pollFirstEntry().getValue();
      ready--;
      group.hidden.put(message.sequence, message);
      batch.merge(message.group(), 1, Integer::sum);
      return message;
    }

    private void close(Group group) {
      if (!group.messages.isEmpty()) {
        open.remove(group.messages.firstKey());
      }
    }

    private void reopen(Group group) {
      if (!group.messages.isEmpty()
          && (group.hidden.isEmpty() || group.hidden.firstKey() > group.messages.firstKey())) {
        open.put(group.messages.firstKey(), group);
      }
    }

    @Override
    public int size() {
      return ready;
    }
  }
}
