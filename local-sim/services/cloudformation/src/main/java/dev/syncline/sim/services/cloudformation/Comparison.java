// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.services.cloudformation.template.DependencyOrder;
import dev.syncline.sim.services.cloudformation.template.Evaluator;
import dev.syncline.sim.services.cloudformation.template.OutputDefinition;
import dev.syncline.sim.services.cloudformation.template.PseudoParameters;
import dev.syncline.sim.services.cloudformation.template.ResourceDefinition;
import dev.syncline.sim.services.cloudformation.template.ResourceValues;
import dev.syncline.sim.services.cloudformation.template.TemplateException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The changes that a plan would make. Creates nothing: both plans are evaluated with symbols in
 * place of resources' values.
 *
 * @param changes of resources, in the new plan's order, removals last
 * @param different whether there is any difference, also in outputs and tags
 */
record Comparison(List<Change> changes, boolean different) {
  /**
   * A change of one resource.
   *
   * @param action {@code Add}, {@code Modify} or {@code Remove}
   * @param replacement {@code True}, {@code False} or {@code Conditional}, empty for other actions
   * @param properties the names of the properties that differ
   */
  record Change(
      String action,
      String logicalId,
      String type,
      String physicalId,
      String replacement,
      Set<String> properties) {}

  private record Resolved(String type, ObjectNode properties, Set<String> dependencies) {}

  /**
   * Compares.
   *
   * @param before null without a stack
   */
  static Comparison of(
      @Nullable Plan before,
      Plan after,
      Stack stack,
      PseudoParameters pseudo,
      ResourceTypes types) {
    Map<String, Resolved> old = before == null ? Map.of() : resources(before, pseudo);
    Map<String, Resolved> wanted = resources(after, pseudo);
    var changes = new ArrayList<Change>();
    var replaced = new HashSet<String>();
    wanted.forEach(
        (logicalId, resource) -> {
          Change change = change(logicalId, old.get(logicalId), resource, stack, types, replaced);
          if (change != null) {
            changes.add(change);
            if (change.replacement().equals("True")) {
              replaced.add(logicalId);
            }
          }
        });
    old.forEach(
        (logicalId, resource) -> {
          if (!wanted.containsKey(logicalId)) {
            changes.add(
                new Change(
                    "Remove",
                    logicalId,
                    resource.type(),
                    physicalId(stack, logicalId),
                    "",
                    Set.of()));
          }
        });
    boolean different =
        before == null
            || !changes.isEmpty()
            || !before.tags().equals(after.tags())
            || !outputs(before, pseudo).equals(outputs(after, pseudo));
    return new Comparison(List.copyOf(changes), different);
  }

  private static @Nullable Change change(
      String logicalId,
      @Nullable Resolved old,
      Resolved wanted,
      Stack stack,
      ResourceTypes types,
      Set<String> replaced) {
    if (old == null) {
      return new Change("Add", logicalId, wanted.type(), "", "", Set.of());
    }
    Set<String> different = new TreeSet<>();
    for (ObjectNode side : List.of(old.properties(), wanted.properties())) {
      side.fieldNames()
          .forEachRemaining(
              name -> {
                if (!old.properties().path(name).equals(wanted.properties().path(name))) {
                  different.add(name);
                }
              });
    }
    boolean dependsOnReplaced = wanted.dependencies().stream().anyMatch(replaced::contains);
    boolean newType = !old.type().equals(wanted.type());
    if (different.isEmpty() && !newType && !dependsOnReplaced) {
      return null;
    }
    ResourceType type = types.find(wanted.type());
    boolean fixed =
        newType
            || (type != null
                && (type.replaces(old.properties(), wanted.properties())
                    || !type.properties()
                        .fixedDifferencesUnread(old.properties(), wanted.properties())
                        .isEmpty()));
    String replacement = fixed ? "True" : dependsOnReplaced ? "Conditional" : "False";
    return new Change(
        "Modify", logicalId, wanted.type(), physicalId(stack, logicalId), replacement, different);
  }

  private static String physicalId(Stack stack, String logicalId) {
    StackResource resource = stack.resource(logicalId);
    return resource == null ? "" : resource.physicalId();
  }

  private static Evaluator evaluator(Plan plan, PseudoParameters pseudo) {
    return new Evaluator(plan.template(), plan.parameters(), pseudo, ResourceValues.symbolic());
  }

  private static Map<String, Resolved> resources(Plan plan, PseudoParameters pseudo) {
    Evaluator evaluator = evaluator(plan, pseudo);
    var resolved = new LinkedHashMap<String, Resolved>();
    DependencyOrder.of(plan.template(), evaluator)
        .forEach(
            (logicalId, dependencies) -> {
              ResourceDefinition definition = plan.template().resources().get(logicalId);
              if (definition != null) {
                resolved.put(
                    logicalId,
                    new Resolved(
                        definition.type(), properties(definition, evaluator, plan), dependencies));
              }
            });
    return resolved;
  }

  private static ObjectNode properties(
      ResourceDefinition definition, Evaluator evaluator, Plan plan) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> property : definition.properties().properties()) {
      JsonNode value;
      try {
        value = evaluator.evaluate(property.getValue());
      } catch (TemplateException needsTheRealValue) {
        // A symbol cannot be split or indexed: then the text and the parameters are compared.
        value =
            JsonNodeFactory.instance
                .arrayNode()
                .add(property.getValue())
                .addPOJO(plan.parameters());
      }
      if (!value.isMissingNode()) {
        result.set(property.getKey(), value);
      }
    }
    return result;
  }

  private static Map<String, String> outputs(Plan plan, PseudoParameters pseudo) {
    Evaluator evaluator = evaluator(plan, pseudo);
    var outputs = new LinkedHashMap<String, String>();
    for (OutputDefinition output : plan.template().outputs().values()) {
      if (output.condition() == null || evaluator.condition(output.condition())) {
        JsonNode export = output.exportName();
        outputs.put(
            output.name(),
            symbol(output.value(), evaluator, plan)
                + (export == null ? "" : " exported as " + symbol(export, evaluator, plan)));
      }
    }
    return outputs;
  }

  private static String symbol(JsonNode value, Evaluator evaluator, Plan plan) {
    try {
      return evaluator.evaluate(value).toString();
    } catch (TemplateException needsTheRealValue) {
      return value.toString() + plan.parameters();
    }
  }
}
