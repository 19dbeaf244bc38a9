// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.cloudformation.template.PseudoParameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The operations on change sets. */
final class ChangeSetOperations {
  private static final Pattern NAME = Pattern.compile("[A-Za-z][-A-Za-z0-9]{0,127}");
  private static final String NO_CHANGES =
      "The submitted information didn't contain changes. Submit different information to create a"
          + " change set.";

  private final StackOperations stacks;
  private final Ids ids;
  private final StackWork work;
  private final PlanReader reader;
  private final ResourceTypes types;
  private final Map<String, ChangeSet> byId = new LinkedHashMap<>();

  ChangeSetOperations(
      StackOperations stacks, Ids ids, StackWork work, PlanReader reader, ResourceTypes types) {
    this.stacks = stacks;
    this.ids = ids;
    this.work = work;
    this.reader = reader;
    this.types = types;
  }

  /** Every change set. */
  List<ChangeSet> everything() {
    synchronized (work.store()) {
      return List.copyOf(byId.values());
    }
  }

  /** Restores a saved change set. */
  void restore(ChangeSet changeSet) {
    synchronized (work.store()) {
      byId.put(changeSet.id(), changeSet);
    }
  }

  List<Operation> operations() {
    return List.of(
        Operation.of(
            "CreateChangeSet",
            this::createChangeSet,
            "StackName",
            "TemplateBody",
            "TemplateURL",
            "UsePreviousTemplate",
            "Parameters",
            "Capabilities",
            "RoleARN",
            "Tags",
            "ChangeSetName",
            "ClientToken",
            "Description",
            "ChangeSetType",
            "OnStackFailure"),
        Operation.of(
            "DescribeChangeSet",
            this::describeChangeSet,
            "ChangeSetName",
            "StackName",
            "NextToken",
            "IncludePropertyValues"),
        Operation.of(
            "ExecuteChangeSet",
            this::executeChangeSet,
            "ChangeSetName",
            "StackName",
            "ClientRequestToken",
            "DisableRollback"),
        Operation.of("DeleteChangeSet", this::deleteChangeSet, "ChangeSetName", "StackName"),
        Operation.of("ListChangeSets", this::listChangeSets, "StackName", "NextToken"));
  }

  /** The change set that a request names, alone by ARN or together with its stack. */
  ChangeSet find(Input input) {
    String name = input.requiredText("ChangeSetName");
    synchronized (work.store()) {
      ChangeSet direct = byId.get(name);
      if (direct != null) {
        return direct;
      }
      if (input.has("StackName")) {
        Stack stack = work.store().get(StackOperations.stackName(input));
        for (ChangeSet candidate : byId.values()) {
          if (candidate.stack() == stack && candidate.name().equals(name)) {
            return candidate;
          }
        }
      }
    }
    throw StackErrors.noChangeSet(name);
  }

  private Output createChangeSet(Input input, CallContext context) {
    String name = input.requiredText("ChangeSetName");
    if (!NAME.matcher(name).matches()) {
      throw StackErrors.validation(
          "1 validation error detected: Value '"
              + name
              + "' at 'changeSetName' failed to satisfy constraint: Member must satisfy regular"
              + " expression pattern: [a-zA-Z][-a-zA-Z0-9]*");
    }
    synchronized (work.store()) {
      ChangeSet changeSet =
          switch (input.text("ChangeSetType").orElse("UPDATE")) {
            case "CREATE" -> forNewStack(name, input, context);
            case "UPDATE" -> forStack(name, input, context);
            default ->
                throw StackErrors.validation(
                    "The simulator supports the change set types CREATE and UPDATE only.");
          };
      byId.put(changeSet.id(), changeSet);
      return Output.of(
          JsonNodeFactory.instance
              .objectNode()
              .put("Id", changeSet.id())
              .put("StackId", changeSet.stack().id()));
    }
  }

  private ChangeSet forNewStack(String name, Input input, CallContext context) {
    String stackName = StackOperations.stackName(input);
    Stack existing = work.store().find(stackName);
    if (existing != null && existing.status() != StackStatus.REVIEW_IN_PROGRESS) {
      throw StackErrors.alreadyExists(existing.name());
    }
    String id = existing == null ? stacks.stackId(stackName, context) : existing.id();
    PseudoParameters pseudo = StackOperations.pseudo(stackName, id, context);
    Plan plan = reader.as(context).read(input, pseudo, null);
    Stack stack;
    if (existing == null) {
      var options = new Stack.Options(false, null, input.text("RoleARN").orElse(null), false);
      stack =
          new Stack(
              id, stackName, work.journal().now(), options, plan, StackStatus.REVIEW_IN_PROGRESS);
      work.store().add(stack);
      work.journal().stack(stack, StackStatus.REVIEW_IN_PROGRESS, "User Initiated", null);
    } else {
      stack = existing;
      refuseDuplicate(stack, name);
    }
    return changeSet(
        name, input, context, stack, true, plan, Comparison.of(null, plan, stack, pseudo, types));
  }

