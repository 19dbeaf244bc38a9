// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.model;

import dev.syncline.sim.asl.internal.expr.ChoiceRule;
import dev.syncline.sim.asl.internal.expr.PayloadTemplate;
import org.jspecify.annotations.Nullable;

/**
 * One element of Choices.
 *
 * @param rule when it holds
 * @param next where it leads
 * @param output its Output (JSONata)
 * @param assign variables it sets
 */
public record ChoiceOption(
    ChoiceRule rule,
    String next,
    @Nullable PayloadTemplate output,
    @Nullable PayloadTemplate assign) {}
