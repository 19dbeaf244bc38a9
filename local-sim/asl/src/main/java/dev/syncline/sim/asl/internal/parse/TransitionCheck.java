// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.parse;

import dev.syncline.sim.asl.Diagnostic;
import dev.syncline.sim.asl.internal.model.ErrorHandling;
import dev.syncline.sim.asl.internal.model.ErrorHandling.Catcher;
import dev.syncline.sim.asl.internal.model.Flow;
import dev.syncline.sim.asl.internal.model.State;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks that every transition has a target, every state can be reached, and the flow can end. */
record TransitionCheck(Flow flow, String pointer, Problems problems) {

  void run() {
    Set<String> reached = new HashSet<>();
    target(flow.startAt(), pointer + "/StartAt", reached);
    for (State state : flow.states().values()) {
      targets(state, pointer + "/States/" + state.name(), reached);
    }
    if (flow.states().values().stream().noneMatch(TransitionCheck::ends)) {
      // AWS gives no location here, and then does not report unreachable states.
      problems.add(Diagnostic.MISSING_END_STATE, "Workflow has no terminal state", null);
      return;
    }
    for (String name : flow.states().keySet()) {
      if (!reached.contains(name)) {
        problems.add(
            Diagnostic.MISSING_TRANSITION_TARGET,
            "State \"" + name + "\" is not reachable.",
            pointer + "/States/" + name);
      }
    }
  }

  private void targets(State state, String at, Set<String> reached) {
    String next = state.head().next();
    if (next != null) {
      target(next, at + "/Next", reached);
    }
    switch (state) {
      case State.Choice choice -> {
        for (int i = 0; i < choice.options().size(); i++) {
          target(choice.options().get(i).next(), at + "/Choices[" + i + "]/Next", reached);
        }
        if (choice.otherwise() != null) {
          target(choice.otherwise(), at + "/Default", reached);
        }
      }
      case State.Task task -> catches(task.handling(), at, reached);
      case State.Parallel parallel -> catches(parallel.handling(), at, reached);
      case State.Map map -> catches(map.handling(), at, reached);
      case State.Pass pass -> {}
      case State.Wait wait -> {}
      case State.Succeed succeed -> {}
      case State.Fail fail -> {}
    }
  }

  private void catches(ErrorHandling handling, String at, Set<String> reached) {
    List<Catcher> catchers = handling.catchers();
    for (int i = 0; i < catchers.size(); i++) {
      target(catchers.get(i).next(), at + "/Catch[" + i + "]/Next", reached);
    }
  }

  private void target(String name, String at, Set<String> reached) {
    reached.add(name);
    if (!flow.states().containsKey(name)) {
      problems.add(Diagnostic.MISSING_TRANSITION_TARGET, "Missing 'Next' target: " + name, at);
    }
  }

  private static boolean ends(State state) {
    return switch (state) {
      case State.Succeed succeed -> true;
      case State.Fail fail -> true;
      case State.Choice choice -> false;
      default -> state.head().next() == null;
    };
  }
}
