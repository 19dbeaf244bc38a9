// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognitoidentity;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Pages;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The operations on pools and their roles. Thread-safe. */
record IdentityPoolOperations(Ids ids, String region, IdentityPoolStore store) {
  private static final String ID = "IdentityPoolId";
  private static final int MAX_PAGE = 60;

  List<Operation> operations() {
    List<String> byId = List.of(ID);
    return List.of(
        IdentityInput.operation(
            """
            CreateIdentityPool: IdentityPoolName, AllowUnauthenticatedIdentities,
              AllowClassicFlow, SupportedLoginProviders, DeveloperProviderName,
              OpenIdConnectProviderARNs, CognitoIdentityProviders, SamlProviderARNs,
              IdentityPoolTags
            """,
            List.of("IdentityPoolName", "AllowUnauthenticatedIdentities"),
            this::create),
        IdentityInput.operation(
            "DescribeIdentityPool: IdentityPoolId",
            byId,
            input -> Output.of(IdentityPoolForm.json(pool(input)))),
        IdentityInput.operation(
            """
            UpdateIdentityPool: IdentityPoolId, IdentityPoolName, AllowUnauthenticatedIdentities,
              AllowClassicFlow, SupportedLoginProviders, DeveloperProviderName,
              OpenIdConnectProviderARNs, CognitoIdentityProviders, SamlProviderARNs,
              IdentityPoolTags
            """,
            List.of(ID, "IdentityPoolName", "AllowUnauthenticatedIdentities"),
            this::update),
        IdentityInput.operation("DeleteIdentityPool: IdentityPoolId", byId, this::delete),
        IdentityInput.operation(
            "ListIdentityPools: MaxResults, NextToken", List.of("MaxResults"), this::list),
        IdentityInput.operation(
            "SetIdentityPoolRoles: IdentityPoolId, Roles, RoleMappings",
            List.of(ID, "Roles"),
            this::setRoles),
        IdentityInput.operation("GetIdentityPoolRoles: IdentityPoolId", byId, this::roles));
  }

  private IdentityPool pool(Input input) {
    return store.pool(input.requiredText(ID));
  }

  private Output create(Input input) {
    var pool =
        IdentityPool.of(
            region + ":" + ids.uuid(),
            IdentityPoolForm.settings(input),
            new TreeMap<>(input.textMap("IdentityPoolTags")));
    store.add(pool);
    return Output.of(IdentityPoolForm.json(pool));
  }

  private Output update(Input input) {
    IdentityPool.Settings settings = IdentityPoolForm.settings(input);
    return Output.of(
        IdentityPoolForm.json(
            store.change(
                input.requiredText(ID),
                pool ->
                    pool.with(
                        settings,
                        input.has("IdentityPoolTags")
                            ? new TreeMap<>(input.textMap("IdentityPoolTags"))
                            : pool.tags()))));
  }

  private Output delete(Input input) {
    store.remove(input.requiredText(ID));
    return nothing();
  }

  /** AWS's body of an operation without an output has no byte. */
  private static Output nothing() {
    return Output.raw(200, Map.of(), new byte[0]);
  }

  private Output list(Input input) {
    return Output.of(
        Pages.page(
                store.pools(),
                input.integer("MaxResults").orElse(MAX_PAGE),
                input.text("NextToken"),
                IdentityErrors.INVALID_PARAMETER)
            .addTo(
                Json.object(),
                "IdentityPools",
                pool ->
                    Json.object()
                        .put(ID, pool.id())
                        .put("IdentityPoolName", pool.settings().name()),
                "NextToken"));
  }

  private Output setRoles(Input input) {
    Map<String, String> roles = new LinkedHashMap<>(input.textMap("Roles"));
    roles.forEach(
        (kind, role) -> {
          if (!kind.equals("authenticated") && !kind.equals("unauthenticated")) {
            throw IdentityErrors.invalid(
                "Roles has the key '" + kind + "'; use authenticated or unauthenticated.");
          }
          if (!role.startsWith("arn:")) {
            throw IdentityErrors.invalid("The role '" + role + "' is not an ARN.");
          }
        });
    Map<String, IdentityPool.RoleMapping> mappings = IdentityPoolForm.roleMappings(input);
    store.change(input.requiredText(ID), pool -> pool.withRoles(roles, mappings));
    return nothing();
  }

  private Output roles(Input input) {
    IdentityPool pool = pool(input);
    var answer = Json.object().put(ID, pool.id());
    Json.putUnlessEmpty(answer, "Roles", pool.roles());
    if (!pool.roleMappings().isEmpty()) {
      answer.set("RoleMappings", IdentityPoolForm.json(pool.roleMappings()));
    }
    return Output.of(answer);
  }
}
