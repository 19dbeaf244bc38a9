// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.graphql.FieldResolver;
import dev.syncline.sim.graphql.FieldSelection;
import org.jspecify.annotations.Nullable;

/**
 * A planned field in one execution.
 *
 * @param isAllowed whether the caller may see it
 * @param resolver null for a property of the parent
 * @param arguments the coerced arguments of a field with a resolver; to be copied for each call
 */
record RunField(
    PlannedField field,
    boolean isAllowed,
    @Nullable FieldResolver resolver,
    ObjectNode arguments,
    FieldSelection selection) {}
