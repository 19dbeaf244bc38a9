// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.pool;

import org.jspecify.annotations.Nullable;

/**
 * A user's further factors. Immutable.
 *
 * @param totpSecret base32; null before a software token is associated
 * @param totpVerified whether the software token was confirmed with a code
 * @param totpEnabled whether the software token is asked for at sign-in
 * @param smsEnabled whether a code by SMS is asked for at sign-in
 * @param emailEnabled whether a code by e-mail is asked for at sign-in
 * @param preferred {@code SOFTWARE_TOKEN_MFA}, {@code SMS_MFA} or {@code EMAIL_OTP}; null for none
 */
public record UserFactors(
    @Nullable String totpSecret,
    boolean totpVerified,
    boolean totpEnabled,
    boolean smsEnabled,
    boolean emailEnabled,
    @Nullable String preferred) {
  /** No factor beside the password. */
  public static final UserFactors NONE = new UserFactors(null, false, false, false, false, null);

  @Override
  public String toString() {
    return "UserFactors[preferred=" + preferred + "]";
  }
}
