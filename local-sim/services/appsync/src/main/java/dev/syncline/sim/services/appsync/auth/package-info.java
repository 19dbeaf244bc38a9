// SPDX-License-Identifier: Apache-2.0
/**
 * Verifying who a client of an Event API is: signatures, JSON web tokens, Lambda authorizers. What
 * an identity may then do is decided by the rules in {@code events}.
 */
@NullMarked
package dev.syncline.sim.services.appsync.auth;

import org.jspecify.annotations.NullMarked;
