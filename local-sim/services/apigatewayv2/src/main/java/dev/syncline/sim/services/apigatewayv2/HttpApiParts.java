// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigatewayv2;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.HttpBinding;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Pages;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The five operations that each kind of part of an HTTP API has. An update replaces the members
 * that it gives and checks the part as a creation does. Thread-safe.
 *
 * @param members those of a creation and of an update, without identifiers
 * @param check refuses a part that is not valid; called under the store's lock with the whole part
 * @param newId makes an identifier from the part
 */
record HttpApiParts(
    HttpApiStore store,
    HttpApiPart part,
    Set<String> members,
    BiConsumer<HttpApi, ObjectNode> check,
    java.util.function.Function<ObjectNode, String> newId) {
  /** The number of items of a page without {@code maxResults}, and the largest number of it. */
  private static final int MAX_RESULTS = 500;

  Operation create(String name) {
    return Operation.rest(
        name, HttpBinding.post(part.all(), 201), (in, call) -> create(in), given());
  }

  Operation get(String name) {
    return Operation.rest(name, HttpBinding.get(part.one()), (in, call) -> get(in));
  }

  Operation list(String name) {
    return Operation.rest(
        name,
        HttpBinding.get(part.all()),
        (in, call) -> store.read(in, api -> page(api.all(part).values(), in)),
        "maxResults",
        "nextToken");
  }

  Operation update(String name) {
    return Operation.rest(name, HttpBinding.patch(part.one()), (in, call) -> update(in), given());
  }

  Operation delete(String name) {
    return Operation.rest(name, HttpBinding.delete(part.one(), 204), (in, call) -> delete(in));
  }

  private String[] given() {
    return members.toArray(String[]::new);
  }

  private Output create(Input input) {
    return store.change(
        input,
        api -> {
          ObjectNode json = given(input);
          check.accept(api, json);
          String id = newId.apply(json);
          json.put(part.idMember(), id);
          api.all(part).put(id, json);
          return json;
        });
  }

  private Output get(Input input) {
    return store.read(input, api -> api.one(part, id(input)));
  }

  private Output update(Input input) {
    return store.change(
        input,
        api -> {
          ObjectNode json = api.one(part, id(input));
          ObjectNode changed = json.deepCopy();
          changed.setAll(given(input));
          check.accept(api, changed);
          json.removeAll();
          return json.setAll(changed);
        });
  }

  private Output delete(Input input) {
    return store.change(
        input,
        api -> {
          api.one(part, id(input));
          api.all(part).remove(id(input));
          return Json.object();
        });
  }

  private String id(Input input) {
    return input.requiredText(part.idMember());
  }

  private ObjectNode given(Input input) {
    ObjectNode json = Json.object();
    for (String member : members) {
      requireType(input, member);
      input.node(member).ifPresent(value -> json.set(member, value.deepCopy()));
    }
    return json;
  }

  /** Refuses a member of another type than AWS's model has. */
  static void requireType(Input input, String member) {
    switch (member) {
      case "apiKeyRequired", "autoDeploy", "disableExecuteApiEndpoint", "enableSimpleResponses" ->
          input.bool(member, false);
      case "authorizerResultTtlInSeconds", "timeoutInMillis" -> input.integer(member);
      case "authorizationScopes", "identitySource" -> input.texts(member);
      case "requestParameters", "stageVariables", "tags" -> input.textMap(member);
      case "accessLogSettings",
          "corsConfiguration",
          "defaultRouteSettings",
          "jwtConfiguration",
          "responseParameters",
          "routeSettings" ->
          input.structure(member);
      default -> input.text(member);
    }
  }

  /** One page of a list of structures. */
  static ObjectNode page(Collection<ObjectNode> items, Input input) {
    int limit = input.integer("maxResults").orElse(MAX_RESULTS);
    if (limit < 1 || limit > MAX_RESULTS) {
      throw HttpApiErrors.badRequest("maxResults must be from 1 to " + MAX_RESULTS);
    }
    return Pages.page(List.copyOf(items), limit, input.text("nextToken"), "BadRequestException")
        .addTo(Json.object(), "items", ObjectNode::deepCopy, "nextToken");
  }
}
