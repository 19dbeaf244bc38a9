// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.kernel.Timer;
import dev.syncline.sim.kernel.TimerKind;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The operations that describe stacks. Thread-safe. */
record StackQueries(SimClock clock, StackStore store) {
  private static final int PAGE = 100;
  // Well below the read timeout of any client.
  private static final Duration MAX_HOLD = Duration.ofSeconds(5);

  List<Operation> operations() {
    return List.of(
        Operation.of("DescribeStacks", this::describeStacks, "StackName", "NextToken"),
        Operation.of("ListStacks", this::listStacks, "NextToken", "StackStatusFilter"),
        Operation.of("DescribeStackEvents", this::describeEvents, "StackName", "NextToken"),
        Operation.of(
            "DescribeStackResource", this::describeResource, "StackName", "LogicalResourceId"),
        Operation.of(
            "DescribeStackResources",
            this::describeResources,
            "StackName",
            "LogicalResourceId",
            "PhysicalResourceId"),
        Operation.of("ListStackResources", this::listResources, "StackName", "NextToken"),
        Operation.of("ListExports", this::listExports, "NextToken"),
        Operation.of("ListImports", this::listImports, "ExportName", "NextToken"));
  }

  private Output describeStacks(Input input, CallContext context) {
    List<Stack> stacks =
        input.has("StackName")
            ? List.of(settled(store.get(StackOperations.stackName(input))))
            : store.all().stream()
                .filter(stack -> stack.status() != StackStatus.DELETE_COMPLETE)
                .toList();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    StackAnswers.page(json, "Stacks", stacks, input, PAGE, StackQueries::describe);
    return Output.of(json);
  }

  /**
   * The stack, after waiting for its running operation: clients poll every thirty seconds, and here
   * an operation takes about one second. Under a manual clock it does not wait, because the calling
   * thread may be the one that advances the clock.
   */
  private Stack settled(Stack stack) {
    CompletableFuture<@Nullable Void> settled = stack.settled();
    if (!settled.isDone() && !(clock.mode() instanceof ClockMode.Manual)) {
      var over = new CompletableFuture<@Nullable Void>();
      Timer limit = clock.schedule(TimerKind.BACKGROUND, MAX_HOLD, () -> over.complete(null));
      settled.thenRun(() -> over.complete(null));
      clock.await(over);
      limit.cancel();
    }
    return stack;
  }

  private static ObjectNode describe(Stack stack) {
    Plan plan = stack.plan();
    Stack.Options options = stack.options();
    ObjectNode json = summary(stack);
    json.put("DisableRollback", options.disableRollback())
        .put("EnableTerminationProtection", options.terminationProtection());
    StackAnswers.putIfPresent(json, "Description", plan.template().description());
    StackAnswers.putIfPresent(json, "RoleARN", options.roleArn());
    if (options.timeoutInMinutes() != null) {
      json.put("TimeoutInMinutes", options.timeoutInMinutes());
    }
    json.set("Parameters", StackAnswers.parameters(plan));
    json.set("Capabilities", StackAnswers.texts(plan.capabilities()));
    json.set("Tags", StackAnswers.tags(plan.tags()));
    json.putArray("NotificationARNs");
    ArrayNode outputs = json.putArray("Outputs");
    for (StackOutput output : stack.outputs()) {
      ObjectNode item =
          outputs.addObject().put("OutputKey", output.key()).put("OutputValue", output.value());
      StackAnswers.putIfPresent(item, "Description", output.description());
      StackAnswers.putIfPresent(item, "ExportName", output.exportName());
    }
    return json;
  }

