// SPDX-License-Identifier: Apache-2.0
/**
 * What sign-in remembers between calls: codes, sessions of challenges, failed attempts, devices.
 * Every store is bounded.
 */
@NullMarked
package dev.syncline.sim.services.cognito.auth.state;

import org.jspecify.annotations.NullMarked;
