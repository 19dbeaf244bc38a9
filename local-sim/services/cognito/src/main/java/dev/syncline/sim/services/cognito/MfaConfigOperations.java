// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.cognito.pool.CognitoErrors;
import dev.syncline.sim.services.cognito.pool.UserPool;
import java.util.List;

/** The settings of multi-factor sign-in. Thread-safe. */
record MfaConfigOperations(CognitoParts parts) {
  private static final String SMS = "SmsMfaConfiguration";
  private static final String TOKEN = "SoftwareTokenMfaConfiguration";
  private static final String EMAIL = "EmailMfaConfiguration";
  private static final String WEB_AUTHN = "WebAuthnConfiguration";
  private static final String MFA = "MfaConfiguration";
  private static final String SMS_CONFIGURATION = "SmsConfiguration";
  private static final String SMS_MESSAGE = "SmsAuthenticationMessage";

  List<Operation> operations() {
    return List.of(
        Operation.of(
            "GetUserPoolMfaConfig: UserPoolId", (input, context) -> Output.of(shown(pool(input)))),
        Operation.of(
            """
            SetUserPoolMfaConfig: UserPoolId, SmsMfaConfiguration, SoftwareTokenMfaConfiguration,
              EmailMfaConfiguration, MfaConfiguration, WebAuthnConfiguration
            """,
            this::set));
  }

  private UserPool pool(Input input) {
    return parts.store().pool(input.requiredText("UserPoolId"));
  }

  private Output set(Input input, CallContext context) {
    UserPool pool = pool(input);
    String mfa = input.text(MFA).orElse("OFF");
    boolean token =
        input.structure(TOKEN).filter(config -> config.bool("Enabled", false)).isPresent();
    boolean factor = token || input.has(SMS) || input.has(EMAIL);
    if (mfa.equals("OFF") && factor) {
      throw CognitoErrors.invalidParameter(
          "Invalid MFA configuration given, can't turn off MFA and configure an MFA together.");
    }
    if (!mfa.equals("OFF") && !factor) {
      throw CognitoErrors.invalidParameter(
          "Invalid MFA configuration given, can't disable all MFAs with a required or optional"
              + " configuration.");
    }
    ObjectNode settings = pool.settings().deepCopy();
    settings.put(MFA, mfa);
    ObjectNode mfaSettings = Json.object();
    for (String member : List.of(TOKEN, EMAIL, WEB_AUTHN)) {
      input.node(member).ifPresent(value -> mfaSettings.set(member, value));
    }
    settings.set(UserPool.MFA_SETTINGS, mfaSettings);
    input
        .structure(SMS)
        .ifPresent(
            sms -> {
              sms.node(SMS_CONFIGURATION)
                  .ifPresent(value -> settings.set(SMS_CONFIGURATION, value));
              sms.text(SMS_MESSAGE).ifPresent(text -> settings.put(SMS_MESSAGE, text));
            });
    UserPool changed = pool.withSettings(settings, parts.clock().now());
    parts.store().put(changed);
    return Output.of(shown(changed));
  }

  private static ObjectNode shown(UserPool pool) {
    ObjectNode answer = Json.object();
    boolean on = !pool.mfa().equals("OFF");
    if (pool.settings().has(SMS_CONFIGURATION)) {
      ObjectNode sms = answer.putObject(SMS);
      for (String member : List.of(SMS_MESSAGE, SMS_CONFIGURATION)) {
        JsonNode value = pool.settings().get(member);
        if (value != null) {
          sms.set(member, value);
        }
      }
    }
    JsonNode kept = pool.settings().path(UserPool.MFA_SETTINGS);
    for (String member : List.of(TOKEN, EMAIL, WEB_AUTHN)) {
      if (kept.has(member) && (on || member.equals(WEB_AUTHN))) {
        answer.set(member, kept.get(member));
      }
    }
    return answer.put(MFA, pool.mfa());
  }
}
