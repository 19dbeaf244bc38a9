// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.pool;

import dev.syncline.sim.service.Input;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Applies SetUserMFAPreference and AdminSetUserMFAPreference to a user's factors. Stateless. */
public final class FactorPreferences {
  /** The members of both operations. */
  public static final String MEMBERS = "SMSMfaSettings, SoftwareTokenMfaSettings, EmailMfaSettings";

  private static final String SMS = "SMS_MFA";
  private static final String TOKEN = "SOFTWARE_TOKEN_MFA";
  private static final String EMAIL = "EMAIL_OTP";

  private FactorPreferences() {}

  /**
   * The factors after the operation.
   *
   * @throws dev.syncline.sim.service.AwsException {@code InvalidParameterException} for a factor
   *     that the user has not set up
   */
  public static UserFactors apply(Input input, PoolUser user) {
    UserFactors before = user.factors();
    boolean sms = enabled(input, "SMSMfaSettings", before.smsEnabled());
    boolean token = enabled(input, "SoftwareTokenMfaSettings", before.totpEnabled());
    boolean email = enabled(input, "EmailMfaSettings", before.emailEnabled());
    require(!sms || user.attributes().containsKey("phone_number"), SMS);
    if (token && !before.totpVerified()) {
      throw CognitoErrors.invalidParameter("User has not verified software token mfa");
    }
    require(!email || user.attributes().containsKey("email"), EMAIL);
    return new UserFactors(
        before.totpSecret(),
        before.totpVerified(),
        token,
        sms,
        email,
        preferred(input, before, sms, token, email));
  }

  private static @Nullable String preferred(
      Input input, UserFactors before, boolean sms, boolean token, boolean email) {
    String preferred = before.preferred();
    int chosen = 0;
    for (String[] factor :
        new String[][] {
          {"SMSMfaSettings", SMS}, {"SoftwareTokenMfaSettings", TOKEN}, {"EmailMfaSettings", EMAIL}
        }) {
      Optional<Boolean> wish =
          input
              .structure(factor[0])
              .filter(settings -> settings.has("PreferredMfa"))
              .map(settings -> settings.bool("PreferredMfa", false));
      if (wish.isPresent() && wish.get()) {
        preferred = factor[1];
        chosen++;
      } else if (wish.isPresent() && factor[1].equals(preferred)) {
        preferred = null;
      }
    }
    if (chosen > 1) {
      throw CognitoErrors.invalidParameter("Only one MFA can be preferred.");
    }
    boolean on =
        (SMS.equals(preferred) && sms)
            || (TOKEN.equals(preferred) && token)
            || (EMAIL.equals(preferred) && email);
    if (chosen == 1 && !on) {
      throw CognitoErrors.invalidParameter(
          "PreferredMfa can not be true when the MFA is not enabled.");
    }
    return on ? preferred : null;
  }

  private static boolean enabled(Input input, String member, boolean otherwise) {
    return input
        .structure(member)
        .map(settings -> settings.bool("Enabled", false))
        .orElse(otherwise);
  }

  private static void require(boolean ready, String factor) {
    if (!ready) {
      throw CognitoErrors.invalidParameter(
          "User does not have delivery config set to turn on " + factor);
    }
  }
}
