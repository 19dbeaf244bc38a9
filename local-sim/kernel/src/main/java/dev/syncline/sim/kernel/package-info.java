// SPDX-License-Identifier: Apache-2.0
/** The ground of the simulator: clock, ids, journal. Knows no AWS service. */
@NullMarked
package dev.syncline.sim.kernel;

import org.jspecify.annotations.NullMarked;
