// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognitoidentity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.cognitoidentity.IdentityPool.PrincipalTagMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The operations on the tags of pools and on the tags that sessions get. Thread-safe. */
record IdentityTagOperations(String account, String region, IdentityPoolStore store) {
  private static final String ARN = "ResourceArn";
  private static final String ID = "IdentityPoolId";
  private static final String PROVIDER = "IdentityProviderName";
  private static final String RESOURCE = ":identitypool/";
  private static final int MAX_PRINCIPAL_TAGS = 50;
  private static final int MAX_TAGS = 50;

  List<Operation> operations() {
    return List.of(
        IdentityInput.operation("TagResource: ResourceArn, Tags", List.of(ARN, "Tags"), this::tag),
        IdentityInput.operation(
            "UntagResource: ResourceArn, TagKeys", List.of(ARN, "TagKeys"), this::untag),
        IdentityInput.operation(
            "ListTagsForResource: ResourceArn",
            List.of(ARN),
            input -> {
              ObjectNode answer = Json.object();
              answer.set("Tags", IdentityPoolForm.texts(store.pool(poolId(input)).tags()));
              return Output.of(answer);
            }),
        IdentityInput.operation(
            """
            SetPrincipalTagAttributeMap: IdentityPoolId, IdentityProviderName, UseDefaults,
              PrincipalTags
            """,
            List.of(ID, PROVIDER),
            this::setPrincipalTags),
        IdentityInput.operation(
            "GetPrincipalTagAttributeMap: IdentityPoolId, IdentityProviderName",
            List.of(ID, PROVIDER),
            this::principalTags));
  }

  private String poolId(Input input) {
    String arn = input.requiredText(ARN);
    String start = "arn:aws:cognito-identity:" + region + ":" + account + RESOURCE;
    if (!arn.startsWith(start)) {
      throw IdentityErrors.invalidArn(arn);
    }
    return arn.substring(start.length());
  }

  private Output tag(Input input) {
    Map<String, String> added = input.textMap("Tags");
    return changed(input, tags -> tags.putAll(added));
  }

  private Output untag(Input input) {
    List<String> keys = input.texts("TagKeys");
    return changed(input, tags -> tags.keySet().removeAll(keys));
  }

  private Output changed(Input input, Consumer<Map<String, String>> change) {
    store.change(
        poolId(input),
        pool -> {
          var tags = new TreeMap<>(pool.tags());
          change.accept(tags);
          if (tags.size() > MAX_TAGS) {
            throw IdentityErrors.invalid("An identity pool has at most " + MAX_TAGS + " tags.");
          }
          return pool.with(pool.settings(), tags);
        });
    return Output.empty();
  }

  private Output setPrincipalTags(Input input) {
    Map<String, String> tags = input.textMap("PrincipalTags");
    if (tags.size() > MAX_PRINCIPAL_TAGS) {
      throw IdentityErrors.invalid(
          "PrincipalTags has more than " + MAX_PRINCIPAL_TAGS + " entries.");
    }
    String provider = input.requiredText(PROVIDER);
    var map = new PrincipalTagMap(input.bool("UseDefaults", false), new TreeMap<>(tags));
    IdentityPool pool =
        store.change(
            input.requiredText(ID),
            before -> {
              var all = new TreeMap<>(before.principalTags());
              all.put(provider, map);
              return before.withPrincipalTags(all);
            });
    return Output.of(json(pool, provider, map));
  }

  private Output principalTags(Input input) {
    IdentityPool pool = store.pool(input.requiredText(ID));
    String provider = input.requiredText(PROVIDER);
    return Output.of(
        json(
            pool,
            provider,
            pool.principalTags().getOrDefault(provider, new PrincipalTagMap(false, Map.of()))));
  }

  private static ObjectNode json(IdentityPool pool, String provider, PrincipalTagMap map) {
    ObjectNode json =
        Json.object().put(ID, pool.id()).put(PROVIDER, provider).put("UseDefaults", map.defaults());
    Json.putUnlessEmpty(json, "PrincipalTags", map.tags());
    return json;
  }
}
