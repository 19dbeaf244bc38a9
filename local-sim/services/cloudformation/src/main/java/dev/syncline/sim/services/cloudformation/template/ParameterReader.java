// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.kernel.BoundedPattern;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Reads one member of the Parameters section. */
final class ParameterReader {
  private static final Set<String> ATTRIBUTES =
      Set.of(
          "Type",
          "Default",
          "Description",
          "NoEcho",
          "AllowedValues",
          "AllowedPattern",
          "ConstraintDescription",
          "MinLength",
          "MaxLength",
          "MinValue",
          "MaxValue");

  private final String name;
  private final JsonNode value;

  private ParameterReader(String name, JsonNode value) {
    this.name = name;
    this.value = value;
  }

  static ParameterDefinition read(String name, JsonNode value) {
    return new ParameterReader(name, value).read();
  }

  private ParameterDefinition read() {
    if (!value.isObject()) {
      throw error("every Parameters member must be an object");
    }
    value
        .fieldNames()
        .forEachRemaining(
            attribute -> {
              if (!ATTRIBUTES.contains(attribute)) {
                throw error("the attribute " + attribute + " is not known");
              }
            });
    String type = scalar("Type");
    if (type == null) {
      throw TemplateReader.error("Every Parameters object must contain a Type member.");
    }
    if (!ParameterDefinition.TYPES.contains(type)) {
      throw error(
          "the type "
              + type
              + " is not supported by the simulator; supported are String, Number, List<Number>"
              + " and CommaDelimitedList");
    }
    var definition =
        new ParameterDefinition(
            name,
            type,
            scalar("Default"),
            scalar("Description"),
            "true".equals(scalar("NoEcho")),
            allowedValues(),
            pattern(),
            scalar("ConstraintDescription"),
            integer("MinLength"),
            integer("MaxLength"),
            number("MinValue"),
            number("MaxValue"));
    if (definition.defaultValue() != null) {
      definition.check(definition.defaultValue());
    }
    return definition;
  }

  private List<String> allowedValues() {
    JsonNode list = value.path("AllowedValues");
    if (!list.isMissingNode() && !list.isArray()) {
      throw error("AllowedValues must be a list");
    }
    var values = new ArrayList<String>();
    for (JsonNode item : list) {
      if (!item.isValueNode()) {
        throw error("AllowedValues must hold texts or numbers");
      }
      values.add(item.asText());
    }
    return List.copyOf(values);
  }

  private @Nullable BoundedPattern pattern() {
    String text = scalar("AllowedPattern");
    if (text == null) {
      return null;
    }
    try {
      return BoundedPattern.of(text);
    } catch (PatternSyntaxException malformed) {
      throw error("AllowedPattern is not a regular expression: " + malformed.getDescription());
    }
  }

  private @Nullable Integer integer(String attribute) {
    BigDecimal number = number(attribute);
    if (number == null) {
      return null;
    }
    try {
      return number.intValueExact();
    } catch (ArithmeticException notWhole) {
      throw error(attribute + " must be a whole number");
    }
  }

  private @Nullable BigDecimal number(String attribute) {
    String text = scalar(attribute);
    if (text == null) {
      return null;
    }
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException notANumber) {
      throw error(attribute + " must be a number");
    }
  }

  private @Nullable String scalar(String attribute) {
    JsonNode member = value.path(attribute);
    if (member.isMissingNode()) {
      return null;
    }
    if (!member.isValueNode()) {
      throw error(attribute + " must be a text, a number or a boolean");
    }
    return member.asText();
  }

  private TemplateException error(String problem) {
    return TemplateReader.error("[/Parameters/" + name + "] " + problem + ".");
  }
}
