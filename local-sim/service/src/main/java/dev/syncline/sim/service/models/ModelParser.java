// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.models;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.models.ModelMember.Location;
import dev.syncline.sim.service.models.ModelShape.Limits;
import dev.syncline.sim.service.models.ModelShape.NumericType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a {@link ServiceModel} from the JSON that the script writes. Used by one thread. */
final class ModelParser {
  private final String id;
  private final JsonNode root;
  private final Map<String, ModelShape> shapes = new LinkedHashMap<>();

  ModelParser(String id, JsonNode root) {
    this.id = id;
    this.root = root;
  }

  ServiceModel model() {
    root.path("shapes")
        .properties()
        .forEach(shape -> shapes.put(shape.getKey(), shape(shape.getKey(), shape.getValue())));
    var operations = new LinkedHashMap<String, ModelOperation>();
    root.path("operations")
        .properties()
        .forEach(one -> operations.put(one.getKey(), operation(one.getKey(), one.getValue())));
    JsonNode metadata = root.path("metadata");
    String endpointPrefix = text(metadata, "endpointPrefix");
    return new ServiceModel(
        id,
        text(metadata, "serviceId"),
        text(metadata, "apiVersion"),
        text(metadata, "protocol"),
        texts(metadata.path("protocols")),
        optional(metadata, "jsonVersion"),
        optional(metadata, "targetPrefix"),
        optional(metadata, "signingName").orElse(endpointPrefix),
        endpointPrefix,
        namespace(metadata),
        Collections.unmodifiableMap(operations),
        Collections.unmodifiableMap(shapes));
  }

  private ModelOperation operation(String name, JsonNode operation) {
    JsonNode http = operation.path("http");
    return new ModelOperation(
        name,
        text(http, "method"),
        text(http, "requestUri"),
        http.path("responseCode").asInt(200),
        reference(operation.get("input")),
        reference(operation.get("output")),
        texts(operation.path("errors")).stream().map(this::structure).toList(),
        optional(operation.path("output"), "resultWrapper"),
        optional(operation.path("endpoint"), "hostPrefix"),
        !operation.path("authtype").asText().equals("none"),
        flag(operation, "deprecated"));
  }

  private Optional<ModelShape.Structure> reference(@Nullable JsonNode reference) {
    return Optional.ofNullable(reference)
        .map(given -> structure(given.isTextual() ? given.asText() : text(given, "shape")));
  }

  private ModelShape.Structure structure(String name) {
    if (shapes.get(name) instanceof ModelShape.Structure structure) {
      return structure;
    }
    throw malformed("shape " + name + " is not a structure");
  }

  private ModelShape shape(String name, JsonNode shape) {
    boolean sensitive = flag(shape, "sensitive");
    boolean flattened = flag(shape, "flattened");
    String type = text(shape, "type");
    return switch (type) {
      case "structure" -> structure(name, shape, sensitive);
      case "list" ->
          new ModelShape.Sequence(
              name, member("member", shape.path("member")), flattened, limits(shape), sensitive);
      case "map" ->
          new ModelShape.Dictionary(
              name,
              member("key", shape.path("key")),
              member("value", shape.path("value")),
              flattened,
              limits(shape),
              sensitive);
      case "string" ->
          new ModelShape.Text(
              name,
              limits(shape),
              optional(shape, "pattern"),
              texts(shape.path("enum")),
              sensitive);
      case "blob" -> new ModelShape.Blob(name, limits(shape), flag(shape, "streaming"), sensitive);
      case "integer" -> numeric(name, NumericType.INTEGER, shape, sensitive);
      case "long" -> numeric(name, NumericType.LONG, shape, sensitive);
      case "float" -> numeric(name, NumericType.FLOAT, shape, sensitive);
      case "double" -> numeric(name, NumericType.DOUBLE, shape, sensitive);
      case "boolean" -> new ModelShape.Flag(name, flag(shape, "box"), sensitive);
      case "timestamp" ->
          new ModelShape.Timestamp(name, optional(shape, "timestampFormat"), sensitive);
      default -> throw malformed("shape " + name + " has the unknown type " + type);
    };
  }

  private ModelShape.Structure structure(String name, JsonNode shape, boolean sensitive) {
    var members = new LinkedHashMap<String, ModelMember>();
    shape
        .path("members")
        .properties()
        .forEach(one -> members.put(one.getKey(), member(one.getKey(), one.getValue())));
    return new ModelShape.Structure(
        name,
        Collections.unmodifiableMap(members),
        Collections.unmodifiableSet(new LinkedHashSet<>(texts(shape.path("required")))),
        flag(shape, "union"),
        flag(shape, "document"),
        flag(shape, "eventstream"),
        optional(shape, "payload"),
        flag(shape, "exception"),
        Optional.ofNullable(shape.get("error")).map(ModelParser::error),
        sensitive);
  }

  private static ModelShape.ErrorTrait error(JsonNode error) {
    return new ModelShape.ErrorTrait(
        optional(error, "code"),
        Optional.ofNullable(error.get("httpStatusCode")).map(JsonNode::asInt));
  }

  private static ModelShape numeric(
      String name, NumericType type, JsonNode shape, boolean sensitive) {
    return new ModelShape.Numeric(name, type, limits(shape), flag(shape, "box"), sensitive);
  }

  /** A reference is a name, or an object with the name and further traits. */
  private ModelMember member(String name, JsonNode reference) {
    return new ModelMember(
        name,
        reference.isTextual() ? reference.asText() : text(reference, "shape"),
        optional(reference, "location").map(this::location),
        optional(reference, "locationName"),
        flag(reference, "flattened"),
        flag(reference, "streaming"),
        flag(reference, "xmlAttribute"),
        flag(reference, "box"),
        flag(reference, "idempotencyToken"),
        flag(reference, "jsonvalue"),
        flag(reference, "hostLabel"),
        namespace(reference));
  }

  private Location location(String location) {
    return switch (location) {
      case "header" -> Location.HEADER;
      case "headers" -> Location.HEADERS;
      case "querystring" -> Location.QUERY_STRING;
      case "uri" -> Location.URI;
      case "statusCode" -> Location.STATUS_CODE;
      default -> throw malformed("unknown location " + location);
    };
  }

  private static Limits limits(JsonNode shape) {
    JsonNode min = shape.get("min");
    JsonNode max = shape.get("max");
    if (min == null && max == null) {
      return Limits.NONE;
    }
    Function<JsonNode, BigDecimal> number = JsonNode::decimalValue;
    return new Limits(Optional.ofNullable(min).map(number), Optional.ofNullable(max).map(number));
  }

  /** A namespace is a URI, or an object with the URI and a prefix. */
  private static Optional<String> namespace(JsonNode owner) {
    JsonNode namespace = owner.path("xmlNamespace");
    return namespace.isObject() ? optional(namespace, "uri") : optional(owner, "xmlNamespace");
  }

  private static boolean flag(JsonNode owner, String key) {
    return owner.path(key).asBoolean();
  }

  private static Optional<String> optional(JsonNode owner, String key) {
    return Optional.ofNullable(owner.get(key)).map(JsonNode::asText);
  }

  private String text(JsonNode owner, String key) {
    return optional(owner, key).orElseThrow(() -> malformed("'" + key + "' is missing"));
  }

  private static List<String> texts(JsonNode list) {
    var texts = new ArrayList<String>(list.size());
    list.forEach(one -> texts.add(one.asText()));
    return List.copyOf(texts);
  }

  private IllegalStateException malformed(String what) {
    return new IllegalStateException("The model of " + id + " is malformed: " + what);
  }
}
