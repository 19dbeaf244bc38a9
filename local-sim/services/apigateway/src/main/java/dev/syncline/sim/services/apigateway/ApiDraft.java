// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A copy of a REST API that an import edits with the operations of the control plane, so that it
 * obeys their rules and a refused import changes nothing. Belongs to one thread.
 */
final class ApiDraft {
  private final RestApi api;
  private final CallContext context;
  private final Map<String, Operation> operations = new HashMap<>();
  private final Map<String, String> resourcesByPath = new HashMap<>();

  ApiDraft(
      RestApi original,
      Ids ids,
      Dispatcher dispatcher,
      LambdaAuthorizers authorizers,
      CallContext context) {
    this.api = RestApi.of(original.id, original.parts());
    this.context = context;
    var store = new RestApiStore();
    store.locked(all -> all.put(api.id, api));
    for (List<Operation> some :
        List.of(
            new ResourceOperations(ids, store).operations(),
            new MethodOperations(store).operations(),
            new IntegrationOperations(store, new IntegrationRules(dispatcher)).operations(),
            new ModelOperations(ids, store).operations(),
            new RequestValidatorOperations(ids, store).operations(),
            new AuthorizerOperations(ids, store, authorizers).operations(),
            new GatewayResponseOperations(store).operations())) {
      some.forEach(operation -> operations.put(operation.name(), operation));
    }
    api.resources.forEach((id, resource) -> resourcesByPath.put(resource.get("path").asText(), id));
  }

  String id() {
    return api.id;
  }

  ObjectNode json() {
    return api.json;
  }

  /** Removes everything but the root resource, which keeps its id. */
  void clear() {
    String root = resourcesByPath.get("/");
    api.resources.keySet().removeIf(id -> !id.equals(root));
    api.resources.values().forEach(resource -> resource.remove("resourceMethods"));
    api.models.clear();
    api.validators.clear();
    api.authorizers.clear();
    api.gatewayResponses.clear();
    resourcesByPath.keySet().removeIf(path -> !path.equals("/"));
  }

  /** Calls an operation on the copy. */
  ObjectNode call(String operation, ObjectNode input) {
    Operation called = operations.get(operation);
    if (called == null) {
      throw new IllegalStateException("no operation " + operation);
    }
    input.put("restApiId", api.id);
    try {
      return called.handler().handle(new Input(input), context).json();
    } catch (RuntimeException refused) {
      throw refused;
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** The resource of a path, created with those above it where it does not exist. */
  String resource(String path) {
    String known = resourcesByPath.get(path);
    if (known != null) {
      return known;
    }
    int slash = path.lastIndexOf('/');
    String parent = resource(slash <= 0 ? "/" : path.substring(0, slash));
    String id =
        call(
                "CreateResource",
                Json.object().put("parentId", parent).put("pathPart", path.substring(slash + 1)))
            .get("id")
            .asText();
    resourcesByPath.put(path, id);
    return id;
  }

  /** A method of a resource, in place of one that is there. */
  void method(String resourceId, String httpMethod, ObjectNode method) {
    if (api.resource(resourceId).get("resourceMethods") instanceof ObjectNode methods) {
      methods.remove(httpMethod);
    }
    call("PutMethod", method.put("resourceId", resourceId).put("httpMethod", httpMethod));
  }

  /** A model, in place of one of that name. */
  void model(String name, JsonNode schema) {
    api.models.remove(name);
    call(
        "CreateModel",
        Json.object()
            .put("name", name)
            .put("contentType", "application/json")
            .put("schema", Json.write(schema)));
  }

  /** The id of the validator of that name; empty for an unknown name. */
  String validator(String name) {
    return idOf(api.validators, name);
  }

  /** The id of the authorizer of that name; empty for an unknown name. */
  String authorizer(String name) {
    return idOf(api.authorizers, name);
  }

  private static String idOf(Map<String, ObjectNode> all, String name) {
    return all.values().stream()
        .filter(one -> one.path("name").asText().equals(name))
        .map(one -> one.get("id").asText())
        .findFirst()
        .orElse("");
  }

  /** Puts what was edited in the place of an API's parts. */
  void replace(RestApi target) {
    RestApi.Parts parts = api.parts();
    target.json.removeAll();
    target.json.setAll(parts.json());
    exchange(target.resources, parts.resources());
    exchange(target.models, parts.models());
    exchange(target.validators, parts.validators());
    exchange(target.authorizers, parts.authorizers());
    exchange(target.gatewayResponses, parts.gatewayResponses());
  }

  private static void exchange(Map<String, ObjectNode> old, Map<String, ObjectNode> now) {
    old.clear();
    old.putAll(now);
  }
}
