// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation.template;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A resource as the template has it.
 *
 * @param properties not evaluated; not to be changed
 * @param dependsOn the logical ids of {@code DependsOn}
 * @param condition the condition under which it exists, null for always
 */
public record ResourceDefinition(
    String logicalId,
    String type,
    ObjectNode properties,
    List<String> dependsOn,
    @Nullable String condition,
    DeletionPolicy deletionPolicy,
    DeletionPolicy updateReplacePolicy) {}
