// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/**
 * Makes a REST API from an OpenAPI document with API Gateway's extensions. Belongs to one thread.
 */
final class OpenApiImport {
  private static final String ANY = OpenApiDocument.EXTENSION + "any-method";
  private static final Set<String> METHODS =
      Set.of("get", "head", "post", "put", "patch", "delete", "options", ANY);
  private static final Set<String> KNOWN =
      Set.of(
          "api-key-source",
          "binary-media-types",
          "documentation",
          "endpoint-configuration",
          "gateway-responses",
          "importexport-version",
          "minimum-compression-size",
          "policy",
          "request-validator",
          "request-validators");

  private final OpenApiDocument document;
  private final ApiDraft draft;
  private final List<String> warnings = new ArrayList<>();

  OpenApiImport(OpenApiDocument document, ApiDraft draft) {
    this.document = document;
    this.draft = draft;
  }

  /** What the import left out. */
  List<String> warnings() {
    return warnings;
  }

  /**
   * Edits the draft.
   *
   * @param basePath {@code ignore}, {@code prepend} or {@code split}
   */
  void run(String basePath) {
    for (var member : document.root().properties()) {
      String name = member.getKey();
      if (name.startsWith(OpenApiDocument.EXTENSION)
          && !KNOWN.contains(name.substring(OpenApiDocument.EXTENSION.length()))) {
        throw GatewayErrors.badRequest("The simulator does not support the extension " + name);
      }
    }
    api();
    for (var validator : document.extension("request-validators").properties()) {
      if (draft.validator(validator.getKey()).isEmpty()) {
        ObjectNode input = validator.getValue().deepCopy();
        draft.call("CreateRequestValidator", input.put("name", validator.getKey()));
      }
    }
    for (var response : document.extension("gateway-responses").properties()) {
      ObjectNode input = response.getValue().deepCopy();
      String status = input.path("statusCode").asText("");
      input.remove("statusCode");
      if (!status.isEmpty()) {
        input.put("statusCode", status);
      }
      draft.call("PutGatewayResponse", input.put("responseType", response.getKey()));
    }
    for (var schema : document.schemas()) {
      draft.model(schema.getKey(), OpenApiDocument.schemaOf(draft.id(), schema.getValue()));
    }
    if (document.root().has("security")) {
      warnings.add("The security of the whole document is ignored; set it for each operation");
    }
    String prefix = document.basePath(basePath);
    for (var path : document.root().path("paths").properties()) {
      if (path.getKey().startsWith("/")) {
        path(prefix + path.getKey(), document.resolve(path.getValue()));
      }
    }
  }

  private void api() {
    ObjectNode json = draft.json();
    JsonNode info = document.root().path("info");
    json.put("name", info.path("title").asText(json.path("name").asText("")));
    for (String member : List.of("description", "version")) {
      if (info.has(member)) {
        json.put(member, info.get(member).asText());
      }
    }
    if (document.extension("binary-media-types").isArray()) {
      json.set("binaryMediaTypes", document.extension("binary-media-types").deepCopy());
    }
    if (document.extension("minimum-compression-size").isNumber()) {
      json.set("minimumCompressionSize", document.extension("minimum-compression-size"));
    }
    if (document.extension("api-key-source").isTextual()) {
      json.set("apiKeySource", document.extension("api-key-source"));
    }
    if (document.extension("policy").isObject()) {
      json.put("policy", Json.write(document.extension("policy")));
    }
    JsonNode disabled =
        document.extension("endpoint-configuration").path("disableExecuteApiEndpoint");
    if (disabled.isBoolean()) {
      json.set("disableExecuteApiEndpoint", disabled);
    }
  }

  private void path(String path, JsonNode item) {
    String clean = path.length() > 1 ? path.replaceAll("/+$", "") : path;
    String resource = draft.resource(clean.isEmpty() ? "/" : clean);
    for (var member : item.properties()) {
      if (METHODS.contains(member.getKey())) {
        String verb =
            member.getKey().equals(ANY) ? "ANY" : member.getKey().toUpperCase(Locale.ROOT);
        operation(resource, verb, member.getValue(), item.path("parameters"));
      }
    }
  }

  private void operation(
      String resource, String verb, JsonNode operation, JsonNode sharedParameters) {
    ObjectNode method = Json.object().put("authorizationType", "NONE");
    if (operation.path("operationId").isTextual()) {
      method.put("operationName", operation.get("operationId").asText());
    }
    sharedParameters.forEach(parameter -> parameter(method, operation, parameter));
    operation.path("parameters").forEach(parameter -> parameter(method, operation, parameter));
    for (var body : document.content(operation.path("requestBody"))) {
      method.withObject("/requestModels").put(body.getKey(), model(body.getValue()));
    }
    String validator =
        operation
            .path(OpenApiDocument.EXTENSION + "request-validator")
            .asText(document.extension("request-validator").asText(""));
    if (!validator.isEmpty()) {
      String id = draft.validator(validator);
      if (id.isEmpty()) {
        throw GatewayErrors.badRequest(
            "Invalid OpenAPI input. There is no request validator '" + validator + "'.");
      }
      method.put("requestValidatorId", id);
    }
    security(method, operation.path("security"));
    draft.method(resource, verb, method);
    for (var response : operation.path("responses").properties()) {
      if (response.getKey().matches("[1-5]\\d\\d")) {
        response(resource, verb, operation, response.getKey(), response.getValue());
      } else {
        warnings.add("The response '" + response.getKey() + "' of " + verb + " is ignored");
      }
    }
    JsonNode integration =
        document.resolve(operation.path(OpenApiDocument.EXTENSION + "integration"));
    if (integration.isObject()) {
      integration(resource, verb, integration);
    }
  }

