// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/**
 * One type of resource. It reaches its service only through published operations, so what it does a
 * client could do. Implementations hold no state and are thread-safe.
 *
 * <p>Properties arrive as {@link #properties()} reads them: checked, converted, and under the names
 * that the service's operations use. Errors that the service answers go through unchanged.
 */
public interface ResourceType {
  /** The type's name, such as {@code AWS::Logs::LogGroup}. */
  String name();

  /** The properties that are supported; any other is refused by name. */
  Struct properties();

  /** Properties, under CloudFormation's names, that give an IAM resource a name of its own. */
  default Set<String> customIamNames() {
    return Set.of();
  }

  /**
   * Makes one.
   *
   * @throws ResourceException when it cannot be made
   */
  ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties);

  /**
   * Changes one in place; called only when no create-only property differs.
   *
   * @throws ResourceException when it cannot be changed
   */
  ResourceState update(
      ServiceCalls calls, ResourceState current, ObjectNode before, ObjectNode after);

  /** Removes one; it may be gone already. */
  void delete(ServiceCalls calls, ResourceState current, ObjectNode properties);
}
