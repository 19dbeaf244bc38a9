// SPDX-License-Identifier: Apache-2.0
/** TODO-PACKAGE dev.syncline.sim.simulator.persistence. */
@NullMarked
package dev.syncline.sim.simulator.persistence;

import org.jspecify.annotations.NullMarked;
