// SPDX-License-Identifier: Apache-2.0
/** Tests of what outlives the process. */
@NullMarked
package dev.syncline.sim.aws.state;

import org.jspecify.annotations.NullMarked;
