// SPDX-License-Identifier: Apache-2.0
/**
 * Mapping templates of AppSync: {@code $ctx}, {@code $util} and {@code $extensions} on the engine
 * of {@code local-sim/vtl}. Read {@link dev.syncline.sim.graphql.templates.ResolverTemplates}
 * first.
 */
@NullMarked
package dev.syncline.sim.graphql.templates;

import org.jspecify.annotations.NullMarked;
