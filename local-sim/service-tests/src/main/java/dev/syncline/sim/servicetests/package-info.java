// SPDX-License-Identifier: Apache-2.0
/** What every room must hold, as one test class that each room's tests extend. For tests only. */
@NullMarked
package dev.syncline.sim.servicetests;

import org.jspecify.annotations.NullMarked;
