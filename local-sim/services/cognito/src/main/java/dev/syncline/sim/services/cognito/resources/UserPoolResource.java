// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.resources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.NameSource;
import dev.syncline.sim.service.resource.ResourceException;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Struct;
import java.util.List;

/**
 * A user pool. {@code EnabledMfas} becomes a call of SetUserPoolMfaConfig; a new attribute of the
 * schema is added, and other changes of the schema are refused, as by AWS.
 */
public final class UserPoolResource extends CrudResource {
  private static final String SCHEMA = "Schema";
  private static final String MFA = "MfaConfiguration";
  private static final String FACTORS = "EnabledMfas";
  private static final String EMAIL_MESSAGE = "EmailAuthenticationMessage";
  private static final String EMAIL_SUBJECT = "EmailAuthenticationSubject";
  private static final String SMS_CONFIGURATION = "SmsConfiguration";
  private static final String SMS_MESSAGE = "SmsAuthenticationMessage";
  private static final String RELYING_PARTY = "WebAuthnRelyingPartyID";
  private static final String VERIFICATION = "WebAuthnUserVerification";
  private static final String TAGS = "UserPoolTags";
  private static final int MAX_NAME_LENGTH = 128;

  /** They cannot be changed, and AWS does not replace a pool for them. */
  private static final List<String> UNCHANGEABLE =
      List.of("AliasAttributes", "UsernameAttributes", "UsernameConfiguration");

  /** Properties that the operations do not have. */
  private static final List<String> FACTOR_PROPERTIES =
      List.of(FACTORS, EMAIL_MESSAGE, EMAIL_SUBJECT, RELYING_PARTY, VERIFICATION);

  private static final Struct PROPERTIES =
      Struct.of(
          """
          UserPoolName: text
          Policies: structure
            PasswordPolicy: structure
              MinimumLength: integer
              RequireUppercase: boolean
              RequireLowercase: boolean
              RequireNumbers: boolean
              RequireSymbols: boolean
              PasswordHistorySize: integer
              TemporaryPasswordValidityDays: integer
            SignInPolicy: structure
              AllowedFirstAuthFactors: list of text
          AccountRecoverySetting: structure
            RecoveryMechanisms: list of structure
              Priority: integer
              Name: text
          AdminCreateUserConfig: structure
            AllowAdminCreateUserOnly: boolean
            UnusedAccountValidityDays: integer
            InviteMessageTemplate: structure
              EmailMessage: text
              EmailSubject: text
              SMSMessage: text
          AliasAttributes: list of text
          UsernameAttributes: list of text
          AutoVerifiedAttributes: list of text
          DeletionProtection: text
          DeviceConfiguration: structure
            ChallengeRequiredOnNewDevice: boolean
            DeviceOnlyRememberedOnUserPrompt: boolean
          EmailConfiguration: structure
            SourceArn: text
            ReplyToEmailAddress: text
            EmailSendingAccount: text
            From: text
            ConfigurationSet: text
          EmailAuthenticationMessage: text
          EmailAuthenticationSubject: text
          EmailVerificationMessage: text
          EmailVerificationSubject: text
          EnabledMfas: list of text
          LambdaConfig: structure
            PreSignUp: text
            CustomMessage: text
            PostConfirmation: text
            PreAuthentication: text
            PostAuthentication: text
            DefineAuthChallenge: text
            CreateAuthChallenge: text
            VerifyAuthChallengeResponse: text
            PreTokenGeneration: text
            UserMigration: text
            KMSKeyID: text
            PreTokenGenerationConfig: structure
              LambdaVersion: text
              LambdaArn: text
            CustomSMSSender: structure
              LambdaVersion: text
              LambdaArn: text
            CustomEmailSender: structure
              LambdaVersion: text
              LambdaArn: text
          MfaConfiguration: text
          Schema: list of structure
            Name: text
            AttributeDataType: text
            DeveloperOnlyAttribute: boolean
            Mutable: boolean
            Required: boolean
            NumberAttributeConstraints: structure
              MinValue: text
              MaxValue: text
            StringAttributeConstraints: structure
              MinLength: text
              MaxLength: text
          SmsAuthenticationMessage: text
          SmsConfiguration: structure
            SnsCallerArn: text
            ExternalId: text
            SnsRegion: text
          SmsVerificationMessage: text
          UserAttributeUpdateSettings: structure
            AttributesRequireVerificationBeforeUpdate: list of text
          UsernameConfiguration: structure
            CaseSensitive: boolean
          UserPoolAddOns: structure
            AdvancedSecurityMode: text
            AdvancedSecurityAdditionalFlows: structure
              CustomAuthMode: text
          UserPoolTags: map of text
          UserPoolTier: text
          VerificationMessageTemplate: structure
            DefaultEmailOption: text
            EmailMessage: text
            EmailSubject: text
            EmailMessageByLink: text
            EmailSubjectByLink: text
            SmsMessage: text
          WebAuthnRelyingPartyID: text
          WebAuthnUserVerification: text
          """);

