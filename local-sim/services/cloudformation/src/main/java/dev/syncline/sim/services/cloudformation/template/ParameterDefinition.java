// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation.template;

import dev.syncline.sim.kernel.BoundedPattern;
import dev.syncline.sim.kernel.PatternTooCostlyException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A parameter as the template declares it.
 *
 * @param type {@code String}, {@code Number}, {@code CommaDelimitedList} or {@code List<Number>}
 * @param defaultValue null if the caller must give a value
 * @param noEcho whether answers show {@code ****} in place of the value
 * @param allowedValues empty when any value is
 */
public record ParameterDefinition(
    String name,
    String type,
    @Nullable String defaultValue,
    @Nullable String description,
    boolean noEcho,
    List<String> allowedValues,
    @Nullable BoundedPattern allowedPattern,
    @Nullable String constraintDescription,
    @Nullable Integer minLength,
    @Nullable Integer maxLength,
    @Nullable BigDecimal minValue,
    @Nullable BigDecimal maxValue) {

  static final Set<String> TYPES = Set.of("String", "Number", "CommaDelimitedList", "List<Number>");

  /** Whether {@code Ref} gives a list. */
  public boolean isList() {
    return type.equals("CommaDelimitedList") || type.equals("List<Number>");
  }

  /** The items of a list value, trimmed; an empty value is an empty list. */
  public static List<String> items(String value) {
    if (value.isEmpty()) {
      return List.of();
    }
    return List.of(value.split(",", -1)).stream().map(String::strip).toList();
  }

  /**
   * Checks a value.
   *
   * @throws TemplateException naming the parameter and what it must be
   */
  public void check(String value) {
    if (isList()) {
      items(value).forEach(this::checkItem);
    } else {
      checkItem(value);
    }
  }

  private void checkItem(String value) {
    if (type.equals("Number") || type.equals("List<Number>")) {
      checkNumber(value);
    }
    if (!allowedValues.isEmpty() && !allowedValues.contains(value)) {
      throw refused("must be one of AllowedValues " + allowedValues);
    }
    if (allowedPattern != null && !matches(allowedPattern, value)) {
      throw refused("must match pattern " + allowedPattern.pattern());
    }
    int length = value.codePointCount(0, value.length());
    if (minLength != null && length < minLength) {
      throw refused("must contain at least " + minLength + " characters");
    }
    if (maxLength != null && length > maxLength) {
      throw refused("must contain at most " + maxLength + " characters");
    }
  }

  private boolean matches(BoundedPattern pattern, String value) {
    try {
      return pattern.matches(value);
    } catch (PatternTooCostlyException tooCostly) {
      throw new TemplateException(
          "Parameter '" + name + "' cannot be checked: " + tooCostly.getMessage());
    }
  }

  private void checkNumber(String value) {
    BigDecimal number;
    try {
      number = new BigDecimal(value);
    } catch (NumberFormatException notANumber) {
      throw new TemplateException("Parameter '" + name + "' must be a number.");
    }
    if (minValue != null && number.compareTo(minValue) < 0) {
      throw refused("must be a number not less than " + minValue);
    }
    if (maxValue != null && number.compareTo(maxValue) > 0) {
      throw refused("must be a number not greater than " + maxValue);
    }
  }

  private TemplateException refused(String rule) {
    return new TemplateException(
        "Parameter '"
            + name
            + "' "
            + (constraintDescription == null
                ? rule
                : "failed to satisfy constraint: " + constraintDescription));
  }
}
