// SPDX-License-Identifier: Apache-2.0
/** Tests of the engine through its public face. */
@NullMarked
package dev.syncline.sim.asl;

import org.jspecify.annotations.NullMarked;
