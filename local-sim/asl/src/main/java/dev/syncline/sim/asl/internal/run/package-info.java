// SPDX-License-Identifier: Apache-2.0
/**
 * The interpreter. One {@link dev.syncline.sim.asl.internal.run.ExecutionRun} has branches, a
 * branch has a current state; every wait is an entry of the {@link
 * dev.syncline.sim.asl.internal.run.Scheduler}, never a thread.
 */
@NullMarked
package dev.syncline.sim.asl.internal.run;

import org.jspecify.annotations.NullMarked;
