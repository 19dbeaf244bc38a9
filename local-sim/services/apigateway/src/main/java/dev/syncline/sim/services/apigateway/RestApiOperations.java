// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.HttpBinding;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** REST APIs, the account and tags. */
record RestApiOperations(SimClock clock, Ids ids, RestApiStore store, UsagePlans plans) {
  static final String ALL = "/restapis";
  static final String ONE = ALL + "/{restApiId}";
  private static final String TAGS = "/tags/{resourceArn}";

  private static final Patch API =
      Patch.of(
              Patch.Kind.TEXT,
              "/name",
              "/description",
              "/policy",
              "/apiKeySource",
              "/endpointConfiguration/ipAddressType")
          .and(Patch.Kind.INTEGER, "/minimumCompressionSize")
          .and(Patch.Kind.BOOL, "/disableExecuteApiEndpoint")
          .and(Patch.Kind.LIST, "/binaryMediaTypes/", "/endpointConfiguration/types/");
  private static final Patch ACCOUNT = Patch.of(Patch.Kind.TEXT, "/cloudwatchRoleArn");

  List<Operation> operations() {
    return List.of(
        Operation.rest(
            "CreateRestApi",
            HttpBinding.post(ALL, 201),
            this::create,
            "name",
            "description",
            "version",
            "binaryMediaTypes",
            "minimumCompressionSize",
            "apiKeySource",
            "endpointConfiguration",
            "policy",
            "tags",
            "disableExecuteApiEndpoint"),
        Operation.rest("GetRestApi", HttpBinding.get(ONE), this::get),
        Operation.rest("GetRestApis", HttpBinding.get(ALL), this::list, "position", "limit"),
        Operation.rest("UpdateRestApi", HttpBinding.patch(ONE), this::update, "patchOperations"),
        Operation.rest("DeleteRestApi", HttpBinding.delete(ONE, 202), this::delete),
        Operation.rest("GetAccount", HttpBinding.get("/account"), this::getAccount),
        Operation.rest(
            "UpdateAccount", HttpBinding.patch("/account"), this::updateAccount, "patchOperations"),
        Operation.rest("TagResource", HttpBinding.put(TAGS, 204), this::tag, "tags"),
        Operation.rest("UntagResource", HttpBinding.delete(TAGS, 204), this::untag, "tagKeys"),
        Operation.rest("GetTags", HttpBinding.get(TAGS), this::getTags, "position", "limit"));
  }

  /** Creates an API with its root resource. */
  Output create(Input input, CallContext context) {
    ObjectNode json = input.json().deepCopy();
    String id = ids.lowerAlphanumeric(10);
    String root = ids.lowerAlphanumeric(10);
    json.put("name", input.requiredText("name"));
    json.put("id", id);
    json.put("createdDate", clock.now().getEpochSecond());
    json.put("rootResourceId", root);
    keepPolicy(json, context.arn("execute-api", id));
    if (!json.hasNonNull("apiKeySource")) {
      json.put("apiKeySource", "HEADER");
    }
    ObjectNode endpoint =
        json.get("endpointConfiguration") instanceof ObjectNode given
            ? given
            : json.putObject("endpointConfiguration");
    if (!endpoint.has("types")) {
      endpoint.putArray("types").add("EDGE");
    }
    if (!endpoint.has("ipAddressType")) {
      endpoint.put("ipAddressType", "ipv4");
    }
    if (!json.has("disableExecuteApiEndpoint")) {
      json.put("disableExecuteApiEndpoint", false);
    }
    var api = new RestApi(id, json);
    ObjectNode rootResource = JsonNodeFactory.instance.objectNode();
    rootResource.put("id", root);
    rootResource.put("path", "/");
    api.resources.put(root, rootResource);
    store.locked(all -> all.put(id, api));
    return Output.of(json.deepCopy());
  }

  /** Completes the resources of the policy, if there is one. */
  private static void keepPolicy(ObjectNode api, String arn) {
    String policy = api.path("policy").asText();
    if (!policy.isEmpty()) {
      api.put("policy", ApiPolicy.whole(policy, arn));
    }
  }

  private Output get(Input input, CallContext context) {
    return store.answer(input, api -> api.json.deepCopy());
  }

