// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.cognito.auth.flow.AuthTools;
import dev.syncline.sim.services.cognito.auth.flow.SetupFlow;
import dev.syncline.sim.services.cognito.pool.CognitoErrors;
import dev.syncline.sim.services.cognito.pool.PoolUser;
import dev.syncline.sim.services.cognito.pool.TokenService.Bearer;
import dev.syncline.sim.services.cognito.pool.UserFactors;
import dev.syncline.sim.services.cognito.pool.UserPool;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The operations on users' further factors. Thread-safe. */
record FactorOperations(AuthTools tools, SetupFlow setup) {
  List<Operation> operations() {
    return List.of(
        Operation.of("AssociateSoftwareToken: AccessToken, Session", this::associate),
        Operation.of(
            "VerifySoftwareToken: AccessToken, Session, UserCode, FriendlyDeviceName",
            this::verify),
        Operation.of(
            """
            SetUserMFAPreference: SMSMfaSettings, SoftwareTokenMfaSettings, EmailMfaSettings,
              AccessToken
            """,
            this::prefer),
        Operation.of("SetUserSettings: AccessToken, MFAOptions", this::setSettings));
  }

  private Output associate(Input input, CallContext context) {
    Optional<String> session = sessionAlone(input);
    if (session.isPresent()) {
      return Output.of(setup.associate(session.get()));
    }
    Bearer bearer = AuthInputs.bearer(tools.tokens(), input);
    return Output.of(setup.associate(bearer.pool(), bearer.user()));
  }

  private static Optional<String> sessionAlone(Input input) {
    return input.has("AccessToken") ? Optional.empty() : input.text("Session");
  }

  private Output verify(Input input, CallContext context) {
    String code = input.requiredText("UserCode");
    Optional<String> session = sessionAlone(input);
    if (session.isPresent()) {
      return Output.of(setup.verify(session.get(), code));
    }
    Bearer bearer = AuthInputs.bearer(tools.tokens(), input);
    ObjectNode answer = setup.verify(bearer.pool(), bearer.user(), code);
    return Output.of(answer);
  }

  private Output prefer(Input input, CallContext context) {
    Bearer bearer = AuthInputs.bearer(tools.tokens(), input);
    setPreference(bearer.pool(), bearer.user(), input);
    return Output.empty();
  }

  /** One factor's settings, with what the user has now for members that are left out. */
  private record Setting(boolean enabled, boolean preferred) {
    static Setting read(Input input, String member, boolean enabled, boolean preferred) {
      Optional<Input> given = input.structure(member);
      if (given.isEmpty()) {
        return new Setting(enabled, preferred);
      }
      Input settings = given.get().only("Enabled", "PreferredMfa");
      boolean on = settings.bool("Enabled", false);
      boolean first = settings.bool("PreferredMfa", false);
      // Asking for a factor first turns it on.
      return new Setting(on || first, first);
    }
  }

  /** Sets which factors are asked for. */
  void setPreference(UserPool pool, PoolUser user, Input input) {
    UserFactors own = user.factors();
    String now = own.preferred() == null ? "" : own.preferred();
    Setting sms = Setting.read(input, "SMSMfaSettings", own.smsEnabled(), now.equals("SMS_MFA"));
    Setting token =
        Setting.read(
            input, "SoftwareTokenMfaSettings", own.totpEnabled(), now.equals("SOFTWARE_TOKEN_MFA"));
    Setting email =
        Setting.read(input, "EmailMfaSettings", own.emailEnabled(), now.equals("EMAIL_OTP"));
    if (input.has("SMSMfaSettings")) {
      requireAddress(user, sms, "phone_number", "SMS_MFA");
    }
    if (input.has("EmailMfaSettings")) {
      requireAddress(user, email, "email", "EMAIL_OTP");
    }
    if (token.enabled && !own.totpVerified()) {
      throw CognitoErrors.invalidParameter("User has not verified software token mfa");
    }
    String preferred = preferred(input, sms, token, email);
    var factors =
        new UserFactors(
            own.totpSecret(),
            own.totpVerified(),
            token.enabled,
            sms.enabled,
            email.enabled,
            preferred);
    tools
        .store()
        .update(
            pool.id(), user.username(), found -> found.withFactors(factors, tools.clock().now()));
  }

  private static void requireAddress(
      PoolUser user, Setting setting, String attribute, String factor) {
    if (setting.enabled && !user.attributes().containsKey(attribute)) {
      throw CognitoErrors.invalidParameter(
          "User does not have delivery config set to turn on " + factor);
    }
  }

  /** A factor that this call prefers replaces the one before. */
  private static @Nullable String preferred(
      Input input, Setting sms, Setting token, Setting email) {
    String chosen = null;
    int given = 0;
    for (String member :
        List.of("SMSMfaSettings", "SoftwareTokenMfaSettings", "EmailMfaSettings")) {
      if (input.structure(member).filter(one -> one.bool("PreferredMfa", false)).isPresent()) {
        given++;
        chosen = name(member);
      }
    }
    if (given > 1) {
      throw CognitoErrors.invalidParameter("Only one MFA can be preferred.");
    }
    if (chosen != null) {
      return chosen;
    }
    return token.preferred && token.enabled
        ? "SOFTWARE_TOKEN_MFA"
        : sms.preferred && sms.enabled
            ? "SMS_MFA"
            : email.preferred && email.enabled ? "EMAIL_OTP" : null;
  }

  private static String name(String member) {
    return switch (member) {
      case "SMSMfaSettings" -> "SMS_MFA";
      case "SoftwareTokenMfaSettings" -> "SOFTWARE_TOKEN_MFA";
      default -> "EMAIL_OTP";
    };
  }

  /** The operation from before SetUserMFAPreference: it knows SMS only. */
  private Output setSettings(Input input, CallContext context) {
    Bearer bearer = AuthInputs.bearer(tools.tokens(), input);
    boolean sms = false;
    for (Input option : input.structures("MFAOptions")) {
      option.only("DeliveryMedium", "AttributeName");
      sms |= option.text("DeliveryMedium").orElse("SMS").equals("SMS");
    }
    requireAddress(bearer.user(), new Setting(sms, false), "phone_number", "SMS_MFA");
    boolean enabled = sms;
    tools
        .store()
        .update(
            bearer.pool().id(),
            bearer.user().username(),
            found -> {
              UserFactors own = found.factors();
              return found.withFactors(
                  new UserFactors(
                      own.totpSecret(),
                      own.totpVerified(),
                      own.totpEnabled(),
                      enabled,
                      own.emailEnabled(),
                      own.preferred()),
                  tools.clock().now());
            });
    return Output.empty();
  }
}