  private void parameter(ObjectNode method, JsonNode operation, JsonNode given) {
    JsonNode parameter = document.resolve(given);
    String name = parameter.path("name").asText();
    String place =
        switch (parameter.path("in").asText()) {
          case "query" -> "querystring";
          case "header" -> "header";
          case "path" -> "path";
          default -> "";
        };
    if (!place.isEmpty()) {
      method
          .withObject("/requestParameters")
          .put("method.request." + place + "." + name, parameter.path("required").asBoolean(false));
    } else if (parameter.path("in").asText().equals("body")) {
      String model = model(parameter.path("schema"));
      for (String type : document.types(operation, "consumes")) {
        method.withObject("/requestModels").put(type, model);
      }
    } else {
      warnings.add("The parameter '" + name + "' is ignored");
    }
  }

  /** The name of a schema's model; a schema that is no reference becomes a model. */
  private String model(JsonNode schema) {
    String name = OpenApiDocument.modelName(schema);
    if (name.isEmpty()) {
      // The same schema has the same name at the next import.
      byte[] text = Json.writeBytes(schema);
      name = "MODEL" + UUID.nameUUIDFromBytes(text).toString().replace("-", "").substring(0, 12);
      draft.model(name, OpenApiDocument.schemaOf(draft.id(), schema));
    }
    return name;
  }

  private void security(ObjectNode method, JsonNode security) {
    for (JsonNode requirement : security) {
      for (var one : requirement.properties()) {
        scheme(method, one.getKey(), document.securityScheme(one.getKey()), one.getValue());
      }
    }
  }

  private void scheme(ObjectNode method, String name, JsonNode scheme, JsonNode scopes) {
    String type = scheme.path(OpenApiDocument.EXTENSION + "authtype").asText("");
    JsonNode authorizer = scheme.path(OpenApiDocument.EXTENSION + "authorizer");
    if (type.equals("awsSigv4")) {
      method.put("authorizationType", "AWS_IAM");
    } else if (authorizer.isObject()) {
      String id = draft.authorizer(name);
      if (id.isEmpty()) {
        ObjectNode input = authorizer.deepCopy();
        input.put("name", name);
        input.put("type", authorizer.path("type").asText("token").toUpperCase(Locale.ROOT));
        if (!type.isEmpty()) {
          input.put("authType", type);
        }
        if (!input.has("identitySource")
            && (PoolAuthorizer.is(input) || input.get("type").asText().equals("TOKEN"))) {
          input.put("identitySource", "method.request.header." + scheme.path("name").asText());
        }
        id = draft.call("CreateAuthorizer", input).get("id").asText();
      }
      boolean ofPools = authorizer.path("type").asText().equalsIgnoreCase(PoolAuthorizer.TYPE);
      method
          .put("authorizationType", ofPools ? PoolAuthorizer.TYPE : "CUSTOM")
          .put("authorizerId", id);
      if (ofPools && !scopes.isEmpty()) {
        method.set("authorizationScopes", scopes.deepCopy());
      }
    } else if (scheme.path("type").asText().equals("apiKey")
        && scheme.path("name").asText().equalsIgnoreCase("x-api-key")) {
      method.put("apiKeyRequired", true);
    } else {
      warnings.add("The security scheme '" + name + "' is ignored");
    }
  }

  private void response(
      String resource, String verb, JsonNode operation, String status, JsonNode given) {
    JsonNode response = document.resolve(given);
    ObjectNode input = target(resource, verb).put("statusCode", status);
    for (var header : response.path("headers").properties()) {
      input
          .withObject("/responseParameters")
          .put("method.response.header." + header.getKey(), false);
    }
    for (var body : document.content(response)) {
      input.withObject("/responseModels").put(body.getKey(), model(body.getValue()));
    }
    if (response.has("schema")) {
      String model = model(response.get("schema"));
      for (String type : document.types(operation, "produces")) {
        input.withObject("/responseModels").put(type, model);
      }
    }
    draft.call("PutMethodResponse", input);
  }

  private void integration(String resource, String verb, JsonNode given) {
    ObjectNode input = (ObjectNode) given.deepCopy();
    JsonNode responses = input.path("responses");
    String method = input.path("httpMethod").asText("");
    input.remove(List.of("responses", "httpMethod"));
    input.put("type", input.path("type").asText().toUpperCase(Locale.ROOT));
    if (!method.isEmpty()) {
      input.put("integrationHttpMethod", method);
    }
    for (String member : List.of("passthroughBehavior", "contentHandling")) {
      if (input.has(member)) {
        input.put(member, input.get(member).asText().toUpperCase(Locale.ROOT));
      }
    }
    input.setAll(target(resource, verb));
    draft.call("PutIntegration", input);
    for (var response : responses.properties()) {
      ObjectNode one = response.getValue().deepCopy();
      one.put("statusCode", one.path("statusCode").asText());
      if (one.has("contentHandling")) {
        one.put("contentHandling", one.get("contentHandling").asText().toUpperCase(Locale.ROOT));
      }
      if (!response.getKey().equals("default")) {
        one.put("selectionPattern", response.getKey());
      }
      draft.call("PutIntegrationResponse", one.setAll(target(resource, verb)));
    }
  }

  private static ObjectNode target(String resource, String verb) {
    return Json.object().put("resourceId", resource).put("httpMethod", verb);
  }

  /** The warnings as an answer has them. */
  ArrayNode warningList() {
    ArrayNode list = Json.array();
    warnings.forEach(list::add);
    return list;
  }
}
