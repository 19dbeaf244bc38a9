// SPDX-License-Identifier: Apache-2.0
/** Keeps the services' state in a directory. */
@NullMarked
package dev.syncline.sim.simulator.persistence;

import org.jspecify.annotations.NullMarked;
