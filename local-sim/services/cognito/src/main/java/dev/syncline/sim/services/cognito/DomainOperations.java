// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.cognito.pool.CognitoErrors;
import dev.syncline.sim.services.cognito.pool.PoolItems;
import dev.syncline.sim.services.cognito.pool.UserPool;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The operations on the OAuth domains of pools. Thread-safe. */
record DomainOperations(CognitoParts parts) {
  private static final String MEMBERS =
      ": Domain, UserPoolId, ManagedLoginVersion, CustomDomainConfig";
  private static final String CUSTOM = "CustomDomainConfig";
  private static final String MANAGED = "ManagedLoginVersion";
  private static final List<String> RESERVED = List.of("aws", "amazon", "cognito");
  private static final DateTimeFormatter VERSION =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  List<Operation> operations() {
    return List.of(
        Operation.of("CreateUserPoolDomain" + MEMBERS, this::create),
        Operation.of("DescribeUserPoolDomain: Domain", this::describe),
        Operation.of("UpdateUserPoolDomain" + MEMBERS, this::update),
        Operation.of("DeleteUserPoolDomain: Domain, UserPoolId", this::delete));
  }

  private Output create(Input input, CallContext context) {
    UserPool pool = parts.store().pool(input.requiredText("UserPoolId"));
    String name = input.requiredText("Domain");
    boolean custom = isCustom(input);
    if (!custom) {
      requirePrefix(name);
    }
    if (parts.items().domain(name).isPresent()) {
      throw CognitoErrors.invalidParameter("Domain already associated with another user pool.");
    }
    boolean second =
        parts.items().list(pool.id(), PoolItems.Kind.DOMAIN).stream()
            .anyMatch(domain -> domain.path(CUSTOM).isEmpty() != custom);
    if (second) {
      throw CognitoErrors.invalidParameter("User pool already has a domain configured.");
    }
    ObjectNode domain =
        Json.object()
            .put("UserPoolId", pool.id())
            .put("AWSAccountId", parts.account())
            .put("Domain", name)
            .put("S3Bucket", "aws-cognito-prod-" + pool.region() + "-assets")
            .put("CloudFrontDistribution", parts.names().distribution() + ".cloudfront.net")
            .put("Version", VERSION.format(parts.clock().now()))
            .put("Status", "ACTIVE")
            .set(CUSTOM, input.node(CUSTOM).orElseGet(Json::object));
    domain.put(MANAGED, input.integer(MANAGED).orElse(1));
    parts.items().put(pool.id(), PoolItems.Kind.DOMAIN, name, domain);
    return Output.of(answer(input, domain));
  }

  private static boolean isCustom(Input input) {
    return input.structure(CUSTOM).filter(config -> !config.json().isEmpty()).isPresent();
  }

  private static void requirePrefix(String name) {
    if (name.contains(".")) {
      throw CognitoErrors.invalidParameter("Custom domain config is required for a custom domain.");
    }
    for (String word : RESERVED) {
      if (name.contains(word)) {
        throw CognitoErrors.invalidParameter("Domain cannot contain reserved word: " + word);
      }
    }
  }

  private static ObjectNode answer(Input input, ObjectNode domain) {
    ObjectNode answer = Json.object();
    if (input.has(MANAGED)) {
      answer.set(MANAGED, domain.get(MANAGED));
    }
    if (!domain.path(CUSTOM).isEmpty()) {
      answer.set("CloudFrontDomain", domain.get("CloudFrontDistribution"));
    }
    return answer;
  }

  /** A domain that does not exist is no error: its description is empty. */
  private Output describe(Input input, CallContext context) {
    ObjectNode answer = Json.object();
    answer.set(
        "DomainDescription",
        parts.items().domain(input.requiredText("Domain")).orElseGet(Json::object));
    return Output.of(answer);
  }

  private Output update(Input input, CallContext context) {
    ObjectNode domain = existing(input).deepCopy();
    boolean custom = isCustom(input);
    if (custom == domain.path(CUSTOM).isEmpty()) {
      throw CognitoErrors.invalidParameter("A domain cannot change its type.");
    }
    if (custom) {
      domain.set(CUSTOM, input.json().get(CUSTOM));
    }
    domain.put(MANAGED, input.integer(MANAGED).orElse(1));
    domain.put("Version", VERSION.format(parts.clock().now()));
    parts
        .items()
        .put(
            domain.path("UserPoolId").asText(),
            PoolItems.Kind.DOMAIN,
            domain.path("Domain").asText(),
            domain);
    return Output.of(answer(input, domain));
  }

  private Output delete(Input input, CallContext context) {
    ObjectNode domain = existing(input);
    parts
        .items()
        .remove(
            domain.path("UserPoolId").asText(),
            PoolItems.Kind.DOMAIN,
            domain.path("Domain").asText());
    return Output.empty();
  }

  private ObjectNode existing(Input input) {
    UserPool pool = parts.store().pool(input.requiredText("UserPoolId"));
    return parts
        .items()
        .find(pool.id(), PoolItems.Kind.DOMAIN, input.requiredText("Domain"))
        .orElseThrow(() -> CognitoErrors.invalidParameter("No such domain or user pool exists."));
  }
}
