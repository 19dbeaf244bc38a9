// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Function;

/**
 * A resource type that one operation creates, one operation deletes, and steps update. A subclass
 * states a {@link CrudDeclaration}; it overrides a method only where its service needs more calls.
 * Immutable and thread-safe.
 */
public abstract class CrudResource implements ResourceType {
  /**
   * A finished create call.
   *
   * @param input the input of the call
   * @param output the output of the call
   */
  public record Created(ServiceCalls calls, NameSource names, ObjectNode input, JsonNode output) {
    /** A member of the input as text, empty when it is absent. */
    public String given(String member) {
      return input.path(member).asText();
    }

    /** The output's value at a JSON Pointer as text, empty when it is absent. */
    public String answered(String pointer) {
      return output.at(pointer).asText();
    }
  }

  /**
   * A change of properties in place.
   *
   * @param target the members that address the resource in an operation; a new object each time
   */
  public record Change(
      ServiceCalls calls,
      ResourceState current,
      ObjectNode before,
      ObjectNode after,
      ObjectNode target) {
    /** Whether one of the members differs. */
    public boolean of(String... members) {
      return Differences.in(before, after, members);
    }
  }

  private final CrudDeclaration declaration;

  /** A type with this declaration. */
  protected CrudResource(CrudDeclaration declaration) {
    this.declaration = declaration;
  }

  @Override
  public final String name() {
    return declaration.type;
  }

  @Override
  public final Struct properties() {
    return declaration.properties;
  }

  @Override
  public final String nameProperty() {
    return declaration.nameProperty;
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    ObjectNode input = properties.deepCopy();
    input.remove(declaration.notInCreate);
    if (!declaration.namedMember.isEmpty()) {
      // The name is generated even if one is given, so that later ids do not depend on it.
      String generated = declaration.newName.apply(names);
      input.put(
          declaration.namedMember, properties.path(declaration.namedMember).asText(generated));
    }
    declaration.defaults.forEach(
        (member, value) -> {
          if (!input.has(member)) {
            input.put(member, value);
          }
        });
    JsonNode output = call(calls, declaration.createOperation, input);
    return declaration.created.apply(new Created(calls, names, input, output));
  }

  @Override
  public ResourceState update(
      ServiceCalls calls, ResourceState current, ObjectNode before, ObjectNode after) {
    for (CrudDeclaration.Step step : declaration.steps) {
      step.run(new Change(calls, current, before, after, target(calls, current, after)));
    }
    return current;
  }

  @Override
  public void delete(ServiceCalls calls, ResourceState current, ObjectNode properties) {
    calls.callUnlessGone(
        declaration.service, declaration.deleteOperation, target(calls, current, properties));
  }

  /** Calls an operation of the type's service. */
  protected final JsonNode call(ServiceCalls calls, String operation, ObjectNode input) {
    return calls.call(declaration.service, operation, input);
  }

  /** The members that address the resource in operations; a new object each time. */
  protected final ObjectNode target(
      ServiceCalls calls, ResourceState current, ObjectNode properties) {
    ObjectNode target = calls.input();
    for (var entry : declaration.idMembers.entrySet()) {
      Function<ResourceState, String> id = entry.getValue();
      target.put(entry.getKey(), id.apply(current));
    }
    for (String member : declaration.idProperties) {
      target.set(member, properties.get(member));
    }
    return target;
  }
}