  /** The declaration of the type. */
  public UserPoolResource() {
    super(
        new CrudDeclaration("AWS::Cognito::UserPool", Cognito.SERVICE, PROPERTIES)
            .nameProperty("UserPoolName")
            .addressedBy(Cognito.POOL)
            .update(UserPoolResource::change)
            .delete("DeleteUserPool"));
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    String generated = names.name(MAX_NAME_LENGTH);
    ObjectNode input = properties.deepCopy();
    input.put("PoolName", properties.path("UserPoolName").asText(generated));
    input.remove("UserPoolName");
    input.remove(FACTOR_PROPERTIES);
    boolean factors = needsFactors(properties);
    if (factors) {
      input.remove(MFA);
    }
    JsonNode pool = call(calls, "CreateUserPool", input).path("UserPool");
    String id = pool.path("Id").asText();
    if (factors) {
      ServiceCalls.finish(
          () -> setFactors(calls, id, properties),
          () -> call(calls, "DeleteUserPool", calls.input().put(Cognito.POOL, id)));
    }
    String provider = "cognito-idp." + calls.region() + ".amazonaws.com/" + id;
    return ResourceState.of(
        id,
        "Arn",
        pool.path("Arn").asText(),
        "ProviderName",
        provider,
        "ProviderURL",
        "https://" + provider,
        Cognito.POOL,
        id);
  }

  /** Whether SetUserPoolMfaConfig has something to set. */
  private static boolean needsFactors(ObjectNode properties) {
    boolean on = !properties.path(MFA).asText("OFF").equals("OFF");
    return (on && !properties.path(FACTORS).isEmpty())
        || properties.has(RELYING_PARTY)
        || properties.has(VERIFICATION);
  }

  private static void setFactors(ServiceCalls calls, String id, ObjectNode properties) {
    String mfa = properties.path(MFA).asText("OFF");
    ObjectNode input = calls.input().put(Cognito.POOL, id).put(MFA, mfa);
    for (JsonNode factor : properties.path(FACTORS)) {
      if (mfa.equals("OFF")) {
        break;
      }
      switch (factor.asText()) {
        case "SOFTWARE_TOKEN_MFA" ->
            input.putObject("SoftwareTokenMfaConfiguration").put("Enabled", true);
        case "SMS_MFA" ->
            copy(
                properties,
                input.putObject("SmsMfaConfiguration"),
                SMS_CONFIGURATION,
                SMS_CONFIGURATION,
                SMS_MESSAGE,
                SMS_MESSAGE);
        case "EMAIL_OTP" ->
            copy(
                properties,
                input.putObject("EmailMfaConfiguration"),
                EMAIL_MESSAGE,
                "Message",
                EMAIL_SUBJECT,
                "Subject");
        default -> throw new ResourceException("EnabledMfas cannot have " + factor.asText());
      }
    }
    if (properties.has(RELYING_PARTY) || properties.has(VERIFICATION)) {
      copy(
          properties,
          input.putObject("WebAuthnConfiguration"),
          RELYING_PARTY,
          "RelyingPartyId",
          VERIFICATION,
          "UserVerification");
    }
    calls.call(Cognito.SERVICE, "SetUserPoolMfaConfig", input);
  }

  private static void copy(ObjectNode from, ObjectNode to, String... names) {
    for (int i = 0; i < names.length; i += 2) {
      if (from.has(names[i])) {
        to.set(names[i + 1], from.get(names[i]));
      }
    }
  }

  private static void change(Change change) {
    ObjectNode after = change.after();
    requireUnchanged(change);
    addAttributes(change);
    String id = change.current().physicalId();
    if (change.of(
        FACTORS,
        MFA,
        EMAIL_MESSAGE,
        EMAIL_SUBJECT,
        SMS_CONFIGURATION,
        SMS_MESSAGE,
        RELYING_PARTY,
        VERIFICATION)) {
      boolean off = after.path(MFA).asText("OFF").equals("OFF");
      if (needsFactors(after) || off) {
        setFactors(change.calls(), id, after);
      }
    }
    ObjectNode input = after.deepCopy();
    input.remove(FACTOR_PROPERTIES);
    input.remove(UNCHANGEABLE);
    input.remove(List.of(SCHEMA, "UserPoolName"));
    copy(after, input, "UserPoolName", "PoolName");
    if (!input.has(TAGS)) {
      input.putObject(TAGS);
    }
    change.calls().call(Cognito.SERVICE, "UpdateUserPool", input.put(Cognito.POOL, id));
  }

  /** Compares with the pool itself: after a refused change, the stack returns to what it has. */
  private static void requireUnchanged(Change change) {
    if (!change.of(UNCHANGEABLE.toArray(String[]::new))) {
      return;
    }
    JsonNode pool =
        change.calls().call(Cognito.SERVICE, "DescribeUserPool", change.target()).path("UserPool");
    for (String property : UNCHANGEABLE) {
      if (!change.after().path(property).equals(pool.path(property))) {
        throw new ResourceException("Updates are not allowed for property - " + property + ".");
      }
    }
  }

  private static void addAttributes(Change change) {
    if (!change.of(SCHEMA)) {
      return;
    }
    ArrayNode added = JsonNodeFactory.instance.arrayNode();
    JsonNode before = change.before().path(SCHEMA);
    JsonNode after = change.after().path(SCHEMA);
    after.forEach(
        attribute -> {
          if (!contains(before, attribute)) {
            added.add(attribute);
          }
        });
    for (JsonNode attribute : before) {
      if (!contains(after, attribute)) {
        throw new ResourceException("Existing schema attributes cannot be modified or deleted.");
      }
    }
    change
        .calls()
        .call(
            Cognito.SERVICE, "AddCustomAttributes", change.target().set("CustomAttributes", added));
  }

  private static boolean contains(JsonNode list, JsonNode wanted) {
    for (JsonNode item : list) {
      if (item.equals(wanted)) {
        return true;
      }
    }
    return false;
  }
}
