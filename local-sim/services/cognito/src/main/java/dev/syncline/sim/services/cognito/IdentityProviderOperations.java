// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Pages;
import dev.syncline.sim.services.cognito.pool.CognitoErrors;
import dev.syncline.sim.services.cognito.pool.PoolItems;
import dev.syncline.sim.services.cognito.pool.UserPool;
import java.util.List;
import java.util.Map;

/** The operations on the identity providers of pools; they are kept, not called. Thread-safe. */
record IdentityProviderOperations(CognitoParts parts) {
  private static final PoolItems.Kind KIND = PoolItems.Kind.PROVIDER;
  private static final String ANSWER = "IdentityProvider";
  private static final String NAME = "ProviderName";
  private static final String TYPE = "ProviderType";
  private static final String DETAILS = "ProviderDetails";
  private static final String MAPPING = "AttributeMapping";
  private static final String IDENTIFIERS = "IdpIdentifiers";
  private static final String MODIFIED = "LastModifiedDate";
  private static final int MAX_PROVIDERS = 300;

  /** The details that each type needs. */
  private static final Map<String, List<String>> REQUIRED =
      Map.of(
          "Google", List.of("client_id", "client_secret", "authorize_scopes"),
          "Facebook", List.of("client_id", "client_secret", "authorize_scopes"),
          "LoginWithAmazon", List.of("client_id", "client_secret", "authorize_scopes"),
          "SignInWithApple", List.of("client_id", "team_id", "key_id", "authorize_scopes"),
          "OIDC", List.of("client_id", "attributes_request_method", "oidc_issuer"));

  List<Operation> operations() {
    return List.of(
        Operation.of(
            """
            CreateIdentityProvider: UserPoolId, ProviderName, ProviderType, ProviderDetails,
              AttributeMapping, IdpIdentifiers
            """,
            this::create),
        Operation.of(
            "DescribeIdentityProvider: UserPoolId, ProviderName",
            (input, context) -> Output.of(Json.object().set(ANSWER, existing(input)))),
        Operation.of("GetIdentityProviderByIdentifier: UserPoolId, IdpIdentifier", this::find),
        Operation.of(
            """
            UpdateIdentityProvider: UserPoolId, ProviderName, ProviderDetails, AttributeMapping,
              IdpIdentifiers
            """,
            this::update),
        Operation.of("DeleteIdentityProvider: UserPoolId, ProviderName", this::delete),
        Operation.of("ListIdentityProviders: UserPoolId, MaxResults, NextToken", this::list));
  }

  private UserPool pool(Input input) {
    return parts.store().pool(input.requiredText("UserPoolId"));
  }

  private Output create(Input input, CallContext context) {
    UserPool pool = pool(input);
    String name = input.requiredText(NAME);
    String type = input.requiredText(TYPE);
    if (name.equals("COGNITO")) {
      throw CognitoErrors.invalidParameter("ProviderName cannot be COGNITO.");
    }
    requireDetails(type, input.node(DETAILS).orElseGet(Json::object));
    if (parts.items().find(pool.id(), KIND, name).isPresent()) {
      throw CognitoErrors.duplicateProvider("Provider " + name + " already exists.");
    }
    requireFreeIdentifiers(pool, name, input);
    if (parts.items().list(pool.id(), KIND).size() >= MAX_PROVIDERS) {
      throw CognitoErrors.limitExceeded(
          "User pool has too many identity providers, the limit is " + MAX_PROVIDERS + ".");
    }
    ObjectNode provider =
        Json.object().put("UserPoolId", pool.id()).put(NAME, name).put(TYPE, type);
    provider.set(DETAILS, input.json().get(DETAILS));
    provider.set(MAPPING, mapping(type, input.node(MAPPING).orElseGet(Json::object)));
    provider.set(IDENTIFIERS, input.node(IDENTIFIERS).orElseGet(Json::array));
    provider.set(MODIFIED, Json.epochSeconds(parts.clock().now()));
    provider.set("CreationDate", Json.epochSeconds(parts.clock().now()));
    parts.items().put(pool.id(), KIND, name, provider);
    return Output.of(Json.object().set(ANSWER, provider));
  }

