// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A deployed REST API as an OpenAPI document.
 *
 * @param extensions {@code apigateway} or {@code integrations} for integrations, {@code
 *     authorizers} for authorizers; several with commas
 */
record OpenApiExport(RestApi.Parts parts, boolean isVersion2, String extensions) {
  private static final Pattern VARIABLE = Pattern.compile("\\{([^}+]+)\\+?\\}");
  private static final Pattern MODEL =
      Pattern.compile("https://apigateway\\.amazonaws\\.com/restapis/[^/]+/models/([^/#]+)");

  ObjectNode document(String apiId, String stage, String region) {
    ObjectNode document = Json.object();
    document.put(isVersion2 ? "swagger" : "openapi", isVersion2 ? "2.0" : "3.0.1");
    ObjectNode info = document.putObject("info").put("title", parts.json().path("name").asText());
    for (String member : List.of("description", "version")) {
      if (parts.json().has(member)) {
        info.set(member, parts.json().get(member));
      }
    }
    if (!info.has("version")) {
      info.put("version", parts.json().path("createdDate").asText());
    }
    String host = apiId + ".execute-api." + region + ".amazonaws.com";
    if (isVersion2) {
      document.put("host", host).put("basePath", "/" + stage);
      document.putArray("schemes").add("https");
    } else {
      ObjectNode server = document.putArray("servers").addObject();
      server.put("url", "https://" + host + "/{basePath}");
      server.putObject("variables").putObject("basePath").put("default", "/" + stage);
    }
    ObjectNode paths = document.putObject("paths");
    List<ObjectNode> resources = new ArrayList<>(parts.resources().values());
    resources.sort(Comparator.comparing(resource -> resource.get("path").asText()));
    for (ObjectNode resource : resources) {
      for (var method : resource.path("resourceMethods").properties()) {
        String path = resource.get("path").asText();
        String verb =
            method.getKey().equals("ANY")
                ? OpenApiDocument.EXTENSION + "any-method"
                : method.getKey().toLowerCase(Locale.ROOT);
        child(paths, path).set(verb, operation(path, method.getValue()));
      }
    }
    ObjectNode components = isVersion2 ? document : Json.object();
    schemas(components);
    security(components);
    if (!isVersion2 && !components.isEmpty()) {
      document.set("components", components);
    }
    apiExtensions(document);
    return document;
  }

  private static ObjectNode child(ObjectNode parent, String name) {
    return parent.get(name) instanceof ObjectNode there ? there : parent.putObject(name);
  }

  private boolean shows(String extension) {
    return extensions.contains("apigateway") || extensions.contains(extension);
  }

  private ObjectNode operation(String path, JsonNode method) {
    ObjectNode operation = Json.object();
    if (method.has("operationName")) {
      operation.set("operationId", method.get("operationName"));
    }
    if (isVersion2) {
      operation.putArray("produces").add("application/json");
    }
    ArrayNode parameters = parameters(path, method);
    if (!parameters.isEmpty()) {
      operation.set("parameters", parameters);
    }
    bodies(operation, method);
    ObjectNode responses = operation.putObject("responses");
    for (var response : method.path("methodResponses").properties()) {
      responses.set(response.getKey(), response(response.getValue()));
    }
    ArrayNode security = Json.array();
    ObjectNode asked = parts.authorizers().get(method.path("authorizerId").asText());
    String authorizer = asked == null ? "" : asked.path("name").asText();
    if (!authorizer.isEmpty()) {
      ArrayNode scopes = security.addObject().putArray(authorizer);
      method.path("authorizationScopes").forEach(scopes::add);
    }
    if (method.path("apiKeyRequired").asBoolean()) {
      security.addObject().putArray("api_key");
    }
    if (!security.isEmpty()) {
      operation.set("security", security);
    }
    ObjectNode validator = parts.validators().get(method.path("requestValidatorId").asText());
    if (validator != null && shows("integrations")) {
      operation.set(OpenApiDocument.EXTENSION + "request-validator", validator.path("name"));
    }
    if (method.has("methodIntegration") && shows("integrations")) {
      operation.set(
          OpenApiDocument.EXTENSION + "integration", integration(method.get("methodIntegration")));
    }
    return operation;
  }

  private ArrayNode parameters(String path, JsonNode method) {
    ArrayNode parameters = Json.array();
    var named = new ArrayList<String>();
    for (var parameter : method.path("requestParameters").properties()) {
      String[] name = parameter.getKey().split("\\.", 4);
      if (name.length == 4) {
        boolean inPath = name[2].equals("path");
        named.add(name[3]);
        parameter(
            parameters,
            name[3],
            name[2].equals("querystring") ? "query" : name[2],
            inPath || parameter.getValue().asBoolean());
      }
    }
    Matcher variable = VARIABLE.matcher(path);
    while (variable.find()) {
      if (!named.contains(variable.group(1))) {
        parameter(parameters, variable.group(1), "path", true);
      }
    }
    return parameters;
  }

  private void parameter(ArrayNode parameters, String name, String in, boolean required) {
    ObjectNode parameter = parameters.addObject().put("name", name).put("in", in);
    parameter.put("required", required);
    if (isVersion2) {
      parameter.put("type", "string");
    } else {
      parameter.putObject("schema").put("type", "string");
    }
  }

