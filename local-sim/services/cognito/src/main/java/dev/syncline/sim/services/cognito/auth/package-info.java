// SPDX-License-Identifier: Apache-2.0
/**
 * Sign-up, sign-in and what users do with their own accounts.
 *
 * <p>Sources: the API reference of Cognito user pools, model 2016-04-18, the developer guide on
 * authentication flows, and recorded answers.
 *
 * <p>Reading order: {@link dev.syncline.sim.services.cognito.auth.AuthParts} (how it is put
 * together), the operations by noun, {@code flow}, {@code state}, {@code crypto}.
 */
@NullMarked
package dev.syncline.sim.services.cognito.auth;

import org.jspecify.annotations.NullMarked;