  private static ObjectNode summary(Stack stack) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("StackId", stack.id())
            .put("StackName", stack.name())
            .put("CreationTime", StackAnswers.time(stack.created()));
    var updated = stack.updated();
    if (updated != null) {
      json.put("LastUpdatedTime", StackAnswers.time(updated));
    }
    var deleted = stack.deleted();
    if (deleted != null) {
      json.put("DeletionTime", StackAnswers.time(deleted));
    }
    json.put("StackStatus", stack.status().name());
    StackAnswers.putIfPresent(json, "StackStatusReason", stack.reason());
    json.putObject("DriftInformation").put("StackDriftStatus", "NOT_CHECKED");
    return json;
  }

  private Output listStacks(Input input, CallContext context) {
    Set<String> wanted = Set.copyOf(input.texts("StackStatusFilter"));
    List<Stack> stacks =
        store.all().stream()
            .filter(stack -> wanted.isEmpty() || wanted.contains(stack.status().name()))
            .toList();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    StackAnswers.page(
        json,
        "StackSummaries",
        stacks,
        input,
        PAGE,
        stack -> {
          ObjectNode item = summary(stack);
          StackAnswers.putIfPresent(
              item, "TemplateDescription", stack.plan().template().description());
          return item;
        });
    return Output.of(json);
  }

  private Output describeEvents(Input input, CallContext context) {
    Stack stack = store.get(StackOperations.stackName(input));
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    StackAnswers.page(json, "StackEvents", stack.events(), input, PAGE, StackQueries::event);
    return Output.of(json);
  }

  private static ObjectNode event(StackEvent event) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("StackId", event.stackId())
            .put("EventId", event.eventId())
            .put("StackName", event.stackName())
            .put("LogicalResourceId", event.logicalId())
            .put("PhysicalResourceId", event.physicalId())
            .put("ResourceType", event.resourceType())
            .put("Timestamp", StackAnswers.time(event.time()))
            .put("ResourceStatus", event.status());
    StackAnswers.putIfPresent(json, "ResourceStatusReason", event.reason());
    StackAnswers.putIfPresent(json, "ClientRequestToken", event.token());
    return json;
  }

  private Output describeResource(Input input, CallContext context) {
    Stack stack = store.get(StackOperations.stackName(input));
    String logicalId = input.requiredText("LogicalResourceId");
    StackResource resource = stack.resource(logicalId);
    if (resource == null) {
      throw noResource(logicalId, stack);
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode detail = resource(resource, "LastUpdatedTimestamp");
    detail.put("StackName", stack.name()).put("StackId", stack.id());
    json.set("StackResourceDetail", detail);
    return Output.of(json);
  }

  private Output describeResources(Input input, CallContext context) {
    String physicalId = input.text("PhysicalResourceId").orElse("");
    if (input.has("StackName") == !physicalId.isEmpty()) {
      throw StackErrors.validation("One of StackName and PhysicalResourceId must be given.");
    }
    Stack stack =
        input.has("StackName") ? store.get(StackOperations.stackName(input)) : owner(physicalId);
    String wanted = input.text("LogicalResourceId").orElse("");
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode resources = json.putArray("StackResources");
    for (StackResource resource : stack.resources()) {
      if (wanted.isEmpty() || wanted.equals(resource.logicalId())) {
        resources.add(
            resource(resource, "Timestamp")
                .put("StackName", stack.name())
                .put("StackId", stack.id()));
      }
    }
    if (!wanted.isEmpty() && resources.isEmpty()) {
      throw noResource(wanted, stack);
    }
    return Output.of(json);
  }

  private Stack owner(String physicalId) {
    for (Stack stack : store.all()) {
      if (stack.resources().stream()
          .anyMatch(resource -> resource.physicalId().equals(physicalId))) {
        return stack;
      }
    }
    throw StackErrors.validation("Stack for " + physicalId + " does not exist");
  }

  private Output listResources(Input input, CallContext context) {
    Stack stack = store.get(StackOperations.stackName(input));
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    StackAnswers.page(
        json,
        "StackResourceSummaries",
        stack.resources(),
        input,
        PAGE,
        resource -> resource(resource, "LastUpdatedTimestamp"));
    return Output.of(json);
  }

  private static ObjectNode resource(StackResource resource, String timeMember) {
    ObjectNode json =
        JsonNodeFactory.instance.objectNode().put("LogicalResourceId", resource.logicalId());
    StackAnswers.putIfPresent(json, "PhysicalResourceId", resource.physicalId());
    json.put("ResourceType", resource.type())
        .put(timeMember, StackAnswers.time(resource.changed()))
        .put("ResourceStatus", resource.status().name());
    StackAnswers.putIfPresent(json, "ResourceStatusReason", resource.reason());
    json.putObject("DriftInformation").put("StackResourceDriftStatus", "NOT_CHECKED");
    return json;
  }

  private Output listExports(Input input, CallContext context) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    StackAnswers.page(
        json,
        "Exports",
        store.exports(),
        input,
        PAGE,
        export ->
            JsonNodeFactory.instance
                .objectNode()
                .put("ExportingStackId", export.stackId())
                .put("Name", export.name())
                .put("Value", export.value()));
    return Output.of(json);
  }

  private Output listImports(Input input, CallContext context) {
    String name = input.requiredText("ExportName");
    List<String> importers = store.importers(name);
    if (importers.isEmpty()) {
      throw StackErrors.validation("Export '" + name + "' is not imported by any stack.");
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("Imports", StackAnswers.texts(importers));
    return Output.of(json);
  }

  private static RuntimeException noResource(String logicalId, Stack stack) {
    return StackErrors.validation(
        "Resource " + logicalId + " does not exist for stack " + stack.name());
  }
}
