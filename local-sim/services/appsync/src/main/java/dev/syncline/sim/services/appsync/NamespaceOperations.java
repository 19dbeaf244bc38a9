// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.events.EventChannel;
import dev.syncline.sim.events.EventsLimits;
import dev.syncline.sim.events.InvalidEventChannelException;
import dev.syncline.sim.handlers.HandlerEngine;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.HttpBinding;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.appsync.common.AppSyncErrors;
import dev.syncline.sim.services.appsync.common.AppSyncPages;
import dev.syncline.sim.services.appsync.common.AppSyncTags;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** Channel namespaces of an API. Thread-safe. */
record NamespaceOperations(ApiStore store, HandlerEngine engine, EventsLimits limits) {
  private static final String ALL = "/v2/apis/{apiId}/channelNamespaces";
  private static final String ONE = ALL + "/{name}";

  List<Operation> operations() {
    return List.of(
        Operation.rest(
            """
            CreateChannelNamespace: name, subscribeAuthModes, publishAuthModes, codeHandlers,
              handlerConfigs, tags
            """,
            HttpBinding.post(ALL),
            this::create),
        Operation.rest("GetChannelNamespace", HttpBinding.get(ONE), this::get),
        Operation.rest(
            """
            UpdateChannelNamespace: subscribeAuthModes, publishAuthModes, codeHandlers,
              handlerConfigs
            """,
            HttpBinding.post(ONE),
            this::update),
        Operation.rest("DeleteChannelNamespace", HttpBinding.delete(ONE), this::delete),
        Operation.rest(
            "ListChannelNamespaces: nextToken, maxResults",
            HttpBinding.get(ALL),
            this::listNamespaces));
  }

  private Output create(Input input, CallContext context) {
    String name = newName(input);
    Map<String, String> tags = AppSyncTags.read(input);
    HandlerSettings handlers = handlers(input);
    ApiRecord updated =
        store.update(
            AppSyncErrors.required(input, "apiId"),
            api -> {
              if (api.namespaces().containsKey(name)) {
                throw AppSyncErrors.conflict(
                    "API " + api.apiId() + " has a channel namespace " + name + " already.");
              }
              if (api.namespaces().size() >= limits.namespacesPerApi()) {
                throw AppSyncErrors.quotaExceeded(
                    "API "
                        + api.apiId()
                        + " has "
                        + limits.namespacesPerApi()
                        + " channel namespaces already.");
              }
              var created =
                  new NamespaceRecord(
                      api.apiId(),
                      name,
                      api.arn() + "/channelNamespace/" + name,
                      Set.of(),
                      Set.of(),
                      HandlerSettings.NONE,
                      tags,
                      store.now(),
                      store.now());
              return with(api, changed(api, created, input, handlers));
            });
    return answer(updated, name);
  }

  private Output get(Input input, CallContext context) {
    ApiRecord api = store.get(AppSyncErrors.required(input, "apiId")).stored();
    String name = AppSyncErrors.required(input, "name");
    require(api, name);
    return answer(api, name);
  }

  private Output update(Input input, CallContext context) {
    String name = AppSyncErrors.required(input, "name");
    HandlerSettings handlers = handlers(input);
    ApiRecord updated =
        store.update(
            AppSyncErrors.required(input, "apiId"),
            api -> with(api, changed(api, require(api, name), input, handlers)));
    return answer(updated, name);
  }

  private Output delete(Input input, CallContext context) {
    String name = AppSyncErrors.required(input, "name");
    store.update(
        AppSyncErrors.required(input, "apiId"),
        api -> {
          require(api, name);
          NavigableMap<String, NamespaceRecord> fewer = new TreeMap<>(api.namespaces());
          fewer.remove(name);
          return api.withNamespaces(fewer);
        });
    return Output.empty();
  }

  private Output listNamespaces(Input input, CallContext context) {
    ApiRecord api = store.get(AppSyncErrors.required(input, "apiId")).stored();
    return Output.of(
        AppSyncPages.page(input, "channelNamespaces", api.namespaces(), NamespaceRecord::json));
  }

  private NamespaceRecord changed(
      ApiRecord api, NamespaceRecord namespace, Input input, HandlerSettings handlers) {
    var providers = api.settings().providers();
    return namespace.with(
        EventApiSettings.among(
            providers, "publishAuthModes", EventApiSettings.modes(input, "publishAuthModes")),
        EventApiSettings.among(
            providers, "subscribeAuthModes", EventApiSettings.modes(input, "subscribeAuthModes")),
        handlers,
        store.now());
  }

  /** Before the store is locked, because checking code takes long. */
  private HandlerSettings handlers(Input input) {
    ApiRecord api = store.get(AppSyncErrors.required(input, "apiId")).stored();
    return HandlerSettings.read(input, api, engine, limits);
  }

  private static ApiRecord with(ApiRecord api, NamespaceRecord namespace) {
    NavigableMap<String, NamespaceRecord> more = new TreeMap<>(api.namespaces());
    more.put(namespace.name(), namespace);
    return api.withNamespaces(more);
  }

  /**
   * The namespace of that name.
   *
   * @throws AwsException when it does not exist
   */
  private static NamespaceRecord require(ApiRecord api, String name) {
    NamespaceRecord namespace = api.namespaces().get(name);
    if (namespace == null) {
      throw AppSyncErrors.notFound("Channel namespace " + name + " of API " + api.apiId());
    }
    return namespace;
  }

  /** A namespace is the one segment of a channel. */
  private static String newName(Input input) {
    String name = AppSyncErrors.required(input, "name");
    try {
      if (EventChannel.parse(name).path().equals("/" + name) && name.indexOf('/') < 0) {
        return name;
      }
    } catch (InvalidEventChannelException invalid) {
      throw AppSyncErrors.badRequest("'name' is not valid: " + invalid.reason() + ".");
    }
    throw AppSyncErrors.badRequest("'name' must be a single segment, not '" + name + "'.");
  }

  private static Output answer(ApiRecord api, String name) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.set("channelNamespace", require(api, name).json());
    return Output.of(answer);
  }
}
