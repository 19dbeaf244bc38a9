// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.handlers;

import com.oracle.js.parser.ir.CallNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The calls between functions, by name. For one use, by one thread. */
final class CallGraph {
  private final List<Call> calls = new ArrayList<>();

  /** A call in the text. */
  record Call(String caller, String callee, CallNode node) {}

  void add(String caller, String callee, CallNode node) {
    calls.add(new Call(caller, callee, node));
  }

  /** The calls of indirect recursion, through other functions. */
  List<Call> circles() {
    return calls.stream()
        .filter(call -> !call.caller().equals(call.callee()))
        .filter(call -> reaches(call.callee(), call.caller()))
        .toList();
  }

  private boolean reaches(String from, String to) {
    Set<String> seen = new HashSet<>(Set.of(from));
    Deque<String> next = new ArrayDeque<>(seen);
    while (!next.isEmpty()) {
      String caller = next.pop();
      if (caller.equals(to)) {
        return true;
      }
      calls.stream()
          .filter(call -> call.caller().equals(caller))
          .map(Call::callee)
          .filter(seen::add)
          .forEach(next::push);
    }
    return false;
  }
}
