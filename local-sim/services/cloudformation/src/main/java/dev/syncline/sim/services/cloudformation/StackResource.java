// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.services.cloudformation.template.DeletionPolicy;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A resource of a stack. Immutable.
 *
 * @param state null when it does not exist
 * @param properties as read by its type, of its creation or last change
 * @param dependencies the logical ids of its dependencies
 */
record StackResource(
    String logicalId,
    String type,
    @Nullable ResourceState state,
    ObjectNode properties,
    Set<String> dependencies,
    DeletionPolicy deletionPolicy,
    DeletionPolicy updateReplacePolicy,
    ResourceStatus status,
    @Nullable String reason,
    Instant changed) {

  StackResource with(ResourceStatus newStatus, @Nullable String newReason, Instant now) {
    return new StackResource(
        logicalId,
        type,
        newStatus == ResourceStatus.DELETE_COMPLETE ? null : state,
        properties,
        dependencies,
        deletionPolicy,
        updateReplacePolicy,
        newStatus,
        newReason,
        now);
  }

  String physicalId() {
    return state == null ? "" : state.physicalId();
  }
}
