// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Pages;
import dev.syncline.sim.services.cognito.pool.CognitoErrors;
import dev.syncline.sim.services.cognito.pool.PoolItems;
import dev.syncline.sim.services.cognito.pool.SchemaAttributes;
import dev.syncline.sim.services.cognito.pool.UserPool;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The operations on pools as a whole. Thread-safe. */
record UserPoolOperations(CognitoParts parts) {
  private static final int MAX_POOLS = 1000;

  private static final String COMMON =
      """
      Policies, DeletionProtection, LambdaConfig, AutoVerifiedAttributes, SmsVerificationMessage,
        EmailVerificationMessage, EmailVerificationSubject, VerificationMessageTemplate,
        SmsAuthenticationMessage, MfaConfiguration, UserAttributeUpdateSettings,
        DeviceConfiguration, EmailConfiguration, SmsConfiguration, UserPoolTags,
        AdminCreateUserConfig, UserPoolAddOns, AccountRecoverySetting, UserPoolTier, PoolName
      """;

  List<Operation> operations() {
    return List.of(
        Operation.of(
            "CreateUserPool: AliasAttributes, UsernameAttributes, Schema, UsernameConfiguration, "
                + COMMON,
            this::create),
        Operation.of("DescribeUserPool: UserPoolId", this::describe),
        Operation.of("UpdateUserPool: UserPoolId, " + COMMON, this::update),
        Operation.of("DeleteUserPool: UserPoolId", this::delete),
        Operation.of("ListUserPools: NextToken, MaxResults", this::list),
        Operation.of("AddCustomAttributes: UserPoolId, CustomAttributes", this::addAttributes));
  }

  private Output create(Input input, CallContext context) {
    ObjectNode settings = PoolSettings.created(input);
    if (parts.store().pools().size() >= MAX_POOLS) {
      throw CognitoErrors.limitExceeded("Account has too many user pools, the limit is 1000.");
    }
    String id = parts.region() + "_" + parts.names().poolId();
    Instant now = parts.clock().now();
    var pool =
        new UserPool(
            id, parts.arn("userpool/" + id), input.requiredText("PoolName"), now, now, settings);
    parts.store().put(pool);
    ObjectNode answer = shown(pool, 0);
    answer.set(SchemaAttributes.MEMBER, settings.get(SchemaAttributes.MEMBER));
    return Output.of(Json.object().set("UserPool", answer));
  }

  /** The members that create and describe share, without the schema. */
  private static ObjectNode shown(UserPool pool, int users) {
    ObjectNode json = Json.object().put("Id", pool.id()).put("Name", pool.name());
    json.setAll(pool.settings());
    json.remove(UserPool.MFA_SETTINGS);
    json.remove(SchemaAttributes.MEMBER);
    json.set("LastModifiedDate", Json.epochSeconds(pool.modified()));
    json.set("CreationDate", Json.epochSeconds(pool.created()));
    json.put("EstimatedNumberOfUsers", users).put("Arn", pool.arn());
    json.putObject("IssuerConfiguration").put("Type", "ORIGINAL");
    json.putObject("KeyConfiguration").put("KeyType", "AWS_OWNED_KEY");
    return json;
  }

  private Output describe(Input input, CallContext context) {
    UserPool pool = pool(input);
    ObjectNode json = shown(pool, parts.store().userCount(pool.id()));
    json.set(SchemaAttributes.MEMBER, SchemaAttributes.described(pool));
    if (!json.has("UserPoolTags")) {
      json.putObject("UserPoolTags");
    }
    for (ObjectNode domain : parts.items().list(pool.id(), PoolItems.Kind.DOMAIN)) {
      json.put(
          domain.path("CustomDomainConfig").isEmpty() ? "Domain" : "CustomDomain",
          domain.path("Domain").asText());
    }
    return Output.of(Json.object().set("UserPool", json));
  }

  private Output update(Input input, CallContext context) {
    UserPool pool = pool(input);
    parts
        .store()
        .put(
            new UserPool(
                pool.id(),
                pool.arn(),
                input.text("PoolName").orElse(pool.name()),
                pool.created(),
                parts.clock().now(),
                PoolSettings.updated(input, pool)));
    return Output.empty();
  }

  private Output delete(Input input, CallContext context) {
    UserPool pool = pool(input);
    if (pool.setting("/DeletionProtection").asText().equals("ACTIVE")) {
      throw CognitoErrors.invalidParameter(
          "The user pool cannot be deleted because deletion protection is activated. Deletion"
              + " protection must be inactivated first.");
    }
    if (!parts.items().list(pool.id(), PoolItems.Kind.DOMAIN).isEmpty()) {
      throw CognitoErrors.invalidParameter(
          "User pool cannot be deleted. It has a domain configured that should be deleted first.");
    }
    parts.store().removePool(pool.id());
    parts.items().removePool(pool.id());
    parts.tokens().forget(pool.id());
    parts.codes().forget(pool.id(), null);
    return Output.empty();
  }

  private Output list(Input input, CallContext context) {
    Pages.Page<UserPool> page =
        CognitoPages.of(input, parts.store().pools(), "MaxResults", "NextToken");
    return Output.of(
        page.addTo(Json.object(), "UserPools", UserPoolOperations::listed, "NextToken"));
  }

  private static ObjectNode listed(UserPool pool) {
    ObjectNode json = Json.object().put("Id", pool.id()).put("Name", pool.name());
    json.set("LambdaConfig", pool.setting("/LambdaConfig"));
    json.set("LastModifiedDate", Json.epochSeconds(pool.modified()));
    json.set("CreationDate", Json.epochSeconds(pool.created()));
    return json;
  }

  private Output addAttributes(Input input, CallContext context) {
    UserPool pool = pool(input);
    Map<String, ObjectNode> schema = SchemaAttributes.of(pool);
    SchemaAttributes.add(schema, input.list("CustomAttributes"), false);
    ObjectNode settings = pool.settings().deepCopy();
    schema.values().forEach(settings.putArray(SchemaAttributes.MEMBER)::add);
    parts.store().put(pool.withSettings(settings, parts.clock().now()));
    return Output.empty();
  }

  private UserPool pool(Input input) {
    return parts.store().pool(input.requiredText("UserPoolId"));
  }
}
