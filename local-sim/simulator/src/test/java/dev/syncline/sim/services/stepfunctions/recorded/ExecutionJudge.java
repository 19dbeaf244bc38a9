// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions.recorded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.testing.RecordedScores.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Compares an execution with a recorded one, level by level, as the corpus' own runner does: L0
 * status, L1 output, error and cause, L2 event types, L3 every field of every event.
 */
final class ExecutionJudge {
  // The recorder leaves these out of the events inside Parallel.
  private static final Set<String> UNORDERED =
      Set.of("ParallelStateSucceeded", "ParallelStateExited");

  private final JsonNode recorded;
  private final AnswerJudge judge;

  ExecutionJudge(JsonNode recorded) {
    this.recorded = recorded;
    this.judge = new AnswerJudge(recorded.at("/compare/wildcards"));
  }

  /** Judges what DescribeExecution says, and the history; null when there can be none. */
  Verdict judge(JsonNode described, @Nullable JsonNode history) {
    JsonNode expected = recorded.get("expected");
    if (!expected.path("status").equals(described.path("status"))) {
      return new Verdict(-1, "status " + described);
    }
    for (String member : List.of("output", "error", "cause")) {
      if (expected.hasNonNull(member)) {
        String found = judge.difference(expected.get(member), described.path(member));
        if (found != null) {
          return new Verdict(0, member + found);
        }
      }
    }
    JsonNode events = expected.path("history");
    if (events.isEmpty() || history == null) {
      return new Verdict(3, "");
    }
    boolean unordered = recorded.at("/compare/history_mode").asText().equals("multiset");
    List<JsonNode> want = events(events, unordered);
    List<JsonNode> got = events(history, unordered);
    if (!types(want, unordered).equals(types(got, unordered))) {
      return new Verdict(1, "events " + types(got, unordered) + ", not " + types(want, unordered));
    }
    return unordered ? anyOrder(want, got) : inOrder(want, got);
  }

  private Verdict inOrder(List<JsonNode> want, List<JsonNode> got) {
    for (int i = 0; i < want.size(); i++) {
      String found = judge.difference(want.get(i), got.get(i));
      if (found != null) {
        return new Verdict(2, "event " + (i + 1) + found);
      }
    }
    return new Verdict(3, "");
  }

  private Verdict anyOrder(List<JsonNode> want, List<JsonNode> got) {
    var left = new ArrayList<>(got);
    for (JsonNode event : want) {
      boolean found = false;
      for (int i = 0; i < left.size() && !found; i++) {
        var fresh = new AnswerJudge(recorded.at("/compare/wildcards"));
        found = fresh.difference(event, left.get(i)) == null;
        if (found) {
          left.remove(i);
        }
      }
      if (!found) {
        return new Verdict(2, "no event is " + event);
      }
    }
    return new Verdict(3, "");
  }

  private static List<JsonNode> events(JsonNode history, boolean unordered) {
    var events = new ArrayList<JsonNode>();
    for (JsonNode event : history) {
      if (!unordered) {
        events.add(event);
      } else if (!UNORDERED.contains(event.path("type").asText())) {
        ObjectNode details = event.deepCopy();
        events.add(details.without(List.of("id", "previousEventId", "timestamp")));
      }
    }
    return events;
  }

  private static List<String> types(List<JsonNode> events, boolean unordered) {
    var types = StreamSupport.stream(events.spliterator(), false).map(e -> e.path("type").asText());
    return unordered ? types.sorted().toList() : types.toList();
  }
}
