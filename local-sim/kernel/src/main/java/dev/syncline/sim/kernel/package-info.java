// SPDX-License-Identifier: Apache-2.0
/** The base of the simulator: clock, ids, journal. Independent of every AWS service. */
@NullMarked
package dev.syncline.sim.kernel;

import org.jspecify.annotations.NullMarked;
