// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

import com.fasterxml.jackson.databind.node.ArrayNode;
import graphql.language.Document;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.Node;
import graphql.language.SourceLocation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds fragments that spread themselves, in a time that grows with the document's size. The rule
 * of graphql-java takes minutes for a long chain of fragments.
 */
final class FragmentCycles {
  /** Fragments that spread each other in a chain at most. */
  static final int MAX_CHAIN = 200;

  private final ArrayNode errors;
  private final Map<String, List<FragmentSpread>> spreads = new LinkedHashMap<>();
  private final Map<String, Integer> chains = new HashMap<>();
  private final Set<String> open = new HashSet<>();
  private final Deque<FragmentSpread> path = new ArrayDeque<>();

  private FragmentCycles(ArrayNode errors) {
    this.errors = errors;
  }

  /**
   * Adds an error for each cycle.
   *
   * @throws TooLargeException if a chain of fragments is too long
   */
  static void check(Document document, ArrayNode errors) {
    FragmentCycles cycles = new FragmentCycles(errors);
    for (FragmentDefinition fragment : document.getDefinitionsOfType(FragmentDefinition.class)) {
      cycles.spreads.putIfAbsent(fragment.getName(), spreads(fragment));
    }
    for (String fragment : cycles.spreads.keySet()) {
      cycles.chain(fragment, fragment, 1);
    }
  }

  private static List<FragmentSpread> spreads(FragmentDefinition fragment) {
    List<FragmentSpread> found = new ArrayList<>();
    Deque<Node<?>> left = new ArrayDeque<>();
    left.push(fragment);
    while (!left.isEmpty()) {
      Node<?> node = left.pop();
      if (node instanceof FragmentSpread spread) {
        found.add(spread);
      }
      for (Node<?> child : node.getChildren()) {
        left.push(child);
      }
    }
    return found;
  }

  /** The length of the longest chain from a fragment on. */
  private int chain(String fragment, String first, int depth) {
    Integer known = chains.get(fragment);
    if (depth + (known == null ? 0 : known - 1) > MAX_CHAIN) {
      throw new TooLargeException(
          "The query has a chain of more than " + MAX_CHAIN + " fragments.");
    }
    if (known != null) {
      return known;
    }
    int longest = 0;
    open.add(fragment);
    for (FragmentSpread spread : spreads.getOrDefault(fragment, List.of())) {
      path.addLast(spread);
      if (open.contains(spread.getName())) {
        add(first, spread.getName());
      } else {
        longest = Math.max(longest, chain(spread.getName(), first, depth + 1));
      }
      path.removeLast();
    }
    open.remove(fragment);
    chains.put(fragment, longest + 1);
    return longest + 1;
  }

  private void add(String first, String repeated) {
    List<SourceLocation> locations = new ArrayList<>();
    boolean isInCycle = first.equals(repeated);
    for (FragmentSpread spread : path) {
      if (isInCycle && spread.getSourceLocation() != null) {
        locations.add(spread.getSourceLocation());
      }
      isInCycle |= spread.getName().equals(repeated);
    }
    if (errors.size() < MAX_CHAIN) {
      errors.add(
          ErrorNodes.request(
              ValidationTexts.of("FragmentCycle", "Fragment cycles not allowed", List.of(first)),
              locations));
    }
  }
}
