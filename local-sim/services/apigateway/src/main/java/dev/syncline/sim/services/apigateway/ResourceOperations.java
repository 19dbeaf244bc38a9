// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.HttpBinding;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Resources: the tree of paths. */
record ResourceOperations(Ids ids, RestApiStore store) {
  static final String ALL = RestApiOperations.ONE + "/resources";
  static final String ONE = ALL + "/{resourceId}";

  List<Operation> operations() {
    return List.of(
        Operation.rest(
            "CreateResource", HttpBinding.post(ALL + "/{parentId}", 201), this::create, "pathPart"),
        Operation.rest("GetResource", HttpBinding.get(ONE), this::get, "embed"),
        Operation.rest(
            "GetResources", HttpBinding.get(ALL), this::list, "position", "limit", "embed"),
        Operation.rest("UpdateResource", HttpBinding.patch(ONE), this::update, "patchOperations"),
        Operation.rest("DeleteResource", HttpBinding.delete(ONE, 202), this::delete));
  }

  private Output create(Input input, CallContext context) {
    String part = input.requiredText("pathPart");
    requirePathPart(part);
    return store.answer(
        input,
        api -> {
          String parentId = input.requiredText("parentId");
          requireUnique(api, parentId, part, "");
          ObjectNode resource = JsonNodeFactory.instance.objectNode();
          String id = ids.lowerAlphanumeric(6);
          resource.put("id", id);
          resource.put("parentId", parentId);
          resource.put("pathPart", part);
          resource.put("path", path(api.resource(parentId).get("path").asText(), part));
          api.resources.put(id, resource);
          return resource.deepCopy();
        });
  }

  private Output get(Input input, CallContext context) {
    return store.answer(input, api -> shown(api.resource(input.requiredText("resourceId")), input));
  }

  private Output list(Input input, CallContext context) {
    return store.with(
        input,
        api ->
            RestApiOperations.page(
                api.resources.values().stream().map(resource -> shown(resource, input)).toList(),
                input));
  }

  private Output update(Input input, CallContext context) {
    return store.answer(
        input,
        api -> {
          ObjectNode resource = api.resource(input.requiredText("resourceId"));
          ObjectNode changed = resource.deepCopy();
          for (Input operation : input.structures("patchOperations")) {
            patch(changed, operation);
          }
          String parentId = changed.path("parentId").asText();
          requireNoCycle(api, changed.get("id").asText(), parentId);
          if (changed.has("pathPart")) {
            requireUnique(
                api, parentId, changed.get("pathPart").asText(), changed.get("id").asText());
            resource.setAll(changed);
            movePaths(api, resource);
          }
          return shown(resource, input);
        });
  }

  private static void patch(ObjectNode resource, Input operation) {
    String target = operation.requiredText("path");
    String op = operation.requiredText("op");
    String value = operation.text("value").orElse("");
    boolean known = target.equals("/pathPart") || target.equals("/parentId");
    if (!op.equals("replace")) {
      throw GatewayErrors.badRequest(
          "Invalid patch path  '"
              + target
              + "' specified for op '"
              + op
              + "'. Please choose supported operations");
    }
    if (!known) {
      throw GatewayErrors.badRequest(
          "Invalid patch path  '"
              + target
              + "' specified for op 'replace'. Must be one of: [/parentId, /pathPart]");
    }
    String member = target.substring(1);
    if (!resource.has("pathPart")) {
      throw GatewayErrors.badRequest("Root resource cannot update its " + member + ".");
    }
    if (member.equals("pathPart")) {
      requirePathPart(value);
    }
    resource.put(member, value);
  }

  private static void requireNoCycle(RestApi api, String id, String parentId) {
    String above = parentId;
    while (!above.isEmpty()) {
      if (above.equals(id)) {
        throw GatewayErrors.badRequest("Resources cannot be cyclical.");
      }
      above = api.resource(above).path("parentId").asText();
    }
  }

  private Output delete(Input input, CallContext context) {
    return store.change(
        input,
        api -> {
          ObjectNode resource = api.resource(input.requiredText("resourceId"));
          if (resource.get("path").asText().equals("/")) {
            throw GatewayErrors.badRequest("Cannot delete root resource");
          }
          remove(api, resource.get("id").asText());
        });
  }

  private static void remove(RestApi api, String id) {
    for (ObjectNode resource : new ArrayList<>(api.resources.values())) {
      if (resource.path("parentId").asText().equals(id)) {
        remove(api, resource.get("id").asText());
      }
    }
    api.resources.remove(id);
  }

  private static void movePaths(RestApi api, ObjectNode resource) {
    String parentPath = api.resource(resource.get("parentId").asText()).get("path").asText();
    resource.put("path", path(parentPath, resource.get("pathPart").asText()));
    for (ObjectNode child : api.resources.values()) {
      if (child.path("parentId").asText().equals(resource.get("id").asText())) {
        movePaths(api, child);
      }
    }
  }

  private static void requirePathPart(String part) {
    if (!part.matches("\\{[a-zA-Z0-9._:-]+\\+?\\}|[a-zA-Z0-9._:%$,+-]+")) {
      throw GatewayErrors.badRequest(
          "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly"
              + " braces at the beginning and the end.");
    }
  }

  private static void requireUnique(RestApi api, String parentId, String part, String exceptId) {
    ObjectNode parent = api.resource(parentId);
    if (parent.path("pathPart").asText().endsWith("+}")) {
      throw GatewayErrors.badRequest(
          "Cannot create a child of a resource with a greedy path variable: "
              + parent.get("pathPart").asText());
    }
    for (ObjectNode sibling : api.resources.values()) {
      if (!sibling.path("parentId").asText().equals(parentId)
          || sibling.get("id").asText().equals(exceptId)) {
        continue;
      }
      String other = sibling.get("pathPart").asText();
      if (other.equals(part)) {
        throw GatewayErrors.conflict(
            "Another resource with the same parent already has this name: " + part);
      }
      if (other.startsWith("{") && part.startsWith("{")) {
        throw GatewayErrors.badRequest(
            "A sibling ("
                + other
                + ") of this resource already has a variable path part -- only"
                + " one is allowed");
      }
    }
  }

  private static String path(String parent, String part) {
    return parent.equals("/") ? "/" + part : parent + "/" + part;
  }

  /** Without {@code embed=methods} a resource lists its methods' names only. */
  private static ObjectNode shown(ObjectNode resource, Input input) {
    ObjectNode copy = resource.deepCopy();
    boolean embed =
        input.node("embed").map(node -> node.toString().contains("methods")).orElse(false);
    if (!embed && copy.get("resourceMethods") instanceof ObjectNode methods) {
      if (methods.isEmpty()) {
        copy.remove("resourceMethods");
      } else {
        for (Map.Entry<String, com.fasterxml.jackson.databind.JsonNode> method :
            methods.properties()) {
          method.setValue(JsonNodeFactory.instance.objectNode());
        }
      }
    }
    return copy;
  }
}
