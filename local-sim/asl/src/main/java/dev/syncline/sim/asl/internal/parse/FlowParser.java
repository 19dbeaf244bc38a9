// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.parse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.asl.Diagnostic;
import dev.syncline.sim.asl.WorkflowType;
import dev.syncline.sim.asl.internal.model.Flow;
import dev.syncline.sim.asl.internal.model.QueryLanguage;
import dev.syncline.sim.asl.internal.model.State;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads StartAt and States, on every level.
 *
 * @param names the names of all states so far; they must be unique in the whole machine
 */
record FlowParser(
    QueryLanguage machineLanguage,
    WorkflowType type,
    Problems problems,
    List<TransitionCheck> checks,
    Set<String> names) {
  private static final int MAX_NAME = 80;

  FlowParser(QueryLanguage machineLanguage, WorkflowType type, Problems problems) {
    this(machineLanguage, type, problems, new ArrayList<>(), new HashSet<>());
  }

  /** The flow in {@code fields}; null if it is too broken to continue. */
  @Nullable Flow parse(Fields fields) {
    boolean complete = fields.require("States", "StartAt");
    String startAt = fields.text("StartAt");
    Fields states = fields.object("States");
    Map<String, State> parsed = new LinkedHashMap<>();
    if (states != null) {
      if (fields.get("States").isEmpty()) {
        fields.schema("States", "Value cannot be empty");
      }
      for (Map.Entry<String, JsonNode> entry : fields.get("States").properties()) {
        State state = state(states, entry.getKey(), entry.getValue());
        if (state != null) {
          parsed.put(entry.getKey(), state);
        }
      }
    }
    if (!complete || startAt == null || states == null) {
      return null;
    }
    Flow flow = new Flow(startAt, Collections.unmodifiableMap(parsed));
    if (parsed.size() == fields.get("States").size()) {
      checks.add(new TransitionCheck(flow, fields.pointer(), problems));
    }
    return flow;
  }

  private @Nullable State state(Fields states, String name, JsonNode json) {
    String pointer = states.at(name);
    if (name.isEmpty() || name.length() > MAX_NAME) {
      problems.schema(pointer, "State name must be between 1 and " + MAX_NAME + " characters");
    }
    if (!names.add(name)) {
      problems.add(Diagnostic.DUPLICATE_STATE_NAME, "Duplicate State name: " + name, pointer);
    }
    Fields fields = states.child(json, pointer);
    return fields == null ? null : new StateParser(this, fields, json, name).parse();
  }

  /** Run once everything has been read; flows with a state that could not be read are left out. */
  void checkTransitions() {
    // The outermost flow was read last, and AWS reports it first.
    for (int i = checks.size() - 1; i >= 0; i--) {
      checks.get(i).run();
    }
  }
}
