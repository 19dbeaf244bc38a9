// SPDX-License-Identifier: Apache-2.0
/** From definition text to model, with AWS's diagnostics on the way. */
@NullMarked
package dev.syncline.sim.asl.internal.parse;

import org.jspecify.annotations.NullMarked;
