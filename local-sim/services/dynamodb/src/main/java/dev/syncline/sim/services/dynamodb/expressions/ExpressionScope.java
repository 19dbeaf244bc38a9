// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.expressions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.services.dynamodb.values.AttributeValue;
import dev.syncline.sim.services.dynamodb.values.SerializationFault;
import dev.syncline.sim.services.dynamodb.values.Sizes;
import dev.syncline.sim.services.dynamodb.values.Utf8;
import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import dev.syncline.sim.services.dynamodb.values.ValueReader;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The {@code ExpressionAttributeNames} and {@code ExpressionAttributeValues} of one request, and
 * which of them its expressions use. Not thread-safe: one request uses it.
 */
public final class ExpressionScope {
  /** The longest placeholder, in UTF-8 bytes, its sign included (DynamoDB guide). */
  public static final int MAX_PLACEHOLDER_BYTES = 255;

  /** The largest sum of all names and values with their placeholders (DynamoDB guide). */
  static final int MAX_BYTES = 2 << 20;

  private static final String NAMES = "ExpressionAttributeNames";
  private static final String VALUES = "ExpressionAttributeValues";

  private final Map<String, String> names;
  private final Map<String, AttributeValue> values;
  private final Set<String> used = new HashSet<>();

  /**
   * Takes both parameters; null for one that the request does not have.
   *
   * @throws ValidationFault for an empty parameter and for a malformed placeholder
   */
  public ExpressionScope(
      @Nullable Map<String, String> names, @Nullable Map<String, AttributeValue> values) {
    if (names != null) {
      requireNames(names);
    }
    if (values != null) {
      requirePlaceholders(VALUES, ':', values.keySet());
    }
    requireSize(names, values);
    this.names = names == null ? Map.of() : names;
    this.values = values == null ? Map.of() : values;
  }

  /**
   * Reads both parameters of a request; null for one that it does not have.
   *
   * @throws ValidationFault also for a value that is wrong
   * @throws SerializationFault for a JSON type that does not fit
   */
  public static ExpressionScope read(@Nullable JsonNode names, @Nullable JsonNode values) {
    Map<String, String> readNames = null;
    if (names != null && !names.isNull()) {
      readNames = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> name : names.properties()) {
        readNames.put(name.getKey(), name.getValue().asText());
      }
      requireNames(readNames);
    }
    Map<String, AttributeValue> readValues = null;
    if (values != null && !values.isNull()) {
      requirePlaceholders(VALUES, ':', placeholders(values));
      readValues = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> value : values.properties()) {
        readValues.put(value.getKey(), readValue(value.getKey(), value.getValue()));
      }
    }
    return new ExpressionScope(readNames, readValues);
  }

  private static List<String> placeholders(JsonNode parameter) {
    return parameter.properties().stream().map(Map.Entry::getKey).toList();
  }

  private static AttributeValue readValue(String placeholder, JsonNode value) {
    try {
      return ValueReader.read(value);
    } catch (ValidationFault fault) {
      if (fault.text().equals(ValueReader.TOO_DEEP)) {
        // Captured in 2026: the one fault of a value that stands alone.
        throw fault;
      }
      String sentence =
          VALUES + " contains invalid value: " + fault.text() + " for key " + placeholder;
      // The new request validation names neither the parameter nor the placeholder.
      throw fault.kind() == ValidationFault.Kind.REQUEST
          ? ValidationFault.request(sentence, fault.newText())
          : ValidationFault.request(sentence);
    }
  }

  private static void requireSize(
      @Nullable Map<String, String> names, @Nullable Map<String, AttributeValue> values) {
    long bytes = 0;
    if (names != null) {
      for (Map.Entry<String, String> name : names.entrySet()) {
        bytes += Utf8.length(name.getKey()) + Utf8.length(name.getValue());
      }
    }
    if (values != null) {
      for (Map.Entry<String, AttributeValue> value : values.entrySet()) {
        bytes += Sizes.ofAttribute(value.getKey(), value.getValue());
      }
    }
    if (bytes > MAX_BYTES) {
      throw ValidationFault.request(
          "The size of ExpressionAttributeNames and ExpressionAttributeValues has exceeded the"
              + " maximum allowed size; size: "
              + bytes);
    }
  }

  /** Without names and values. */
  public static ExpressionScope empty() {
    return new ExpressionScope(null, null);
  }

  /** Refuses an empty parameter and malformed placeholders, before their values are looked at. */
  static void requirePlaceholders(String parameter, char sign, Collection<String> placeholders) {
    if (placeholders.isEmpty()) {
      throw ValidationFault.request(parameter + " must not be empty");
    }
    for (String placeholder : placeholders) {
      int bytes = Utf8.length(placeholder);
      if (bytes > MAX_PLACEHOLDER_BYTES) {
        throw ValidationFault.request(
            parameter
                + " contains invalid key: The expression attribute map contains a key that is too"
                + " long;"
                + (sign == '#' ? " size of key: " + bytes : ""));
      }
      if (!isPlaceholder(placeholder, sign)) {
        throw ValidationFault.request(
            parameter + " contains invalid key: Syntax error; key: \"" + placeholder + "\"");
      }
    }
  }

  private static boolean isPlaceholder(String text, char sign) {
    return text.length() > 1
        && text.charAt(0) == sign
        && text.chars().skip(1).allMatch(c -> Tokenizer.isPart((char) c));
  }

  private static void requireNames(Map<String, String> names) {
    requirePlaceholders(NAMES, '#', names.keySet());
    names.forEach(ExpressionScope::requireName);
  }

  private static void requireName(String placeholder, String name) {
    if (name.isEmpty()) {
      throw ValidationFault.request(
          NAMES + " contains invalid value: Empty attribute name for key " + placeholder);
    }
  }

  /** The name behind a placeholder {@code #x}, and notes its use. */
  String name(String placeholder, ExpressionKind kind) {
    return known(
        names, placeholder, kind, "name used in the document path is not defined; attribute name");
  }

  /** The value behind a placeholder {@code :x}, and notes its use. */
  AttributeValue value(String placeholder, ExpressionKind kind) {
    return known(
        values, placeholder, kind, "value used in expression is not defined; attribute value");
  }

  private <T> T known(Map<String, T> all, String placeholder, ExpressionKind kind, String fault) {
    T found = all.get(placeholder);
    if (found == null) {
      throw kind.fault("An expression attribute " + fault + ": " + placeholder);
    }
    used.add(placeholder);
    return found;
  }

  /**
   * Called when all expressions of the request are read.
   *
   * @throws ValidationFault for names, then for values, that no expression uses
   */
  public void requireAllUsed() {
    requireUsed(NAMES, names.keySet());
    requireUsed(VALUES, values.keySet());
  }

  private void requireUsed(String parameter, Set<String> placeholders) {
    String unused =
        placeholders.stream().filter(key -> !used.contains(key)).collect(Collectors.joining(", "));
    if (!unused.isEmpty()) {
      throw ValidationFault.request(
          "Value provided in " + parameter + " unused in expressions: keys: {" + unused + "}");
    }
  }
}
