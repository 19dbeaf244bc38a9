// SPDX-License-Identifier: Apache-2.0
/** Answers recorded from AWS, asked again over the wire. */
@NullMarked
package dev.syncline.sim.services.stepfunctions.recorded;

import org.jspecify.annotations.NullMarked;
