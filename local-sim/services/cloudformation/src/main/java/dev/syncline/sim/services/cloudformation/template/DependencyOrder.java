// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The resources that exist under given conditions and the order that their references and {@code
 * DependsOn} require; otherwise the template's order is kept.
 */
public final class DependencyOrder {
  private DependencyOrder() {}

  /**
   * The dependencies of each resource that exists, dependencies first.
   *
   * @throws TemplateException naming resources that depend on each other, or one that an existing
   *     resource needs although its condition does not hold
   */
  public static Map<String, Set<String>> of(Template template, Evaluator conditions) {
    var dependencies = new LinkedHashMap<String, Set<String>>();
    for (ResourceDefinition resource : template.resources().values()) {
      if (exists(resource, conditions)) {
        dependencies.put(resource.logicalId(), needs(template, resource, conditions));
      }
    }
    for (Set<String> needed : dependencies.values()) {
      needed.retainAll(dependencies.keySet());
    }
    return sort(dependencies);
  }

  /** Whether the resource's condition holds. */
  public static boolean exists(ResourceDefinition resource, Evaluator conditions) {
    return resource.condition() == null || conditions.condition(resource.condition());
  }

  private static Set<String> needs(
      Template template, ResourceDefinition resource, Evaluator conditions) {
    var names = new LinkedHashSet<String>();
    References.visitTaken(
        resource.properties(),
        conditions::condition,
        new References.Visitor() {
          @Override
          public void name(String name) {
            ResourceDefinition other = template.resources().get(name);
            if (other != null && !template.parameters().containsKey(name)) {
              require(other);
            }
          }

          @Override
          public void attribute(String logicalId, String attribute) {
            ResourceDefinition other = template.resources().get(logicalId);
            if (other != null) {
              require(other);
            }
          }

          private void require(ResourceDefinition other) {
            if (!exists(other, conditions)) {
              throw new TemplateException(
                  "Template format error: Unresolved resource dependencies ["
                      + other.logicalId()
                      + "] in the Resources block of the template");
            }
            names.add(other.logicalId());
          }
        });
    // Unlike a reference, DependsOn on something whose condition does not hold is ignored.
    names.addAll(resource.dependsOn());
    return names;
  }

  private static Map<String, Set<String>> sort(Map<String, Set<String>> dependencies) {
    var sorted = new LinkedHashMap<String, Set<String>>();
    List<String> waiting = new ArrayList<>(dependencies.keySet());
    while (!waiting.isEmpty()) {
      var next = new ArrayList<String>();
      for (String id : waiting) {
        Set<String> needed = dependencies.getOrDefault(id, Set.of());
        if (sorted.keySet().containsAll(needed)) {
          sorted.put(id, Collections.unmodifiableSet(needed));
        } else {
          next.add(id);
        }
      }
      if (next.size() == waiting.size()) {
        throw new TemplateException(
            "Circular dependency between resources: " + cycle(next, dependencies));
      }
      waiting = next;
    }
    return sorted;
  }

  /** Leaves out those that only wait for a cycle without being part of one. */
  private static Set<String> cycle(List<String> waiting, Map<String, Set<String>> dependencies) {
    Set<String> members = new TreeSet<>(waiting);
    boolean changed = true;
    while (changed) {
      var needed = new TreeSet<String>();
      members.forEach(id -> needed.addAll(dependencies.getOrDefault(id, Set.of())));
      changed = members.retainAll(needed);
    }
    return members;
  }
}
