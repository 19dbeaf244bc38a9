// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The members of an operation's input. Scalars may arrive as text (query protocol) or as their own
 * type; the methods accept both. A member of the wrong type is a {@code ValidationException} that
 * names it.
 *
 * <p>A null member counts as absent. Not thread-safe.
 */
public final class Input {
  private final ObjectNode json;
  private final String path;

  /** Wraps an input structure. */
  public Input(ObjectNode json) {
    this(json, "");
  }

  private Input(ObjectNode json, String path) {
    this.json = json;
    this.path = path;
  }

  /** The structure itself; callers must not change it. */
  public ObjectNode json() {
    return json;
  }

  /** Whether the member is there and not null. */
  public boolean has(String member) {
    return json.hasNonNull(member);
  }

  /** The member as received, absent when null. */
  public Optional<JsonNode> node(String member) {
    return has(member) ? Optional.of(json.get(member)) : Optional.empty();
  }

  /** A text member. */
  public Optional<String> text(String member) {
    return node(member)
        .map(
            value -> {
              if (!value.isValueNode()) {
                throw wrongType(member, "a string");
              }
              return value.asText();
            });
  }

  /** A required text member that is not empty. */
  public String requiredText(String member) {
    String value = text(member).orElseThrow(() -> missing(member));
    if (value.isEmpty()) {
      throw missing(member);
    }
    return value;
  }

  /** A whole number. */
  public OptionalInt integer(String member) {
    OptionalLong value = longInteger(member);
    if (value.isEmpty()) {
      return OptionalInt.empty();
    }
    if (value.getAsLong() != (int) value.getAsLong()) {
      throw wrongType(member, "an integer");
    }
    return OptionalInt.of((int) value.getAsLong());
  }

  /** A whole number of 64 bits. */
  public OptionalLong longInteger(String member) {
    Optional<JsonNode> value = node(member);
    if (value.isEmpty()) {
      return OptionalLong.empty();
    }
    if (value.get().isIntegralNumber() || value.get().isTextual()) {
      try {
        return OptionalLong.of(Long.parseLong(value.get().asText()));
      } catch (NumberFormatException notANumber) {
        throw wrongType(member, "an integer");
      }
    }
    throw wrongType(member, "an integer");
  }

  /** A number, finite. */
  public OptionalDouble decimal(String member) {
    Optional<JsonNode> value = node(member);
    if (value.isEmpty()) {
      return OptionalDouble.empty();
    }
    if (value.get().isNumber() || value.get().isTextual()) {
      try {
        double number = Double.parseDouble(value.get().asText());
        if (Double.isFinite(number)) {
          return OptionalDouble.of(number);
        }
      } catch (NumberFormatException notANumber) {
        // Refused below.
      }
    }
    throw wrongType(member, "a number");
  }

  /** A time: seconds since the epoch, or a text of ISO 8601. */
  public Optional<Instant> time(String member) {
    return node(member)
        .map(
            value -> {
              try {
                return value.isNumber()
                    ? Instant.ofEpochMilli(value.decimalValue().movePointRight(3).longValue())
                    : OffsetDateTime.parse(value.asText()).toInstant();
              } catch (DateTimeParseException notATime) {
                throw wrongType(member, "a timestamp");
              }
            });
  }

  /** A boolean, or {@code fallback} when absent. */
  public boolean bool(String member, boolean fallback) {
    Optional<String> value = text(member);
    if (value.isEmpty()) {
      return fallback;
    }
    return switch (value.get()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrongType(member, "a boolean");
    };
  }

  /** A structure, absent when null. */
  public Optional<Input> structure(String member) {
    return node(member)
        .map(
            value -> {
              if (value instanceof ObjectNode object) {
                return new Input(object, path + member + ".");
              }
              throw wrongType(member, "a structure");
            });
  }

  /** A list, empty when absent; a {@link LooseText} counts as a list of one. */
  public List<JsonNode> list(String member) {
    var items = new ArrayList<JsonNode>();
    node(member)
        .ifPresent(
            value -> {
              if (value instanceof LooseText loose) {
                if (!loose.textValue().isEmpty()) {
                  items.add(loose);
                }
                return;
              }
              if (!value.isArray()) {
                throw wrongType(member, "a list");
              }
              value.forEach(items::add);
            });
    return items;
  }

  /** A list of structures, empty when absent. */
  public List<Input> structures(String member) {
    var items = new ArrayList<Input>();
    for (JsonNode item : list(member)) {
      if (!(item instanceof ObjectNode object)) {
        throw wrongType(member, "a list of structures");
      }
      items.add(new Input(object, path + member + "[" + items.size() + "]."));
    }
    return items;
  }

  /** A list of texts, empty when absent. */
  public List<String> texts(String member) {
    var items = new ArrayList<String>();
    for (JsonNode item : list(member)) {
      if (!item.isValueNode()) {
        throw wrongType(member, "a list of strings");
      }
      items.add(item.asText());
    }
    return items;
  }

  /** A map of text to text, in order, empty when absent. */
  public Map<String, String> textMap(String member) {
    var entries = new LinkedHashMap<String, String>();
    structure(member)
        .ifPresent(
            map ->
                map.json
                    .properties()
                    .forEach(
                        entry -> {
                          if (!entry.getValue().isValueNode()) {
                            throw wrongType(member, "a map of strings");
                          }
                          entries.put(entry.getKey(), entry.getValue().asText());
                        }));
    return entries;
  }

  /**
   * Refuses members of a nested structure that are not in {@code supported}.
   *
   * @throws AwsException naming the member
   */
  public Input only(String... supported) {
    List<String> known = List.of(supported);
    json.properties()
        .forEach(
            entry -> {
              if (!known.contains(entry.getKey())) {
                throw AwsException.badRequest(
                    "ValidationException",
                    "The simulator does not support the member '" + path + entry.getKey() + "'.");
              }
            });
    return this;
  }

  private AwsException missing(String member) {
    return AwsException.badRequest(
        "ValidationException",
        "1 validation error detected: Value at '"
            + path
            + member
            + "' failed to satisfy constraint: Member must not be null");
  }

  /** AWS's parsers refuse a structure or list in place of a scalar; this is their text. */
  private AwsException wrongType(String member, String expected) {
    JsonNode value = json.path(member);
    if (value.isObject() || holdsStructure(value)) {
      return AwsException.badRequest(
          "SerializationException", "Start of structure or map found where not expected.");
    }
    if (value.isArray() && !expected.startsWith("a list")) {
      return AwsException.badRequest(
          "SerializationException", "Start of list found where not expected");
    }
    return AwsException.badRequest(
        "ValidationException", "The member '" + path + member + "' must be " + expected + ".");
  }

  private static boolean holdsStructure(JsonNode list) {
    for (JsonNode item : list) {
      if (item.isObject()) {
        return list.isArray();
      }
    }
    return false;
  }
}
