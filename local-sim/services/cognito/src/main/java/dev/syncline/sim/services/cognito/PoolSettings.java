// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.services.cognito.pool.CognitoErrors;
import dev.syncline.sim.services.cognito.pool.SchemaAttributes;
import dev.syncline.sim.services.cognito.pool.UserPool;
import dev.syncline.sim.services.cognito.trigger.LambdaTriggers;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a pool from the input of CreateUserPool or UpdateUserPool, with AWS's defaults
 * for what was left out. Defaults as recorded. Stateless.
 */
final class PoolSettings {
  /** Fixed when the pool is created. */
  private static final List<String> FIXED =
      List.of(
          "UsernameAttributes",
          "AliasAttributes",
          "UsernameConfiguration",
          SchemaAttributes.MEMBER,
          UserPool.MFA_SETTINGS);

  private static final List<String> COPIED =
      List.of(
          "AutoVerifiedAttributes",
          "SmsAuthenticationMessage",
          "DeviceConfiguration",
          "SmsConfiguration",
          "UserPoolAddOns");

  private static final String POLICY = "PasswordPolicy";
  private static final String UNUSED_DAYS = "UnusedAccountValidityDays";
  private static final String TEMPORARY_DAYS = "TemporaryPasswordValidityDays";
  private static final int DEFAULT_DAYS = 7;

  private PoolSettings() {}

  /** The settings of a new pool. */
  static ObjectNode created(Input input) {
    requireSms(input, null);
    if (!input.list("AliasAttributes").isEmpty() && !input.list("UsernameAttributes").isEmpty()) {
      throw CognitoErrors.invalidParameter(
          "Only one of the aliasAttributes or usernameAttributes can be set in a user pool.");
    }
    ObjectNode settings = Json.object();
    for (String member :
        List.of("UsernameAttributes", "AliasAttributes", "UsernameConfiguration")) {
      input.node(member).ifPresent(value -> settings.set(member, value));
    }
    Map<String, ObjectNode> schema = SchemaAttributes.standard();
    SchemaAttributes.add(schema, input.list("Schema"), true);
    schema.values().forEach(settings.putArray(SchemaAttributes.MEMBER)::add);
    input
        .structure("UserPoolTags")
        .filter(tags -> !tags.json().isEmpty())
        .ifPresent(tags -> settings.set("UserPoolTags", tags.json()));
    return common(input, settings);
  }

  /** The settings after an update: what was left out returns to its default. */
  static ObjectNode updated(Input input, UserPool pool) {
    requireSms(input, pool);
    ObjectNode settings = Json.object();
    for (String member : FIXED) {
      if (pool.settings().has(member)) {
        settings.set(member, pool.settings().get(member));
      }
    }
    // Terraform and CloudFormation send the tags always; others keep them by leaving them out.
    JsonNode tags =
        input.node("UserPoolTags").orElseGet(() -> pool.settings().path("UserPoolTags"));
    if (!tags.isEmpty()) {
      settings.set("UserPoolTags", tags);
    }
    return common(input, settings);
  }

  private static ObjectNode common(Input input, ObjectNode settings) {
    settings.put("UserPoolTier", input.text("UserPoolTier").orElse("ESSENTIALS"));
    settings.put("DeletionProtection", input.text("DeletionProtection").orElse("INACTIVE"));
    settings.put("MfaConfiguration", input.text("MfaConfiguration").orElse("OFF"));
    for (String member : COPIED) {
      input.node(member).ifPresent(value -> settings.set(member, value));
    }
    settings.set("LambdaConfig", lambdas(input));
    policies(input, settings);
    settings.set("EmailConfiguration", email(input));
    settings.set(
        "UserAttributeUpdateSettings",
        input
            .node("UserAttributeUpdateSettings")
            .filter(given -> !given.isEmpty())
            .orElseGet(
                () -> {
                  ObjectNode none = Json.object();
                  none.putArray("AttributesRequireVerificationBeforeUpdate");
                  return none;
                }));
    settings.set(
        "AccountRecoverySetting",
        input.node("AccountRecoverySetting").orElseGet(PoolSettings::recovery));
    messages(input, settings);
    return settings;
  }

  /** Multi-factor sign-in needs a factor that the pool can ask for. */
  private static void requireSms(Input input, @Nullable UserPool before) {
    boolean on = !input.text("MfaConfiguration").orElse("OFF").equals("OFF");
    boolean other = before != null && before.hasOtherFactor();
    if (on && !other && !input.has("SmsConfiguration")) {
      throw CognitoErrors.invalidParameter(
          "SMS configuration and Auto verification for phone_number are required when MFA is"
              + " required/optional");
    }
  }

