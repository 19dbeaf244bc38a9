// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.contract;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a user should know about functions that exist: how they differ from AWS here. */
public interface FunctionNotices {
  /** The texts, by function, in the order of the names. */
  Map<String, List<String>> all();

  /** Notices in memory. Thread-safe. */
  final class Kept implements FunctionNotices {
    /** More of one function are not kept: each text is different, and they are few. */
    private static final int MAX_OF_ONE = 20;

    private final TreeMap<String, Set<String>> notices = new TreeMap<>();

    /** Adds one; returns false for a text that is there already. */
    public synchronized boolean add(String function, String text) {
      Set<String> texts = notices.computeIfAbsent(function, key -> new LinkedHashSet<>());
      return texts.size() < MAX_OF_ONE && texts.add(text);
    }

    /** Forgets those of a function, before it is checked again or when it has been deleted. */
    public synchronized void forget(String function) {
      notices.remove(function);
    }

    @Override
    public synchronized Map<String, List<String>> all() {
      var copy = new TreeMap<String, List<String>>();
      notices.forEach((function, texts) -> copy.put(function, new ArrayList<>(texts)));
      return copy;
    }
  }
}
