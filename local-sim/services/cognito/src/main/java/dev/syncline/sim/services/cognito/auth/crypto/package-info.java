// SPDX-License-Identifier: Apache-2.0
/**
 * The arithmetic of sign-in: SRP, one-time codes by time, sealed texts. Pure functions.
 *
 * <p>Sources: RFC 2945 and RFC 5054 for SRP with the changes that AWS's own clients make, RFC 6238
 * for codes by time.
 */
@NullMarked
package dev.syncline.sim.services.cognito.auth.crypto;

import org.jspecify.annotations.NullMarked;
