// SPDX-License-Identifier: Apache-2.0
/**
 * Fuzz tests. An ordinary build runs them on the inputs that are kept in the resources; with {@code
 * JAZZER_FUZZ=1} one of them searches for new ones (docs/adr/0007-fuzzing.md).
 */
@NullMarked
package dev.syncline.sim.asl.internal.fuzz;

import org.jspecify.annotations.NullMarked;
