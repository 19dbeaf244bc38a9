// SPDX-License-Identifier: Apache-2.0
/** Rules for every room, as one test class that each room's tests extend. For tests only. */
@NullMarked
package dev.syncline.sim.servicetests;

import org.jspecify.annotations.NullMarked;
