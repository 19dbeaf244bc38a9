// SPDX-License-Identifier: Apache-2.0
/** Tests of what outlives the process. */
@NullMarked
package dev.syncline.sim.service.state;

import org.jspecify.annotations.NullMarked;

