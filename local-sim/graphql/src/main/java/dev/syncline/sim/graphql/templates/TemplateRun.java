// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.templates;

import dev.syncline.sim.graphql.resolver.ResolverContext;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.MatchBudget;
import dev.syncline.sim.kernel.SimClock;

/**
 * What the functions of one rendering work with.
 *
 * @param randoms takes ids and random numbers
 * @param matching the steps of all its regular expressions
 */
record TemplateRun(ResolverContext context, SimClock clock, Ids randoms, MatchBudget matching) {}
