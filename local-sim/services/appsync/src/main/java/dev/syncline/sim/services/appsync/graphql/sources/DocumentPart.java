// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.sources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An object of a request document. A null member counts as missing.
 *
 * @param path its place, such as {@code $[query]}; {@code $} for the document
 */
record DocumentPart(ObjectNode json, String path) {
  /** The document itself. */
  static DocumentPart of(JsonNode document) throws SourceFailure {
    if (document instanceof ObjectNode json) {
      return new DocumentPart(json, "$");
    }
    throw SourceFailure.template("Value for field '$[operation]' not found.");
  }

  /** The place of a member. */
  String place(String member) {
    return path + "[" + member + "]";
  }

  boolean has(String member) {
    return json.hasNonNull(member);
  }

  /** Refuses members that a document of this kind does not have. */
  void only(Set<String> members) throws SourceFailure {
    for (Map.Entry<String, JsonNode> given : json.properties()) {
      if (!members.contains(given.getKey()) && !given.getValue().isNull()) {
        throw SourceFailure.template("Unsupported element '" + place(given.getKey()) + "'.");
      }
    }
  }

  /** A text; null without one. */
  @Nullable String text(String member) throws SourceFailure {
    JsonNode value = json.get(member);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isValueNode()) {
      throw wrong(member, "a string");
    }
    return value.asText();
  }

  String requiredText(String member) throws SourceFailure {
    String value = text(member);
    if (value == null) {
      throw missing(member);
    }
    return value;
  }

  @Nullable Integer number(String member) throws SourceFailure {
    JsonNode value = json.get(member);
    if (value == null || value.isNull()) {
      return null;
    }
    if (value.isNumber() && value.canConvertToInt()) {
      return value.intValue();
    }
    throw wrong(member, "a number");
  }

  boolean flag(String member, boolean fallback) throws SourceFailure {
    JsonNode value = json.get(member);
    if (value == null || value.isNull()) {
      return fallback;
    }
    if (value.isBoolean()) {
      return value.booleanValue();
    }
    String text = value.asText().toLowerCase(Locale.ROOT);
    if (text.equals("true") || text.equals("false")) {
      return Boolean.parseBoolean(text);
    }
    throw wrong(member, "a boolean");
  }

  Optional<DocumentPart> part(String member) throws SourceFailure {
    JsonNode value = json.get(member);
    if (value == null || value.isNull()) {
      return Optional.empty();
    }
    if (value instanceof ObjectNode object) {
      return Optional.of(new DocumentPart(object, place(member)));
    }
    throw wrong(member, "an object");
  }

  DocumentPart requiredPart(String member) throws SourceFailure {
    Optional<DocumentPart> value = part(member);
    if (value.isEmpty()) {
      throw missing(member);
    }
    return value.get();
  }

  /** The objects of a list that must be there. */
  List<DocumentPart> list(String member) throws SourceFailure {
    JsonNode value = json.get(member);
    if (value == null || value.isNull()) {
      throw missing(member);
    }
    if (!value.isArray()) {
      throw wrong(member, "an array");
    }
    var parts = new ArrayList<DocumentPart>();
    for (JsonNode one : value) {
      String place = place(member) + "[" + parts.size() + "]";
      if (!(one instanceof ObjectNode object)) {
        throw SourceFailure.template("Value for field '" + place + "' must be an object");
      }
      parts.add(new DocumentPart(object, place));
    }
    return parts;
  }

  SourceFailure missing(String member) {
    return SourceFailure.template("Value for field '" + place(member) + "' not found.");
  }

  SourceFailure wrong(String member, String kind) {
    return SourceFailure.template("Value for field '" + place(member) + "' must be " + kind);
  }

  /** An operation that the data source does not have. */
  static SourceFailure unsupportedOperation(String operation) {
    return SourceFailure.template("Unsupported operation '" + operation + "'.");
  }
}
