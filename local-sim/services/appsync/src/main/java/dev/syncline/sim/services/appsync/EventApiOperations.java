// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.events.AuthMode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.HttpBinding;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.appsync.common.AppSyncErrors;
import dev.syncline.sim.services.appsync.common.AppSyncPages;
import dev.syncline.sim.services.appsync.common.AppSyncTags;
import dev.syncline.sim.services.appsync.graphql.DomainNameStore;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Event APIs: create, read, update, delete, list. Thread-safe. */
record EventApiOperations(ApiStore store, DomainNameStore domains) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_\\- ]{1,50}");
  private static final int MAX_CONTACT = 250;

  List<Operation> operations() {
    return List.of(
        Operation.rest(
            "CreateApi: name, ownerContact, tags, eventConfig",
            HttpBinding.post("/v2/apis"),
            this::create),
        Operation.rest("GetApi", HttpBinding.get("/v2/apis/{apiId}"), this::get),
        Operation.rest(
            "UpdateApi: name, ownerContact, eventConfig",
            HttpBinding.post("/v2/apis/{apiId}"),
            this::update),
        Operation.rest("DeleteApi", HttpBinding.delete("/v2/apis/{apiId}"), this::delete),
        Operation.rest(
            "ListApis: nextToken, maxResults", HttpBinding.get("/v2/apis"), this::listApis));
  }

  private Output create(Input input, CallContext context) {
    LiveApi api =
        store.create(
            name(input),
            AppSyncErrors.ownerContact(input, MAX_CONTACT),
            AppSyncTags.read(input),
            EventApiSettings.read(input));
    return answer(api.stored());
  }

  private Output get(Input input, CallContext context) {
    return answer(store.get(AppSyncErrors.required(input, "apiId")).stored());
  }

  private Output update(Input input, CallContext context) {
    String name = name(input);
    String ownerContact = AppSyncErrors.ownerContact(input, MAX_CONTACT);
    EventApiSettings settings = EventApiSettings.read(input);
    return answer(
        store.update(
            AppSyncErrors.required(input, "apiId"),
            api -> {
              requireNamespacesCovered(api, settings.providers());
              return api.withSettings(
                  name, ownerContact == null ? api.ownerContact() : ownerContact, settings);
            }));
  }

  private Output delete(Input input, CallContext context) {
    String apiId = AppSyncErrors.required(input, "apiId");
    store.delete(apiId);
    domains.forget(apiId);
    return Output.empty();
  }

  private Output listApis(Input input, CallContext context) {
    return Output.of(AppSyncPages.page(input, "apis", store.all(), api -> api.stored().json()));
  }

  /** A namespace must not keep a mode that no provider of the API verifies. */
  private static void requireNamespacesCovered(ApiRecord api, Set<AuthMode> providers) {
    api.namespaces()
        .forEach(
            (name, namespace) -> {
              String member = "the channel namespace " + name;
              EventApiSettings.among(providers, member, namespace.publishModes());
              EventApiSettings.among(providers, member, namespace.subscribeModes());
            });
  }

  private static String name(Input input) {
    String name = AppSyncErrors.required(input, "name");
    if (!NAME.matcher(name).matches()) {
      throw AppSyncErrors.badRequest(
          "'name' must be 1 to 50 letters, digits, spaces, dashes or underscores, not '"
              + name
              + "'.");
    }
    return name;
  }

  private static Output answer(ApiRecord api) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.set("api", api.json());
    return Output.of(answer);
  }
}