  private ChangeSet forStack(String name, Input input, CallContext context) {
    Stack stack = work.store().get(StackOperations.stackName(input));
    if (!stack.status().updatable()) {
      throw StackErrors.cannotBeUpdated(stack);
    }
    refuseDuplicate(stack, name);
    PseudoParameters pseudo = StackOperations.pseudo(stack.name(), stack.id(), context);
    Plan before = stack.plan();
    Plan plan = reader.as(context).read(input, pseudo, before);
    return changeSet(
        name,
        input,
        context,
        stack,
        false,
        plan,
        Comparison.of(before, plan, stack, pseudo, types));
  }

  private ChangeSet changeSet(
      String name,
      Input input,
      CallContext context,
      Stack stack,
      boolean creates,
      Plan plan,
      Comparison comparison) {
    boolean executable = comparison.different();
    return new ChangeSet(
        context.arn("cloudformation", "changeSet/" + name + "/" + ids.uuid()),
        name,
        stack,
        creates,
        plan,
        input.text("Description").orElse(null),
        StackOperations.onFailure(input, "OnStackFailure"),
        work.journal().now(),
        comparison.changes(),
        executable ? "CREATE_COMPLETE" : "FAILED",
        executable ? null : NO_CHANGES,
        executable ? "AVAILABLE" : "UNAVAILABLE");
  }

  /**
   * Refuses a name that exists. A change set that can no longer be executed is replaced: the AWS
   * CLI names its change sets by the second, and here two can be created within a second.
   */
  private void refuseDuplicate(Stack stack, String name) {
    List<ChangeSet> same =
        byId.values().stream()
            .filter(other -> other.stack() == stack && other.name().equals(name))
            .toList();
    if (same.stream().anyMatch(other -> other.executionStatus().equals("AVAILABLE"))) {
      throw StackErrors.changeSetExists(name);
    }
    same.forEach(other -> byId.remove(other.id()));
  }

  private Output executeChangeSet(Input input, CallContext context) {
    ChangeSet changeSet = find(input);
    Stack stack = changeSet.stack();
    synchronized (work.store()) {
      if (!changeSet.executionStatus().equals("AVAILABLE")) {
        throw StackErrors.notExecutable(changeSet);
      }
      boolean ready =
          changeSet.creates()
              ? stack.status() == StackStatus.REVIEW_IN_PROGRESS
              : stack.status().updatable();
      if (!ready) {
        throw StackErrors.cannotBeUpdated(stack);
      }
      // The other change sets were compared with a former state of the stack.
      byId.values().removeIf(other -> other.stack() == stack);
      byId.put(changeSet.id(), changeSet.executed());
      boolean disableRollback = input.bool("DisableRollback", false);
      String token = StackOperations.token(input);
      work.calledBy(stack, input, context);
      if (changeSet.creates()) {
        stack.plan(changeSet.plan());
        stacks.create(
            stack,
            disableRollback ? StackCreation.OnFailure.DO_NOTHING : changeSet.onFailure(),
            token);
      } else {
        stacks.update(stack, changeSet.plan(), disableRollback, token);
      }
    }
    return Output.empty();
  }

  private Output deleteChangeSet(Input input, CallContext context) {
    ChangeSet changeSet;
    try {
      changeSet = find(input);
    } catch (AwsException gone) {
      if (gone.code().equals("ChangeSetNotFound")) {
        return Output.empty();
      }
      throw gone;
    }
    synchronized (work.store()) {
      byId.remove(changeSet.id());
    }
    return Output.empty();
  }

  private Output describeChangeSet(Input input, CallContext context) {
    ChangeSet changeSet = find(input);
    Plan plan = changeSet.plan();
    ObjectNode json = ChangeSetAnswers.summary(changeSet);
    json.set("Parameters", StackAnswers.parameters(plan));
    json.set("Capabilities", StackAnswers.texts(plan.capabilities()));
    json.set("Tags", StackAnswers.tags(plan.tags()));
    json.put("OnStackFailure", changeSet.onFailure().name());
    StackAnswers.page(json, "Changes", changeSet.changes(), input, 100, ChangeSetAnswers::change);
    return Output.of(json);
  }

  private Output listChangeSets(Input input, CallContext context) {
    Stack stack = work.store().get(StackOperations.stackName(input));
    List<ChangeSet> found;
    synchronized (work.store()) {
      found = byId.values().stream().filter(candidate -> candidate.stack() == stack).toList();
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    StackAnswers.page(json, "Summaries", found, input, 100, ChangeSetAnswers::summary);
    return Output.of(json);
  }
}
