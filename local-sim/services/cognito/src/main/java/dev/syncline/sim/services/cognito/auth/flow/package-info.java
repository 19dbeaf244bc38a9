// SPDX-License-Identifier: Apache-2.0
/**
 * The flows of sign-in: which checks run in which order, the challenges, and the triggers around
 * them.
 *
 * <p>Reading order: {@link dev.syncline.sim.services.cognito.auth.flow.AuthCall}, {@link
 * dev.syncline.sim.services.cognito.auth.flow.AuthTools}, the flows (each name ends with {@code
 * Flow}), {@link dev.syncline.sim.services.cognito.auth.flow.SignInSteps} (what follows the first
 * factor).
 */
@NullMarked
package dev.syncline.sim.services.cognito.auth.flow;

import org.jspecify.annotations.NullMarked;
