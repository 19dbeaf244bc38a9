// SPDX-License-Identifier: Apache-2.0
/**
 * Verifies the credentials of Event API clients: signatures, JSON web tokens, Lambda authorizers.
 * The rules in {@code events} decide what an identity may do.
 */
@NullMarked
package dev.syncline.sim.services.appsync.auth;

import org.jspecify.annotations.NullMarked;
