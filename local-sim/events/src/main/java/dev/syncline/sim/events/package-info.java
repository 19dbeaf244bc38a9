// SPDX-License-Identifier: Apache-2.0
/**
 * AppSync Events as pure rules: channels, authorization, publishing, and the protocol of one
 * realtime connection. The input is requests, configuration and the present time; the output is
 * decisions, frames and effects. No I/O, no threads, no clock.
 */
@NullMarked
package dev.syncline.sim.events;

import org.jspecify.annotations.NullMarked;
