// SPDX-License-Identifier: Apache-2.0
/**
 * Lambda execution environments: when they start, what they are given, how they end. Knows no AWS
 * API; the {@code lambda} service of the simulator is written on top of it.
 */
@NullMarked
package dev.syncline.sim.lambda;

import org.jspecify.annotations.NullMarked;
