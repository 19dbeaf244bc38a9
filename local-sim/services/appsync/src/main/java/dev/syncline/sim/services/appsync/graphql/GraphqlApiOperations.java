// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.HttpBinding;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.appsync.common.AppSyncErrors;
import dev.syncline.sim.services.appsync.common.AppSyncPages;
import dev.syncline.sim.services.appsync.common.AppSyncTags;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** GraphQL APIs: create, read, update, delete, list. Thread-safe. */
record GraphqlApiOperations(GraphqlApiStore store, GraphqlUrls urls) {
  private static final int MAX_NAME = 65_536;
  private static final int MAX_CONTACT = 256;
  private static final String ALL = "/v1/apis";
  private static final String ONE = ALL + "/{apiId}";

  List<Operation> operations() {
    return List.of(
        Operation.rest(
            "CreateGraphqlApi",
            HttpBinding.post(ALL),
            this::create,
            members("tags", "apiType", "visibility")),
        Operation.rest("GetGraphqlApi", HttpBinding.get(ONE), this::get),
        Operation.rest("UpdateGraphqlApi", HttpBinding.post(ONE), this::update, members()),
        Operation.rest("DeleteGraphqlApi", HttpBinding.delete(ONE), this::delete),
        Operation.rest(
            "ListGraphqlApis: nextToken, maxResults, apiType, owner",
            HttpBinding.get(ALL),
            this::listApis));
  }

  private static String[] members(String... more) {
    var members = new ArrayList<>(GraphqlSettingsReader.MEMBERS);
    members.addAll(List.of("name", "ownerContact"));
    members.addAll(List.of(more));
    return members.toArray(String[]::new);
  }

  private Output create(Input input, CallContext context) {
    return answer(
        store.create(
            name(input),
            AppSyncErrors.ownerContact(input, MAX_CONTACT),
            AppSyncTags.read(input),
            GraphqlSettingsReader.read(input)));
  }

  private Output get(Input input, CallContext context) {
    return answer(store.get(AppSyncErrors.required(input, "apiId")));
  }

  /** Replaces all settings, except those that only a creation takes. */
  private Output update(Input input, CallContext context) {
    String name = name(input);
    String ownerContact = AppSyncErrors.ownerContact(input, MAX_CONTACT);
    GraphqlApiSettings settings = GraphqlSettingsReader.read(input);
    return answer(
        store.change(
            AppSyncErrors.required(input, "apiId"),
            api -> {
              ObjectNode json = settings.json().deepCopy();
              for (String kept : List.of("visibility", "apiType")) {
                json.set(kept, api.settings().json().get(kept));
              }
              return api.withSettings(
                  name, ownerContact, new GraphqlApiSettings(json, settings.authProviders()));
            }));
  }

  private Output delete(Input input, CallContext context) {
    store.delete(AppSyncErrors.required(input, "apiId"));
    return Output.empty();
  }

  private Output listApis(Input input, CallContext context) {
    boolean ofOthers =
        AppSyncErrors.choice(input, "owner", List.of("CURRENT_ACCOUNT", "OTHER_ACCOUNTS"))
            .filter("OTHER_ACCOUNTS"::equals)
            .isPresent();
    boolean merged =
        AppSyncErrors.choice(input, "apiType", List.of("GRAPHQL", "MERGED"))
            .filter("MERGED"::equals)
            .isPresent();
    return Output.of(
        AppSyncPages.page(
            input,
            "graphqlApis",
            ofOthers || merged ? new TreeMap<>() : store.all(),
            api -> api.json(urls)));
  }

  private static String name(Input input) {
    String name = AppSyncErrors.required(input, "name");
    if (name.length() > MAX_NAME) {
      throw AppSyncErrors.badRequest(
          "'name' must have 1 to " + MAX_NAME + " characters, not " + name.length() + ".");
    }
    return name;
  }

  private Output answer(GraphqlApiRecord api) {
    return Output.of(Json.object().set("graphqlApi", api.json(urls)));
  }
}