  private void bodies(ObjectNode operation, JsonNode method) {
    for (var model : method.path("requestModels").properties()) {
      JsonNode schema = reference(model.getValue().asText());
      if (isVersion2) {
        ArrayNode parameters =
            operation.get("parameters") instanceof ArrayNode there
                ? there
                : operation.putArray("parameters");
        ObjectNode body = parameters.addObject().put("in", "body").put("name", "body");
        body.put("required", true).set("schema", schema);
        operation.putArray("consumes").add(model.getKey());
      } else {
        ObjectNode content = child(child(operation, "requestBody"), "content");
        content.putObject(model.getKey()).set("schema", schema);
        child(operation, "requestBody").put("required", true);
      }
    }
  }

  private ObjectNode response(JsonNode method) {
    ObjectNode response = Json.object();
    response.put("description", method.path("statusCode").asText() + " response");
    for (var parameter : method.path("responseParameters").properties()) {
      String name = parameter.getKey().substring("method.response.header.".length());
      ObjectNode header = child(response, "headers").putObject(name);
      if (isVersion2) {
        header.put("type", "string");
      } else {
        header.putObject("schema").put("type", "string");
      }
    }
    for (var model : method.path("responseModels").properties()) {
      JsonNode schema = reference(model.getValue().asText());
      if (isVersion2) {
        response.set("schema", schema);
      } else {
        child(response, "content").putObject(model.getKey()).set("schema", schema);
      }
    }
    return response;
  }

  private ObjectNode reference(String model) {
    return Json.object()
        .put("$ref", (isVersion2 ? "#/definitions/" : "#/components/schemas/") + model);
  }

  private static ObjectNode integration(JsonNode integration) {
    ObjectNode shown = integration.deepCopy();
    shown.remove(List.of("integrationResponses", "cacheNamespace", "cacheKeyParameters"));
    shown.put("type", integration.path("type").asText().toLowerCase(Locale.ROOT));
    shown.put(
        "passthroughBehavior",
        integration.path("passthroughBehavior").asText().toLowerCase(Locale.ROOT));
    ObjectNode responses = Json.object();
    for (JsonNode response : integration.path("integrationResponses")) {
      ObjectNode one = response.deepCopy();
      String pattern = one.path("selectionPattern").asText("");
      one.remove("selectionPattern");
      responses.set(pattern.isEmpty() ? "default" : pattern, one);
    }
    if (!responses.isEmpty()) {
      shown.set("responses", responses);
    }
    return shown;
  }

  private void schemas(ObjectNode components) {
    for (Map.Entry<String, ObjectNode> model : parts.models().entrySet()) {
      JsonNode schema = ModelSchema.parse(model.getValue().path("schema").asText("{}")).deepCopy();
      localReferences(schema);
      child(components, isVersion2 ? "definitions" : "schemas").set(model.getKey(), schema);
    }
  }

  private void localReferences(JsonNode node) {
    if (node instanceof ObjectNode object) {
      Matcher model = MODEL.matcher(object.path("$ref").asText());
      if (model.matches()) {
        object.setAll(reference(model.group(1)));
      }
    }
    node.forEach(this::localReferences);
  }

  private void security(ObjectNode components) {
    String member = isVersion2 ? "securityDefinitions" : "securitySchemes";
    boolean keys =
        parts.resources().values().stream()
            .flatMap(resource -> resource.path("resourceMethods").valueStream())
            .anyMatch(method -> method.path("apiKeyRequired").asBoolean());
    if (keys) {
      ObjectNode key = child(components, member).putObject("api_key").put("type", "apiKey");
      key.put("name", "x-api-key").put("in", "header");
    }
    for (ObjectNode authorizer : parts.authorizers().values()) {
      ObjectNode scheme = child(components, member).putObject(authorizer.path("name").asText());
      String source = authorizer.path("identitySource").asText("");
      boolean token = !authorizer.path("type").asText().equals("REQUEST");
      scheme.put("type", "apiKey").put("in", "header");
      scheme.put("name", token ? source.replace("method.request.header.", "") : "Unused");
      scheme.set(OpenApiDocument.EXTENSION + "authtype", authorizer.path("authType"));
      if (shows("authorizers")) {
        ObjectNode shown = authorizer.deepCopy();
        shown.remove(List.of("id", "name", "authType"));
        shown.put("type", authorizer.path("type").asText().toLowerCase(Locale.ROOT));
        scheme.set(OpenApiDocument.EXTENSION + "authorizer", shown);
      }
    }
  }

  private void apiExtensions(ObjectNode document) {
    if (!shows("integrations")) {
      return;
    }
    for (ObjectNode response : parts.gatewayResponses().values()) {
      ObjectNode shown = response.deepCopy();
      shown.remove(List.of("responseType", "defaultResponse"));
      child(document, OpenApiDocument.EXTENSION + "gateway-responses")
          .set(response.path("responseType").asText(), shown);
    }
    for (ObjectNode validator : parts.validators().values()) {
      ObjectNode shown = validator.deepCopy();
      shown.remove(List.of("id", "name"));
      child(document, OpenApiDocument.EXTENSION + "request-validators")
          .set(validator.path("name").asText(), shown);
    }
    JsonNode binary = parts.json().path("binaryMediaTypes");
    if (!binary.isEmpty()) {
      document.set(OpenApiDocument.EXTENSION + "binary-media-types", binary.deepCopy());
    }
  }
}
