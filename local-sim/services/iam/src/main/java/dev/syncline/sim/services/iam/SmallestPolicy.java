// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.contract.PermissionReport.Use;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Writes the policy that allows given permissions and no more. */
final class SmallestPolicy {
  private SmallestPolicy() {}

  /** The policy as JSON: actions on the same resources share a statement. */
  static String of(List<Use> uses) {
    var resources = new TreeMap<String, Set<String>>();
    for (Use use : uses) {
      resources.computeIfAbsent(use.action(), unused -> new TreeSet<>()).add(use.resource());
    }
    var actions = new TreeMap<String, Set<String>>();
    resources.forEach(
        (action, on) ->
            actions.computeIfAbsent(String.join("\n", on), unused -> new TreeSet<>()).add(action));
    ObjectNode policy = Json.object().put("Version", "2012-10-17");
    ArrayNode statements = policy.putArray("Statement");
    actions.forEach(
        (on, names) -> {
          ObjectNode statement = statements.addObject().put("Effect", "Allow");
          names.forEach(statement.putArray("Action")::add);
          on.lines().forEach(statement.putArray("Resource")::add);
        });
    return policy.toString();
  }
}
