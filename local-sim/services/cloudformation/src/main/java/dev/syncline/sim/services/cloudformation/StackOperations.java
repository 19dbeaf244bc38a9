// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.syncline.sim.kernel.ClockActivity;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.cloudformation.StackCreation.OnFailure;
import dev.syncline.sim.services.cloudformation.template.PseudoParameters;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The operations that change stacks. */
record StackOperations(
    SimClock clock, Ids ids, StackWork work, PlanReader reader, ResourceTypes types) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z][-A-Za-z0-9]{0,127}");

  List<Operation> operations() {
    return List.of(
        Operation.of(
            "CreateStack",
            this::createStack,
            "StackName",
            "TemplateBody",
            "TemplateURL",
            "Parameters",
            "DisableRollback",
            "TimeoutInMinutes",
            "Capabilities",
            "RoleARN",
            "OnFailure",
            "Tags",
            "ClientRequestToken",
            "EnableTerminationProtection"),
        Operation.of(
            "UpdateStack",
            this::updateStack,
            "StackName",
            "TemplateBody",
            "TemplateURL",
            "UsePreviousTemplate",
            "Parameters",
            "Capabilities",
            "RoleARN",
            "DisableRollback",
            "Tags",
            "ClientRequestToken"),
        Operation.of(
            "DeleteStack",
            this::deleteStack,
            "StackName",
            "RetainResources",
            "RoleARN",
            "ClientRequestToken"));
  }

  private Output createStack(Input input, CallContext context) {
    String name = stackName(input);
    synchronized (work.store()) {
      if (work.store().find(name) != null) {
        throw StackErrors.alreadyExists(name);
      }
      String id = stackId(name, context);
      Plan plan = reader.as(context).read(input, pseudo(name, id, context), null);
      if (input.has("OnFailure") && input.has("DisableRollback")) {
        throw StackErrors.validation("You cannot specify both OnFailure and DisableRollback.");
      }
      OnFailure onFailure = onFailure(input, "OnFailure");
      if (input.bool("DisableRollback", false)) {
        onFailure = OnFailure.DO_NOTHING;
      }
      var timeout = input.integer("TimeoutInMinutes");
      var options =
          new Stack.Options(
              onFailure == OnFailure.DO_NOTHING,
              timeout.isPresent() ? timeout.getAsInt() : null,
              input.text("RoleARN").orElse(null),
              input.bool("EnableTerminationProtection", false));
      var stack = new Stack(id, name, clock.now(), options, plan, StackStatus.CREATE_IN_PROGRESS);
      work.calledBy(stack, input, context);
      work.store().add(stack);
      create(stack, onFailure, token(input));
      return stackIdAnswer(stack);
    }
  }

  private Output updateStack(Input input, CallContext context) {
    Stack stack = work.store().get(stackName(input));
    synchronized (work.store()) {
      if (!stack.status().updatable()) {
        throw StackErrors.cannotBeUpdated(stack);
      }
      PseudoParameters pseudo = pseudo(stack.name(), stack.id(), context);
      Plan plan = reader.as(context).read(input, pseudo, stack.plan());
      if (stack.status() != StackStatus.UPDATE_FAILED
          && !Comparison.of(stack.plan(), plan, stack, pseudo, types).different()) {
        throw StackErrors.validation("No updates are to be performed.");
      }
      work.calledBy(stack, input, context);
      update(stack, plan, input.bool("DisableRollback", false), token(input));
      return stackIdAnswer(stack);
    }
  }

  private Output deleteStack(Input input, CallContext context) {
    Stack stack = work.store().find(stackName(input));
    // As on AWS, the deletion of an unknown stack succeeds.
    if (stack == null || stack.status() == StackStatus.DELETE_COMPLETE) {
      return Output.empty();
    }
    synchronized (work.store()) {
      if (stack.options().terminationProtection()) {
        throw StackErrors.validation(
            "Stack ["
                + stack.name()
                + "] cannot be deleted while TerminationProtection is enabled");
      }
      if (stack.status() == StackStatus.DELETE_IN_PROGRESS) {
        return Output.empty();
      }
      if (stack.status().busy()) {
        throw StackErrors.validation(
            "Stack [" + stack.name() + "] cannot be deleted while in status " + stack.status());
      }
      List<String> retain = input.texts("RetainResources");
      if (!retain.isEmpty() && stack.status() != StackStatus.DELETE_FAILED) {
        throw StackErrors.validation(
            "Invalid operation on stack ["
                + stack.id()
                + "]. When you delete a stack, specify which resources to retain only when the"
                + " stack is in the DELETE_FAILED state.");
      }
      String token = token(input);
      work.calledBy(stack, input, context);
      work.journal().stack(stack, StackStatus.DELETE_IN_PROGRESS, "User Initiated", token);
      start(() -> new StackDeletion(work, stack, Set.copyOf(retain), token).run());
      return Output.empty();
    }
  }

  void create(Stack stack, OnFailure onFailure, @Nullable String token) {
    work.journal().stack(stack, StackStatus.CREATE_IN_PROGRESS, "User Initiated", token);
    start(() -> new StackCreation(work, stack, onFailure, token).run());
  }

  void update(Stack stack, Plan plan, boolean disableRollback, @Nullable String token) {
    work.journal().stack(stack, StackStatus.UPDATE_IN_PROGRESS, "User Initiated", token);
    start(() -> new StackUpdate(work, stack, plan, disableRollback, token).run());
  }

  /** Continues in the background, with a clock activity from now on. */
  private void start(Runnable operation) {
    ClockActivity untilStarted = clock.begin();
    Thread.ofVirtual()
        .name("cloudformation")
        .start(
            () ->
                clock.run(
                    () -> {
                      untilStarted.close();
                      operation.run();
                    }));
  }

  String stackId(String name, CallContext context) {
    return context.arn("cloudformation", "stack/" + name + "/" + ids.uuid());
  }

  static PseudoParameters pseudo(String name, String id, CallContext context) {
    return new PseudoParameters(context.account(), context.region(), name, id);
  }

  static String stackName(Input input) {
    String name = input.requiredText("StackName");
    if (!name.startsWith("arn:") && !NAME.matcher(name).matches()) {
      throw StackErrors.validation(
          "1 validation error detected: Value '"
              + name
              + "' at 'stackName' failed to satisfy constraint: Member must satisfy regular"
              + " expression pattern: [a-zA-Z][-a-zA-Z0-9]*|arn:[-a-zA-Z0-9:/._+]*");
    }
    return name;
  }

  static OnFailure onFailure(Input input, String member) {
    String text = input.text(member).orElse("ROLLBACK");
    return switch (text) {
      case "ROLLBACK" -> OnFailure.ROLLBACK;
      case "DELETE" -> OnFailure.DELETE;
      case "DO_NOTHING" -> OnFailure.DO_NOTHING;
      default ->
          throw StackErrors.validation(
              "1 validation error detected: Value '"
                  + text
                  + "' at '"
                  + member
                  + "' failed to satisfy constraint: Member must satisfy enum value set:"
                  + " [ROLLBACK, DELETE, DO_NOTHING]");
    };
  }

  static @Nullable String token(Input input) {
    return input.text("ClientRequestToken").orElse(null);
  }

  private static Output stackIdAnswer(Stack stack) {
    return Output.of(JsonNodeFactory.instance.objectNode().put("StackId", stack.id()));
  }
}
