// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognitoidentity;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.services.cognitoidentity.IdentityPool.RoleMapping;
import dev.syncline.sim.services.cognitoidentity.IdentityPool.Rule;
import dev.syncline.sim.services.cognitoidentity.IdentityPool.Settings;
import dev.syncline.sim.services.cognitoidentity.IdentityPool.UserPoolProvider;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and writes pools as the operations have them. */
final class IdentityPoolForm {
  private static final int MAX_RULES = 400;
  private static final int MAX_MAPPINGS = 10;
  private static final String RULES = "RulesConfiguration";

  private IdentityPoolForm() {}

  static Settings settings(Input input) {
    var userPools = new ArrayList<UserPoolProvider>();
    for (Input provider : input.structures("CognitoIdentityProviders")) {
      provider.only("ProviderName", "ClientId", "ServerSideTokenCheck");
      userPools.add(
          new UserPoolProvider(
              provider.requiredText("ProviderName"),
              provider.requiredText("ClientId"),
              flag(provider, "ServerSideTokenCheck")));
    }
    return new Settings(
        input.requiredText("IdentityPoolName"),
        input.bool("AllowUnauthenticatedIdentities", false),
        flag(input, "AllowClassicFlow"),
        input.textMap("SupportedLoginProviders"),
        input.text("DeveloperProviderName").orElse(null),
        input.texts("OpenIdConnectProviderARNs"),
        userPools,
        input.texts("SamlProviderARNs"));
  }

  private static @Nullable Boolean flag(Input input, String member) {
    return input.has(member) ? input.bool(member, false) : null;
  }

  static ObjectNode json(IdentityPool pool) {
    Settings settings = pool.settings();
    ObjectNode json =
        Json.object()
            .put("IdentityPoolId", pool.id())
            .put("IdentityPoolName", settings.name())
            .put("AllowUnauthenticatedIdentities", settings.guests());
    put(json, "AllowClassicFlow", settings.classicFlow());
    Json.putUnlessEmpty(json, "SupportedLoginProviders", settings.loginProviders());
    Json.putIfPresent(json, "DeveloperProviderName", settings.developerProvider());
    put(json, "OpenIdConnectProviderARNs", settings.openIdProviders());
    if (!settings.userPools().isEmpty()) {
      ArrayNode providers = json.putArray("CognitoIdentityProviders");
      for (UserPoolProvider provider : settings.userPools()) {
        ObjectNode one =
            providers
                .addObject()
                .put("ProviderName", provider.providerName())
                .put("ClientId", provider.clientId());
        // The default is false, and AWS always shows the member.
        one.put("ServerSideTokenCheck", Boolean.TRUE.equals(provider.tokenCheck()));
      }
    }
    put(json, "SamlProviderARNs", settings.samlProviders());
    json.set("IdentityPoolTags", texts(pool.tags()));
    return json;
  }

  private static void put(ObjectNode json, String member, @Nullable Boolean value) {
    if (value != null) {
      json.put(member, value);
    }
  }

  private static void put(ObjectNode json, String member, List<String> values) {
    if (!values.isEmpty()) {
      json.set(member, Json.texts(values));
    }
  }

  static ObjectNode texts(Map<String, String> map) {
    ObjectNode json = Json.object();
    map.forEach(json::put);
    return json;
  }

  /** The role mappings of SetIdentityPoolRoles, by provider. */
  static Map<String, RoleMapping> roleMappings(Input input) {
    var mappings = new LinkedHashMap<String, RoleMapping>();
    input
        .structure("RoleMappings")
        .ifPresent(
            all ->
                all.json()
                    .fieldNames()
                    .forEachRemaining(
                        provider ->
                            all.structure(provider)
                                .ifPresent(one -> mappings.put(provider, mapping(provider, one)))));
    if (mappings.size() > MAX_MAPPINGS) {
      throw IdentityErrors.invalid("RoleMappings has more than " + MAX_MAPPINGS + " entries.");
    }
    return mappings;
  }

  private static RoleMapping mapping(String provider, Input input) {
    input.only("Type", "AmbiguousRoleResolution", RULES);
    String type = input.requiredText("Type");
    String ambiguous = input.text("AmbiguousRoleResolution").orElse(null);
    var rules = new ArrayList<Rule>();
    input
        .structure(RULES)
        .ifPresent(
            rule -> rule.only("Rules").structures("Rules").forEach(one -> rules.add(rule(one))));
    requireOneOf(type, "Type", List.of("Token", "Rules"));
    if (ambiguous == null) {
      throw IdentityErrors.invalid(
          "AmbiguousRoleResolution is required in the role mapping of '" + provider + "'.");
    }
    requireOneOf(ambiguous, "AmbiguousRoleResolution", List.of("AuthenticatedRole", "Deny"));
    if (type.equals("Rules") && rules.isEmpty()) {
      throw IdentityErrors.invalid(
          RULES + " is required in the role mapping of '" + provider + "'.");
    }
    if (rules.size() > MAX_RULES) {
      throw IdentityErrors.invalid("A role mapping has at most " + MAX_RULES + " rules.");
    }
    return new RoleMapping(type, ambiguous, rules);
  }

  private static Rule rule(Input input) {
    input.only("Claim", "MatchType", "Value", "RoleARN");
    String match = input.requiredText("MatchType");
    requireOneOf(match, "MatchType", List.of("Equals", "Contains", "StartsWith", "NotEqual"));
    return new Rule(
        input.requiredText("Claim"),
        match,
        input.requiredText("Value"),
        input.requiredText("RoleARN"));
  }

  private static void requireOneOf(String value, String member, List<String> allowed) {
    if (!allowed.contains(value)) {
      throw IdentityErrors.invalid(
          member + " must be one of " + String.join(", ", allowed) + ", not '" + value + "'.");
    }
  }

  static ObjectNode json(Map<String, RoleMapping> mappings) {
    ObjectNode json = Json.object();
    mappings.forEach(
        (provider, mapping) -> {
          ObjectNode one = json.putObject(provider).put("Type", mapping.type());
          Json.putIfPresent(one, "AmbiguousRoleResolution", mapping.ambiguous());
          if (!mapping.rules().isEmpty()) {
            ArrayNode rules = one.putObject(RULES).putArray("Rules");
            for (Rule rule : mapping.rules()) {
              rules
                  .addObject()
                  .put("Claim", rule.claim())
                  .put("MatchType", rule.match())
                  .put("Value", rule.value())
                  .put("RoleARN", rule.roleArn());
            }
          }
        });
    return json;
  }
}
