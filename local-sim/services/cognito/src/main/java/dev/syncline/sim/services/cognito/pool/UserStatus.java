// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.pool;

/** The status of a user, as AWS spells it. */
public enum UserStatus {
  /** Signed up, and not confirmed. */
  UNCONFIRMED,
  /** May sign in. */
  CONFIRMED,
  /** Must choose a password at the next sign-in. */
  FORCE_CHANGE_PASSWORD,
  /** Must reset the password before the next sign-in. */
  RESET_REQUIRED,
  /** Signs in with another identity provider. */
  EXTERNAL_PROVIDER
}
