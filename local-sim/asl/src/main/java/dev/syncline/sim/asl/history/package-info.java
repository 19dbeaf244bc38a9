// SPDX-License-Identifier: Apache-2.0
/** What happened in an execution, as GetExecutionHistory tells it. */
@NullMarked
package dev.syncline.sim.asl.history;

import org.jspecify.annotations.NullMarked;
