// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.service.resource.NameSource;
import dev.syncline.sim.service.resource.ResourceException;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.services.cloudformation.template.Evaluator;
import dev.syncline.sim.services.cloudformation.template.ResourceDefinition;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Creates, changes and deletes resources of one stack in one operation, with their events. */
record ResourceWorker(
    Stack stack,
    ResourceTypes types,
    ServiceCalls calls,
    Ids ids,
    StackJournal journal,
    ToleranceReports reports,
    @Nullable String token) {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** A resource of the plan that is not created yet. */
  StackResource wanted(ResourceDefinition definition, Set<String> dependencies) {
    return new StackResource(
        definition.logicalId(),
        definition.type(),
        null,
        NODES.objectNode(),
        dependencies,
        definition.deletionPolicy(),
        definition.updateReplacePolicy(),
        ResourceStatus.CREATE_IN_PROGRESS,
        null,
        journal.now());
  }

  /** The properties as the type reads them, with the stack's tags among them. */
  ObjectNode properties(ResourceDefinition definition, Evaluator evaluator, Plan plan) {
    ResourceType type = type(definition.type());
    ObjectNode properties = evaluator.evaluateObject(definition.properties());
    if (!plan.tags().isEmpty() && type.properties().has("Tags")) {
      properties.set("Tags", merged(plan.tags(), properties.path("Tags")));
    }
    return reports.read(type.properties(), definition, properties);
  }

  private static ArrayNode merged(Map<String, String> stackTags, JsonNode own) {
    ObjectNode byKey = NODES.objectNode();
    stackTags.forEach(
        (key, value) -> byKey.set(key, NODES.objectNode().put("Key", key).put("Value", value)));
    own.forEach(tag -> byKey.set(tag.path("Key").asText(), tag));
    ArrayNode tags = NODES.arrayNode();
    byKey.forEach(tags::add);
    return tags;
  }

  /**
   * Creates a resource and adds it to the stack.
   *
   * @param replaces whether it replaces a resource that cannot be changed in place
   */
  void create(
      StackResource wanted,
      ResourceDefinition definition,
      Evaluator evaluator,
      Plan plan,
      boolean replaces) {
    StackResource started =
        replaces
            ? journal.resource(
                stack,
                wanted,
                ResourceStatus.UPDATE_IN_PROGRESS,
                "Requested update requires the creation of a new physical resource; hence creating"
                    + " one.",
                token)
            : journal.resource(stack, wanted, ResourceStatus.CREATE_IN_PROGRESS, null, token);
    try {
      var done =
          reported(() -> created(started, definition, evaluator, plan), plan, wanted.logicalId());
      journal.resource(
          stack,
          done.result(),
          replaces ? ResourceStatus.UPDATE_COMPLETE : ResourceStatus.CREATE_COMPLETE,
          done.reason(),
          token);
    } catch (RuntimeException | Error failure) {
      throw failed(
          started, replaces ? ResourceStatus.UPDATE_FAILED : ResourceStatus.CREATE_FAILED, failure);
    }
  }

  /** Does the work of one resource, and collects what it tolerates. */
  <T> ToleranceReports.Reported<T> reported(Supplier<T> work, Plan plan, String logicalId) {
    return reports.during(work, plan.text(), logicalId);
  }

  private StackResource created(
      StackResource started, ResourceDefinition definition, Evaluator evaluator, Plan plan) {
    ObjectNode properties = properties(definition, evaluator, plan);
    var names = new NameSource(stack.name(), started.logicalId(), ids);
    return made(started, type(started.type()).create(calls, names, properties), properties);
  }

  /**
   * Changes it in place and keeps it in the stack.
   *
   * @param read what was tolerated in the properties, null for nothing
   */
  void update(
      StackResource current,
      StackResource wanted,
      ObjectNode properties,
      Plan plan,
      @Nullable String read) {
    StackResource started =
        journal.resource(
            stack,
            made(wanted, Objects.requireNonNull(current.state()), current.properties()),
            ResourceStatus.UPDATE_IN_PROGRESS,
            null,
            token);
    try {
      ResourceState before = Objects.requireNonNull(current.state());
      var done =
          reported(
              () -> type(current.type()).update(calls, before, current.properties(), properties),
              plan,
              current.logicalId());
      journal.resource(
          stack,
          made(wanted, done.result(), properties),
          ResourceStatus.UPDATE_COMPLETE,
          ToleranceReports.joined(read, done.reason()),
          token);
    } catch (RuntimeException | Error failure) {
      throw failed(started, ResourceStatus.UPDATE_FAILED, failure);
    }
  }

  /** Reports a resource whose properties could not be evaluated. */
  StepFailedException refused(StackResource resource, Throwable failure) {
    return failed(resource, ResourceStatus.UPDATE_FAILED, failure);
  }

  /**
   * Removes it; the caller updates the stack.
   *
   * @return why it could not be deleted, null if it is deleted
   */
  @Nullable String delete(StackResource resource) {
    ResourceState state = resource.state();
    if (state == null) {
      return null;
    }
    journal.event(stack, resource, ResourceStatus.DELETE_IN_PROGRESS, null, token);
    try {
      type(resource.type()).delete(calls, state, resource.properties());
    } catch (RuntimeException | Error failure) {
      String reason = StackErrors.reason(failure);
      journal.event(stack, resource, ResourceStatus.DELETE_FAILED, reason, token);
      return reason;
    }
    journal.event(stack, resource, ResourceStatus.DELETE_COMPLETE, null, token);
    return null;
  }

  /** Keeps the resource and records that it was skipped. */
  void skip(StackResource resource) {
    journal.event(stack, resource, ResourceStatus.DELETE_SKIPPED, null, token);
  }

  ResourceType type(String name) {
    ResourceType type = types.find(name);
    if (type == null) {
      throw new ResourceException("Unrecognized resource type: " + name);
    }
    return type;
  }

  private StepFailedException failed(
      StackResource resource, ResourceStatus status, Throwable failure) {
    String reason = StackErrors.reason(failure);
    journal.resource(stack, resource, status, reason, token);
    return new StepFailedException(resource.logicalId(), reason);
  }

  private static StackResource made(
      StackResource resource, ResourceState state, ObjectNode properties) {
    return new StackResource(
        resource.logicalId(),
        resource.type(),
        state,
        properties,
        resource.dependencies(),
        resource.deletionPolicy(),
        resource.updateReplacePolicy(),
        resource.status(),
        null,
        resource.changed());
  }
}
