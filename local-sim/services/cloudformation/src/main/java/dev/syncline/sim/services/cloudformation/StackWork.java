// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.services.cloudformation.template.DependencyOrder;
import dev.syncline.sim.services.cloudformation.template.Evaluator;
import dev.syncline.sim.services.cloudformation.template.OutputDefinition;
import dev.syncline.sim.services.cloudformation.template.PseudoParameters;
import dev.syncline.sim.services.cloudformation.template.ResourceDefinition;
import dev.syncline.sim.services.cloudformation.template.TemplateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Shared by the operations on stacks: evaluates a plan against a stack, its order and outputs.
 * Thread-safe.
 */
record StackWork(
    StackStore store,
    StackJournal journal,
    ResourceTypes types,
    ServiceCalls calls,
    Ids ids,
    ToleranceReports reports) {
  /** Makes the operation's caller, or the role, the one that works on the stack from now on. */
  void calledBy(Stack stack, Input input, CallContext context) {
    String role = input.text("RoleARN").orElse(stack.options().roleArn());
    stack.caller(StackCaller.of(calls.dispatcher(), stack.id(), role, context));
  }

  ResourceWorker worker(Stack stack, @Nullable String token) {
    return new ResourceWorker(stack, types, calls.as(stack.caller()), ids, journal, reports, token);
  }

  /** One plan evaluated against one stack. Not thread-safe. */
  final class Evaluation {
    private final Stack stack;
    private final Plan plan;
    private final StackValues values;
    private final Evaluator evaluator;

    Evaluation(Stack stack, Plan plan) {
      this.stack = stack;
      this.plan = plan;
      this.values = new StackValues(stack, store);
      this.evaluator =
          new Evaluator(
              plan.template(),
              plan.parameters(),
              new PseudoParameters(calls.account(), calls.region(), stack.name(), stack.id()),
              values);
    }

    Evaluator evaluator() {
      return evaluator;
    }

    /** The resources that exist under the plan with what they need, dependencies first. */
    Map<String, Set<String>> order() {
      return DependencyOrder.of(plan.template(), evaluator);
    }

    ResourceDefinition definition(String logicalId) {
      ResourceDefinition definition = plan.template().resources().get(logicalId);
      if (definition == null) {
        throw new IllegalStateException("no resource " + logicalId + " in the plan");
      }
      return definition;
    }

    /** Evaluates the outputs, checks the exports and keeps both in the stack. */
    void keepOutputs() {
      var outputs = new ArrayList<StackOutput>();
      for (OutputDefinition output : plan.template().outputs().values()) {
        if (output.condition() != null && !evaluator.condition(output.condition())) {
          continue;
        }
        String what = "output " + output.name();
        outputs.add(
            new StackOutput(
                output.name(),
                evaluator.evaluateText(output.value(), what),
                output.description(),
                output.exportName() == null
                    ? null
                    : evaluator.evaluateText(output.exportName(), "export of " + what)));
      }
      checkExports(outputs);
      stack.outputs(outputs, values.imports());
    }

    private void checkExports(List<StackOutput> outputs) {
      for (StackOutput output : outputs) {
        if (output.exportName() != null) {
          StackStore.Export other = store.exported(output.exportName(), stack.id());
          if (other != null) {
            throw new TemplateException(
                "Export with name "
                    + output.exportName()
                    + " is already exported by stack "
                    + other.stackName()
                    + ". Rename it.");
          }
        }
      }
      for (StackOutput before : stack.outputs()) {
        String name = before.exportName();
        if (name != null
            && outputs.stream()
                .noneMatch(
                    after ->
                        name.equals(after.exportName()) && after.value().equals(before.value()))) {
          refuseWhileImported(name);
        }
      }
    }
  }

  /** Refuses to take away an export that another stack uses. */
  void refuseWhileImported(String exportName) {
    List<String> importers = store.importers(exportName);
    if (!importers.isEmpty()) {
      throw new TemplateException(
          "Export "
              + exportName
              + " cannot be updated or deleted as it is in use by "
              + String.join(", ", importers));
    }
  }

  /** The order in which resources can go: those that need others first. */
  static List<StackResource> removalOrder(List<StackResource> resources) {
    var waiting = new ArrayList<>(resources);
    var order = new ArrayList<StackResource>();
    while (!waiting.isEmpty()) {
      List<StackResource> free =
          waiting.reversed().stream()
              .filter(
                  candidate ->
                      waiting.stream()
                          .noneMatch(
                              other ->
                                  other != candidate
                                      && other.dependencies().contains(candidate.logicalId())))
              .toList();
      if (free.isEmpty()) {
        // Only possible between resources of different versions of a template.
        order.addAll(waiting.reversed());
        return order;
      }
      order.addAll(free);
      waiting.removeAll(free);
    }
    return order;
  }
}
