// SPDX-License-Identifier: Apache-2.0
/** The engine against recorded AWS behaviour. */
@NullMarked
package dev.syncline.sim.asl.corpus;

import org.jspecify.annotations.NullMarked;