  private Output list(Input input, CallContext context) {
    return store.locked(all -> page(all.values().stream().map(api -> api.json).toList(), input));
  }

  private Output update(Input input, CallContext context) {
    return store.answer(
        input,
        api -> {
          API.apply(api.json, input);
          keepPolicy(api.json, context.arn("execute-api", api.id));
          return api.json.deepCopy();
        });
  }

  private Output delete(Input input, CallContext context) {
    return store.change(
        input,
        api -> {
          api.stages.keySet().forEach(stage -> store.withdraw(api, stage));
          store.locked(all -> all.remove(api.id));
          plans.forget(api.id, "");
        });
  }

  private Output getAccount(Input input, CallContext context) {
    return Output.of(store.locked(all -> store.account().deepCopy()));
  }

  private Output updateAccount(Input input, CallContext context) {
    return Output.of(
        store.locked(
            all -> {
              ACCOUNT.apply(store.account(), input);
              return store.account().deepCopy();
            }));
  }

  private Output tag(Input input, CallContext context) {
    withTagged(
        input,
        json -> {
          ObjectNode tags =
              json.get("tags") instanceof ObjectNode there ? there : json.putObject("tags");
          input.textMap("tags").forEach(tags::put);
        });
    return Output.empty();
  }

  private Output untag(Input input, CallContext context) {
    // A query parameter that occurs once may arrive as a plain value.
    Set<String> keys =
        input
            .node("tagKeys")
            .map(
                node -> node.isArray() ? Set.copyOf(input.texts("tagKeys")) : Set.of(node.asText()))
            .orElse(Set.of());
    withTagged(
        input,
        json -> {
          if (json.get("tags") instanceof ObjectNode tags) {
            tags.remove(keys);
          }
        });
    return Output.empty();
  }

  private Output getTags(Input input, CallContext context) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ObjectNode tags = answer.putObject("tags");
    withTagged(
        input,
        json -> {
          if (json.get("tags") instanceof ObjectNode there) {
            tags.setAll(there);
          }
        });
    return Output.of(answer);
  }

  /**
   * {@code arn:aws:apigateway:region::/restapis/id}, {@code …/restapis/id/stages/name}, {@code
   * …/usageplans/id} or {@code …/apikeys/id}.
   */
  private void withTagged(Input input, java.util.function.Consumer<ObjectNode> work) {
    String arn = input.requiredText("resourceArn");
    String[] path = arn.substring(arn.lastIndexOf(':') + 1).split("/");
    if (path.length == 3 && path[1].equals("usageplans")) {
      plans.withPlan(path[2], plan -> accept(work, plan.json));
      return;
    }
    if (path.length == 3 && path[1].equals("apikeys")) {
      plans.withKey(path[2], key -> accept(work, key));
      return;
    }
    if (path.length < 3 || !path[1].equals("restapis")) {
      throw GatewayErrors.badRequest("The simulator does not tag '" + arn + "'.");
    }
    store.with(
        path[2],
        api -> {
          if (path.length == 3) {
            work.accept(api.json);
          } else if (path.length == 5 && path[3].equals("stages")) {
            work.accept(api.stage(path[4]));
          } else {
            throw GatewayErrors.badRequest("The simulator does not tag '" + arn + "'.");
          }
          return true;
        });
  }

  private static boolean accept(java.util.function.Consumer<ObjectNode> work, ObjectNode json) {
    work.accept(json);
    return true;
  }

  /** One page of a list; the position is the index of the next item. */
  static Output page(Collection<ObjectNode> items, Input input) {
    int from;
    try {
      from = input.text("position").map(Integer::parseInt).orElse(0);
    } catch (NumberFormatException notOurs) {
      throw GatewayErrors.badRequest("Invalid position parameter specified");
    }
    int limit = input.integer("limit").orElse(25);
    if (limit < 1 || limit > 500) {
      throw GatewayErrors.badRequest("limit must be from 1 to 500");
    }
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode page = answer.putArray("item");
    items.stream().skip(from).limit(limit).forEach(item -> page.add(item.deepCopy()));
    if (from + limit < items.size()) {
      answer.put("position", Integer.toString(from + limit));
    }
    return Output.of(answer);
  }
}