  private static ObjectNode lambdas(Input input) {
    ObjectNode config =
        input
            .structure("LambdaConfig")
            .map(given -> given.json().deepCopy())
            .orElseGet(Json::object);
    LambdaTriggers.requireSupported(config);
    String plain = config.path("PreTokenGeneration").asText("");
    String versioned = config.at("/PreTokenGenerationConfig/LambdaArn").asText("");
    if (!plain.isEmpty() && !versioned.isEmpty() && !plain.equals(versioned)) {
      throw CognitoErrors.invalidParameter(
          "The LambdaArn of PreTokenGenerationConfig must match PreTokenGeneration.");
    }
    if (!versioned.isEmpty()) {
      config.put("PreTokenGeneration", versioned);
    } else if (!plain.isEmpty()) {
      config
          .putObject("PreTokenGenerationConfig")
          .put("LambdaVersion", "V1_0")
          .put("LambdaArn", plain);
    }
    return config;
  }

  private static void policies(Input input, ObjectNode settings) {
    JsonNode given = input.node("Policies").orElseGet(Json::object);
    JsonNode config = input.node("AdminCreateUserConfig").orElseGet(Json::object);
    JsonNode givenPolicy = given.path(POLICY);
    if (config.has(UNUSED_DAYS) && givenPolicy.has(TEMPORARY_DAYS)) {
      throw CognitoErrors.invalidParameter(
          "Please use TemporaryPasswordValidityDays in PasswordPolicy instead of"
              + " UnusedAccountValidityDays");
    }
    int days = givenPolicy.path(TEMPORARY_DAYS).asInt(config.path(UNUSED_DAYS).asInt(DEFAULT_DAYS));
    ObjectNode policies = settings.putObject("Policies");
    boolean all = givenPolicy.isMissingNode() || givenPolicy.isEmpty();
    ObjectNode policy =
        policies
            .putObject(POLICY)
            .put("MinimumLength", givenPolicy.path("MinimumLength").asInt(8))
            .put("RequireUppercase", givenPolicy.path("RequireUppercase").asBoolean(all))
            .put("RequireLowercase", givenPolicy.path("RequireLowercase").asBoolean(all))
            .put("RequireNumbers", givenPolicy.path("RequireNumbers").asBoolean(all))
            .put("RequireSymbols", givenPolicy.path("RequireSymbols").asBoolean(all));
    if (givenPolicy.has("PasswordHistorySize")) {
      policy.put("PasswordHistorySize", givenPolicy.path("PasswordHistorySize").asInt());
    }
    policy.put(TEMPORARY_DAYS, days);
    JsonNode signIn = given.path("SignInPolicy");
    if (signIn.path("AllowedFirstAuthFactors").isEmpty()) {
      policies.putObject("SignInPolicy").putArray("AllowedFirstAuthFactors").add("PASSWORD");
    } else {
      policies.set("SignInPolicy", signIn);
    }
    ObjectNode admin =
        settings
            .putObject("AdminCreateUserConfig")
            .put("AllowAdminCreateUserOnly", config.path("AllowAdminCreateUserOnly").asBoolean())
            .put(UNUSED_DAYS, days);
    if (config.has("InviteMessageTemplate")) {
      admin.set("InviteMessageTemplate", config.get("InviteMessageTemplate"));
    }
  }

  private static ObjectNode email(Input input) {
    ObjectNode email = Json.object().put("EmailSendingAccount", "COGNITO_DEFAULT");
    input.structure("EmailConfiguration").ifPresent(given -> email.setAll(given.json()));
    return email;
  }

  private static ObjectNode recovery() {
    ObjectNode setting = Json.object();
    var mechanisms = setting.putArray("RecoveryMechanisms");
    mechanisms.addObject().put("Priority", 1).put("Name", "verified_email");
    mechanisms.addObject().put("Priority", 2).put("Name", "verified_phone_number");
    return setting;
  }

  /** The texts for verification are in two places, which show the same. */
  private static void messages(Input input, ObjectNode settings) {
    ObjectNode template = Json.object().put("DefaultEmailOption", "CONFIRM_WITH_CODE");
    input
        .structure("VerificationMessageTemplate")
        .ifPresent(given -> template.setAll(given.json()));
    mirror(input, "EmailVerificationMessage", template, "EmailMessage", settings);
    mirror(input, "EmailVerificationSubject", template, "EmailSubject", settings);
    mirror(input, "SmsVerificationMessage", template, "SmsMessage", settings);
    settings.set("VerificationMessageTemplate", template);
  }

  private static void mirror(
      Input input, String member, ObjectNode template, String inTemplate, ObjectNode settings) {
    String text = template.path(inTemplate).asText(input.text(member).orElse(""));
    if (!text.isEmpty()) {
      settings.put(member, text);
      template.put(inTemplate, text);
    }
  }
}
