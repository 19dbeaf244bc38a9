// SPDX-License-Identifier: Apache-2.0
/** The state machine as parsed: immutable records, one per state type. */
@NullMarked
package dev.syncline.sim.asl.internal.model;

import org.jspecify.annotations.NullMarked;
