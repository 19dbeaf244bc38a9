// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigatewayv2;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.HttpBinding;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The import of OpenAPI 3 documents in JSON, with the extensions {@code x-amazon-apigateway-…}.
 * Source: the developer guide, "Working with OpenAPI definitions for HTTP APIs".
 */
record HttpImportOperations(
    Ids ids,
    HttpApiStore store,
    HttpApiOperations apis,
    HttpRouteOperations routes,
    HttpIntegrationOperations integrations,
    HttpAuthorizerOperations authorizers) {
  private static final String EXTENSION = "x-amazon-apigateway-";
  private static final String ANY_METHOD = EXTENSION + "any-method";
  private static final Set<String> METHODS =
      Set.of("delete", "get", "head", "options", "patch", "post", "put", ANY_METHOD);

  List<Operation> operations() {
    return List.of(
        Operation.rest(
            "ImportApi", HttpBinding.put("/v2/apis", 201), this::create, "body", "failOnWarnings"),
        Operation.rest(
            "ReimportApi",
            HttpBinding.put("/v2/apis/{apiId}", 201),
            (in, call) -> replace(in),
            "body",
            "failOnWarnings"));
  }

  private Output create(Input input, CallContext context) {
    HttpApi api = apis.newApi(context);
    read(api, document(input));
    return store.add(api);
  }

  private Output replace(Input input) {
    JsonNode document = document(input);
    return store.change(
        input,
        api -> {
          HttpApi read = HttpApi.of(api.json().deepCopy());
          read(read, document);
          for (HttpApiPart part :
              List.of(HttpApiPart.ROUTE, HttpApiPart.INTEGRATION, HttpApiPart.AUTHORIZER)) {
            api.all(part).clear();
            api.all(part).putAll(read.all(part));
          }
          api.json().remove("corsConfiguration");
          return api.json().setAll(read.json());
        });
  }

  private static JsonNode document(Input input) {
    JsonNode document;
    try {
      document = Json.MAPPER.readTree(input.requiredText("body"));
    } catch (JsonProcessingException notJson) {
      throw HttpApiErrors.badRequest(
          "body must be an OpenAPI document in JSON; the simulator does not read YAML here: "
              + notJson.getOriginalMessage());
    }
    if (!document.path("openapi").asText().startsWith("3.")) {
      throw HttpApiErrors.badRequest("body must be an OpenAPI 3 document with the member openapi");
    }
    return document;
  }

  private void read(HttpApi api, JsonNode document) {
    JsonNode info = document.path("info");
    String title = info.path("title").asText();
    if (title.isEmpty()) {
      throw HttpApiErrors.badRequest("body must have info.title");
    }
    api.json().put("name", title);
    for (String member : List.of("version", "description")) {
      if (info.has(member)) {
        api.json().put(member, info.get(member).asText());
      }
    }
    if (document.get(EXTENSION + "cors") instanceof ObjectNode cors) {
      HttpApiOperations.checkCors(new Input(cors));
      api.json().set("corsConfiguration", cors.deepCopy());
    }
    Map<String, String> byScheme = authorizers(api, document);
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        if (METHODS.contains(method.getKey())) {
          route(api, document, key(path.getKey(), method.getKey()), method.getValue(), byScheme);
        }
      }
    }
  }

  private static String key(String path, String method) {
    if (path.equals("/$default")) {
      return "$default";
    }
    return (method.equals(ANY_METHOD) ? "ANY" : method.toUpperCase(Locale.ROOT)) + " " + path;
  }

  private Map<String, String> authorizers(HttpApi api, JsonNode document) {
    var byScheme = new LinkedHashMap<String, String>();
    for (Map.Entry<String, JsonNode> scheme :
        document.at("/components/securitySchemes").properties()) {
      JsonNode extension = scheme.getValue().path(EXTENSION + "authorizer");
      if (extension instanceof ObjectNode given) {
        ObjectNode authorizer = given.deepCopy();
        authorizer.remove("type");
        authorizer.put("name", scheme.getKey());
        authorizer.put("authorizerType", given.path("type").asText().toUpperCase(Locale.ROOT));
        if (given.path("identitySource").isTextual()) {
          authorizer.set(
              "identitySource",
              Json.texts(List.of(given.get("identitySource").asText().split("\\s*,\\s*", -1))));
        }
        JsonNode credentials = authorizer.remove("authorizerCredentials");
        if (credentials != null) {
          authorizer.set("authorizerCredentialsArn", credentials);
        }
        refuseOthers(authorizer, HttpAuthorizerOperations.MEMBERS);
        authorizers.check(api, authorizer);
        String id = ids.lowerAlphanumeric(6);
        api.all(HttpApiPart.AUTHORIZER).put(id, authorizer.put("authorizerId", id));
        byScheme.put(scheme.getKey(), id);
      }
    }
    return byScheme;
  }

  private void route(
      HttpApi api,
      JsonNode document,
      String key,
      JsonNode operation,
      Map<String, String> byScheme) {
    ObjectNode route = Json.object();
    route.put("routeKey", key);
    if (operation.has("operationId")) {
      route.put("operationName", operation.get("operationId").asText());
    }
    JsonNode integration = operation.path(EXTENSION + "integration");
    JsonNode reference = integration.path("$ref");
    if (reference.isTextual()) {
      integration = document.at(reference.asText().replaceFirst("^#", ""));
    }
    if (integration instanceof ObjectNode given) {
      String id = integration(api, given.deepCopy());
      route.put("target", "integrations/" + id);
    }
    JsonNode security =
        operation.has("security") ? operation.get("security") : document.path("security");
    for (Map.Entry<String, JsonNode> scheme : security.path(0).properties()) {
      String authorizer = byScheme.get(scheme.getKey());
      if (authorizer == null) {
        throw HttpApiErrors.badRequest(
            "the security scheme '" + scheme.getKey() + "' of " + key + " has no authorizer");
      }
      boolean jwt =
          api.one(HttpApiPart.AUTHORIZER, authorizer).path("authorizerType").asText().equals("JWT");
      route.put("authorizerId", authorizer);
      route.put("authorizationType", jwt ? "JWT" : "CUSTOM");
      if (!scheme.getValue().isEmpty()) {
        route.set("authorizationScopes", scheme.getValue().deepCopy());
      }
    }
    routes.check(api, route);
    String id = ids.lowerAlphanumeric(7);
    api.all(HttpApiPart.ROUTE).put(id, route.put("routeId", id));
  }

  private String integration(HttpApi api, ObjectNode integration) {
    rename(integration, "uri", "integrationUri");
    rename(integration, "httpMethod", "integrationMethod");
    rename(integration, "credentials", "credentialsArn");
    JsonNode type = integration.remove("type");
    integration.put("integrationType", type == null ? "" : type.asText().toUpperCase(Locale.ROOT));
    refuseOthers(integration, HttpIntegrationOperations.MEMBERS);
    integrations.check(integration);
    String id = ids.lowerAlphanumeric(7);
    api.all(HttpApiPart.INTEGRATION).put(id, integration.put("integrationId", id));
    return id;
  }

  private static void rename(ObjectNode json, String from, String to) {
    JsonNode value = json.remove(from);
    if (value != null) {
      json.set(to, value);
    }
  }

  private static void refuseOthers(ObjectNode json, Set<String> known) {
    json.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw HttpApiErrors.unsupported("the extension member '" + name + "'");
              }
            });
  }
}
