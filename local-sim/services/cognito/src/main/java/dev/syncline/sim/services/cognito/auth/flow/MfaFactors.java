// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth.flow;

import dev.syncline.sim.services.cognito.pool.PoolUser;
import dev.syncline.sim.services.cognito.pool.UserFactors;
import dev.syncline.sim.services.cognito.pool.UserPool;
import java.util.ArrayList;
import java.util.List;

/** Which further factors a pool offers and a user has. Stateless. */
public final class MfaFactors {
  private MfaFactors() {}

  /** The attribute that the codes of a factor are sent to. */
  static String attribute(String factor) {
    return factor.equals("EMAIL_OTP") ? "email" : "phone_number";
  }

  /** The factors that a user can set up during a sign-in. */
  static List<String> canSetUp(UserPool pool) {
    var factors = new ArrayList<String>();
    if (pool.smsMfa()) {
      factors.add("SMS_MFA");
    }
    if (pool.softwareTokenMfa()) {
      factors.add("SOFTWARE_TOKEN_MFA");
    }
    if (pool.emailMfa()) {
      factors.add("EMAIL_OTP");
    }
    return factors;
  }

  /** The factors that a user has turned on. */
  public static List<String> enabled(PoolUser user) {
    UserFactors own = user.factors();
    var factors = new ArrayList<String>();
    if (own.smsEnabled()) {
      factors.add("SMS_MFA");
    }
    if (own.totpEnabled() && own.totpVerified()) {
      factors.add("SOFTWARE_TOKEN_MFA");
    }
    if (own.emailEnabled()) {
      factors.add("EMAIL_OTP");
    }
    return factors;
  }

  /** The factors that a sign-in may ask for; a pool that requires one takes what the user has. */
  static List<String> asked(UserPool pool, PoolUser user) {
    if (pool.mfa().equals("OFF")) {
      return List.of();
    }
    List<String> enabled = enabled(user);
    if (!enabled.isEmpty() || !pool.mfa().equals("ON")) {
      return enabled;
    }
    if (user.factors().totpVerified()) {
      return List.of("SOFTWARE_TOKEN_MFA");
    }
    if (pool.smsMfa() && user.attributes().containsKey("phone_number")) {
      return List.of("SMS_MFA");
    }
    if (pool.emailMfa() && "true".equals(user.attributes().get("email_verified"))) {
      return List.of("EMAIL_OTP");
    }
    return List.of();
  }
}
