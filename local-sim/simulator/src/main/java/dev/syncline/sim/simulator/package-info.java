// SPDX-License-Identifier: Apache-2.0
/** The simulator: its services behind one port. */
@NullMarked
package dev.syncline.sim.simulator;

import org.jspecify.annotations.NullMarked;