  private static void requireDetails(String type, JsonNode details) {
    List<String> missing =
        REQUIRED.getOrDefault(type, List.of()).stream()
            .filter(member -> !details.has(member))
            .toList();
    if (type.equals("SAML") && !details.has("MetadataURL") && !details.has("MetadataFile")) {
      throw CognitoErrors.invalidParameter(
          "Either MetadataURL or MetadataFile is required in ProviderDetails.");
    }
    if (!missing.isEmpty()) {
      throw CognitoErrors.invalidParameter(
          "Missing required ProviderDetails: " + String.join(", ", missing));
    }
  }

  /** Every provider but SAML gives the user's name. */
  private static JsonNode mapping(String type, JsonNode given) {
    ObjectNode mapping = given.deepCopy();
    if (!mapping.has("username")) {
      switch (type) {
        case "Facebook" -> mapping.put("username", "id");
        case "LoginWithAmazon" -> mapping.put("username", "user_id");
        case "SAML" -> {
          // The name in the assertion is the user's name.
        }
        default -> mapping.put("username", "sub");
      }
    }
    return mapping;
  }

  private void requireFreeIdentifiers(UserPool pool, String name, Input input) {
    for (String identifier : input.texts(IDENTIFIERS)) {
      boolean taken =
          byIdentifier(pool, identifier).stream()
              .anyMatch(provider -> !provider.path(NAME).asText().equals(name));
      if (taken) {
        throw CognitoErrors.duplicateProvider(
            "IdpIdentifier " + identifier + " is already in use.");
      }
    }
  }

  private List<ObjectNode> byIdentifier(UserPool pool, String identifier) {
    return parts.items().list(pool.id(), KIND).stream()
        .filter(
            provider -> {
              for (JsonNode known : provider.path(IDENTIFIERS)) {
                if (known.asText().equals(identifier)) {
                  return true;
                }
              }
              return false;
            })
        .toList();
  }

  private ObjectNode existing(Input input) {
    String name = input.requiredText(NAME);
    return parts
        .items()
        .find(pool(input).id(), KIND, name)
        .orElseThrow(
            () -> CognitoErrors.notFound("Identity provider " + name + " does not exist."));
  }

  private Output find(Input input, CallContext context) {
    String identifier = input.requiredText("IdpIdentifier");
    ObjectNode provider =
        byIdentifier(pool(input), identifier).stream()
            .findFirst()
            .orElseThrow(
                () ->
                    CognitoErrors.notFound("Identity provider " + identifier + " does not exist."));
    return Output.of(Json.object().set(ANSWER, provider));
  }

  private Output update(Input input, CallContext context) {
    UserPool pool = pool(input);
    ObjectNode provider = existing(input).deepCopy();
    String name = provider.path(NAME).asText();
    requireFreeIdentifiers(pool, name, input);
    input.node(DETAILS).ifPresent(details -> provider.set(DETAILS, details));
    input
        .node(MAPPING)
        .ifPresent(given -> provider.set(MAPPING, mapping(provider.path(TYPE).asText(), given)));
    input.node(IDENTIFIERS).ifPresent(given -> provider.set(IDENTIFIERS, given));
    requireDetails(provider.path(TYPE).asText(), provider.path(DETAILS));
    provider.set(MODIFIED, Json.epochSeconds(parts.clock().now()));
    parts.items().put(pool.id(), KIND, name, provider);
    return Output.of(Json.object().set(ANSWER, provider));
  }

  private Output delete(Input input, CallContext context) {
    ObjectNode provider = existing(input);
    parts.items().remove(provider.path("UserPoolId").asText(), KIND, provider.path(NAME).asText());
    return Output.empty();
  }

  private Output list(Input input, CallContext context) {
    Pages.Page<ObjectNode> page =
        CognitoPages.of(
            input, parts.items().list(pool(input).id(), KIND), "MaxResults", "NextToken");
    return Output.of(
        page.addTo(
            Json.object(),
            "Providers",
            provider -> provider.deepCopy().retain(NAME, TYPE, MODIFIED, "CreationDate"),
            "NextToken"));
  }
}
