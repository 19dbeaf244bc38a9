// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.syncline.sim.simulator.persistence;

import org.jspecify.annotations.NullMarked;
