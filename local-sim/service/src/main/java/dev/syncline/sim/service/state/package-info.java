// SPDX-License-Identifier: Apache-2.0
/** What outlives the simulator's process: the form in which it is saved, and where. */
@NullMarked
package dev.syncline.sim.service.state;

import org.jspecify.annotations.NullMarked;
