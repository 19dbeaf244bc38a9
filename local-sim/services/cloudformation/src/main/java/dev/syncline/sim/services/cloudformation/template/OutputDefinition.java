// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * An output as the template has it.
 *
 * @param value not evaluated
 * @param exportName not evaluated, null when it is not exported
 * @param condition the condition under which it exists, null for always
 */
public record OutputDefinition(
    String name,
    JsonNode value,
    @Nullable String description,
    @Nullable JsonNode exportName,
    @Nullable String condition) {}
