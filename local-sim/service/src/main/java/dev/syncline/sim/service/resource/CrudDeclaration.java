// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The operations of a {@link CrudResource} and how its properties map to them. Members are named as
 * the service's operations name them. The replacement properties are the fixed members of the
 * {@link Struct}. Not thread-safe: declare a type in its constructor.
 *
 * <pre>{@code
 * new CrudDeclaration("AWS::ApiGateway::Resource", "apigateway", PROPERTIES)
 *     .create("CreateResource").id("/id", "ResourceId")
 *     .addressedBy("resourceId").addressedByProperties("restApiId")
 *     .delete("DeleteResource")
 * }</pre>
 */
public final class CrudDeclaration {
  /** One step of an update. */
  @FunctionalInterface
  public interface Step {
    /**
     * Calls operations if the step's properties differ.
     *
     * @throws ResourceException when the resource cannot be changed
     */
    void run(CrudResource.Change change);
  }

  final String type;
  final String service;
  final Struct properties;
  final List<String> notInCreate = new ArrayList<>();
  final Map<String, String> defaults = new LinkedHashMap<>();
  final Map<String, Function<ResourceState, String>> idMembers = new LinkedHashMap<>();
  final List<String> idProperties = new ArrayList<>();
  final List<Step> steps = new ArrayList<>();
  String nameProperty = "";
  String namedMember = "";
  Function<NameSource, String> newName = names -> "";
  String createOperation = "";
  String deleteOperation = "";
  Function<CrudResource.Created, ResourceState> created =
      call -> ResourceState.of(call.names().name(64));

  /**
   * A type without operations.
   *
   * @param type such as {@code AWS::Logs::LogGroup}
   * @param service the id of the service in the dispatcher
   */
  public CrudDeclaration(String type, String service, Struct properties) {
    this.type = type;
    this.service = service;
    this.properties = properties;
  }

  /** The property that {@link ResourceType#nameProperty} answers. */
  public CrudDeclaration nameProperty(String property) {
    nameProperty = property;
    return this;
  }

  /** The operation that creates; its input is the properties without {@code notInCreate}. */
  public CrudDeclaration create(String operation, String... notInCreate) {
    createOperation = operation;
    this.notInCreate.addAll(List.of(notInCreate));
    return this;
  }

  /** Gives create a generated name where the template has none. */
  public CrudDeclaration named(String member, Function<NameSource, String> newName) {
    namedMember = member;
    this.newName = newName;
    return this;
  }

  /** Gives create a generated name of at most {@code maxLength} characters. */
  public CrudDeclaration named(String member, int maxLength) {
    return named(member, names -> names.name(maxLength));
  }

  /** Gives create a value where the template has none. */
  public CrudDeclaration defaultsTo(String member, String value) {
    defaults.put(member, value);
    return this;
  }

  /**
   * Takes the physical id from the create operation's output.
   *
   * @param pointer a JSON Pointer into the output
   * @param attributes the attributes that have the id as their value
   */
  public CrudDeclaration id(String pointer, String... attributes) {
    return created(call -> state(call.answered(pointer), attributes));
  }

  /** Generates a physical id of at most 64 characters; the attributes have it as their value. */
  public CrudDeclaration generatedId(String... attributes) {
    return created(call -> state(call.names().name(64), attributes));
  }

  /** Computes the state from the create call. */
  public CrudDeclaration created(Function<CrudResource.Created, ResourceState> state) {
    created = state;
    return this;
  }

  /** Operations address the resource by its physical id in {@code member}. */
  public CrudDeclaration addressedBy(String member) {
    idMembers.put(member, ResourceState::physicalId);
    return this;
  }

  /** Operations address the resource by an attribute in {@code member}. */
  public CrudDeclaration addressedByAttribute(String member, String attribute) {
    idMembers.put(member, current -> current.text(attribute));
    return this;
  }

  /** Operations address the resource by these properties, which are required and fixed. */
  public CrudDeclaration addressedByProperties(String... members) {
    idProperties.addAll(List.of(members));
    return this;
  }

  /** Adds a step to the update; steps run in order. Without one an update changes nothing. */
  public CrudDeclaration update(Step step) {
    steps.add(step);
    return this;
  }

  /** Adds a step that calls an operation with all properties, except {@code notInUpdate}. */
  public CrudDeclaration updateAll(String operation, String... notInUpdate) {
    return update(
        change -> {
          ObjectNode input = change.after().deepCopy().setAll(change.target());
          input.remove(List.of(notInUpdate));
          change.calls().call(service, operation, input);
        });
  }

  /** Adds a step that changes tags that are a map, of the resource with this physical id. */
  public CrudDeclaration tagMap(Tagging tagging) {
    return tagMap(tagging, change -> change.current().physicalId());
  }

  /** Adds a step that changes tags that are a map, of the resource that {@code id} names. */
  public CrudDeclaration tagMap(Tagging tagging, Function<CrudResource.Change, String> id) {
    String member = tagging.tagsMember();
    return update(
        change ->
            tagging.changeMap(
                change.calls(),
                id.apply(change),
                change.before().path(member),
                change.after().path(member)));
  }

  /**
   * Adds a step that changes tags that are a list, of the resource with this physical id.
   *
   * @param key the list's name for a tag's key
   */
  public CrudDeclaration tagList(Tagging tagging, String key) {
    return tagList(tagging, key, change -> change.current().physicalId());
  }

  /**
   * Adds a step that changes tags that are a list, of the resource that {@code id} names.
   *
   * @param key the list's name for a tag's key
   */
  public CrudDeclaration tagList(
      Tagging tagging, String key, Function<CrudResource.Change, String> id) {
    String member = tagging.tagsMember();
    return update(
        change ->
            tagging.changeList(
                change.calls(),
                id.apply(change),
                key,
                change.before().path(member),
                change.after().path(member)));
  }

  /** The operation that deletes; a resource that no longer exists is not an error. */
  public CrudDeclaration delete(String operation) {
    deleteOperation = operation;
    return this;
  }

  private static ResourceState state(String id, String... attributes) {
    var namesAndValues = new String[attributes.length * 2];
    for (int i = 0; i < attributes.length; i++) {
      namesAndValues[2 * i] = attributes[i];
      namesAndValues[2 * i + 1] = id;
    }
    return ResourceState.of(id, namesAndValues);
  }
}
