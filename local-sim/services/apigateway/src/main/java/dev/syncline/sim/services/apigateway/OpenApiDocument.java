// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.contract.YamlDocuments;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An OpenAPI 2.0 or 3.0 document, with its references resolved where they are read. Immutable. */
record OpenApiDocument(JsonNode root, boolean isVersion2) {
  static final String EXTENSION = "x-amazon-apigateway-";
  private static final int MAX_REFERENCES = 20;
  private static final String DEFINITIONS = "#/definitions/";
  private static final String SCHEMAS = "#/components/schemas/";

  /** Keywords of OpenAPI that JSON Schema does not know, and that check nothing. */
  private static final Set<String> ANNOTATIONS =
      Set.of(
          "deprecated",
          "discriminator",
          "example",
          "externalDocs",
          "nullable",
          "readOnly",
          "writeOnly",
          "xml");

  /** Reads JSON, or YAML. */
  static OpenApiDocument read(String text, YamlDocuments yaml) {
    JsonNode root;
    try {
      root = text.stripLeading().startsWith("{") ? Json.MAPPER.readTree(text) : yaml.read(text);
    } catch (JsonProcessingException malformed) {
      throw GatewayErrors.badRequest(
          "Invalid OpenAPI input. It is not JSON: " + malformed.getOriginalMessage());
    } catch (IllegalArgumentException malformed) {
      throw GatewayErrors.badRequest("Invalid OpenAPI input. " + malformed.getMessage());
    }
    boolean two = root.path("swagger").asText().equals("2.0");
    if (!two && !root.path("openapi").asText().startsWith("3.0")) {
      throw GatewayErrors.badRequest(
          "Invalid OpenAPI input. The simulator reads 'swagger': '2.0' and 'openapi': '3.0.x'.");
    }
    return new OpenApiDocument(root, two);
  }

  /** An extension of the whole document. */
  JsonNode extension(String name) {
    return root.path(EXTENSION + name);
  }

  /** The schemas that become models, by name. */
  Iterable<Map.Entry<String, JsonNode>> schemas() {
    return (isVersion2 ? root.path("definitions") : root.at("/components/schemas")).properties();
  }

  JsonNode securityScheme(String name) {
    JsonNode schemes =
        isVersion2 ? root.path("securityDefinitions") : root.at("/components/securitySchemes");
    return resolve(schemes.path(name));
  }

  /** The path before all paths, as {@code basepath} asks; without a slash at the end. */
  String basePath(String mode) {
    String base = root.path("basePath").asText("");
    if (!isVersion2) {
      JsonNode server = root.path("servers").path(0);
      String url = server.path("url").asText("");
      String variable = server.at("/variables/basePath/default").asText("");
      base = variable.isEmpty() ? url.replaceFirst("^https?://[^/]*", "") : variable;
    }
    String whole = base.startsWith("/") ? base.replaceAll("/+$", "") : "";
    return switch (mode) {
      case "prepend" -> whole;
      // The first part is that of a custom domain's mapping.
      case "split" -> whole.isEmpty() ? "" : whole.replaceFirst("^/[^/]+", "");
      default -> "";
    };
  }

  /** What a local reference leads to, or the node itself. */
  JsonNode resolve(JsonNode node) {
    JsonNode current = node;
    for (int i = 0; i < MAX_REFERENCES && current.path("$ref").isTextual(); i++) {
      String reference = current.get("$ref").asText();
      current =
          reference.startsWith("#/") ? root.at(reference.substring(1)) : MissingNode.getInstance();
      if (current.isMissingNode()) {
        throw GatewayErrors.badRequest(
            "Invalid OpenAPI input. The reference " + reference + " leads nowhere.");
      }
    }
    return current;
  }

  /** The schema of a body by content type, of OpenAPI 3; empty for one without content. */
  List<Map.Entry<String, JsonNode>> content(JsonNode body) {
    var content = new ArrayList<Map.Entry<String, JsonNode>>();
    for (var type : resolve(body).path("content").properties()) {
      if (type.getValue().has("schema")) {
        content.add(Map.entry(type.getKey(), type.getValue().get("schema")));
      }
    }
    return content;
  }

  /** The content types of bodies, of OpenAPI 2: the operation's, else the document's, else JSON. */
  List<String> types(JsonNode operation, String member) {
    JsonNode types = operation.has(member) ? operation.path(member) : root.path(member);
    var all = new ArrayList<String>();
    types.forEach(type -> all.add(type.asText()));
    return all.isEmpty() ? List.of("application/json") : all;
  }

  /** The name of the model that a schema is a reference to; empty for any other schema. */
  static String modelName(JsonNode schema) {
    String reference = schema.path("$ref").asText("");
    for (String prefix : List.of(DEFINITIONS, SCHEMAS)) {
      if (reference.startsWith(prefix)) {
        return reference.substring(prefix.length());
      }
    }
    return "";
  }

  /** A schema as API Gateway stores it: references lead to models of the API. */
  static JsonNode schemaOf(String apiId, JsonNode schema) {
    JsonNode copy = schema.deepCopy();
    adapt(apiId, copy, false);
    return copy;
  }

  private static void adapt(String apiId, JsonNode node, boolean isMapOfSchemas) {
    if (node instanceof ObjectNode object) {
      String model = modelName(object);
      if (!model.isEmpty()) {
        object.put(
            "$ref", "https://apigateway.amazonaws.com/restapis/" + apiId + "/models/" + model);
      }
      if (!isMapOfSchemas) {
        object.remove(ANNOTATIONS);
        object.remove(
            object.properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> name.startsWith("x-"))
                .toList());
      }
      object
          .properties()
          .forEach(
              member ->
                  adapt(
                      apiId,
                      member.getValue(),
                      !isMapOfSchemas
                          && Set.of("properties", "patternProperties", "definitions")
                              .contains(member.getKey())));
    } else {
      node.forEach(item -> adapt(apiId, item, false));
    }
  }
}
