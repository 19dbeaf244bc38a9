// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/**
 * One type of resource. It calls only published operations of its service, as a client does.
 * Implementations hold no state and are thread-safe.
 *
 * <p>Properties are those that {@link #properties()} has read: checked, converted, and under the
 * names that the service's operations use. Errors of the service are passed on unchanged.
 */
public interface ResourceType {
  /** The type's name, such as {@code AWS::Logs::LogGroup}. */
  String name();

  /** The properties that are supported; any other is refused by name. */
  Struct properties();

  /**
   * The property, under CloudFormation's name, by which a template may name a resource. A resource
   * that a template has named cannot be replaced under the same name. Empty if the type has none.
   */
  default String nameProperty() {
    return "";
  }

  /** The properties, under CloudFormation's names, that give an IAM resource a custom name. */
  default Set<String> customIamNames() {
    return Set.of();
  }

  /**
   * Whether a change needs a new resource though no create-only property differs; never by default.
   * Both sides are under CloudFormation's names or under the operations', alike.
   */
  default boolean replaces(ObjectNode before, ObjectNode after) {
    return false;
  }

  /**
   * Creates a resource.
   *
   * @throws ResourceException when it cannot be created
   */
  ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties);

  /**
   * Changes a resource in place; called only when no create-only property differs.
   *
   * @throws ResourceException when it cannot be changed
   */
  ResourceState update(
      ServiceCalls calls, ResourceState current, ObjectNode before, ObjectNode after);

  /** Deletes a resource, which may no longer exist. */
  void delete(ServiceCalls calls, ResourceState current, ObjectNode properties);
}
