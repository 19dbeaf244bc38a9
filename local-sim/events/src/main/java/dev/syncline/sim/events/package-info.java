// SPDX-License-Identifier: Apache-2.0
/**
 * AppSync Events as pure rules: channels, authorization, publishing, and the protocol of one
 * realtime connection. Input, configuration and the present time in; decisions, frames and effects
 * out. No I/O, no threads, no own clock.
 */
@NullMarked
package dev.syncline.sim.events;

import org.jspecify.annotations.NullMarked;
