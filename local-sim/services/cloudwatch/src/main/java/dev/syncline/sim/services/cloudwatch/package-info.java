// SPDX-License-Identifier: Apache-2.0
/** Amazon CloudWatch: metrics in memory, and alarms that are evaluated on the simulator's clock. */
@NullMarked
package dev.syncline.sim.services.cloudwatch;

import org.jspecify.annotations.NullMarked;
