// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Collects the constraints of AWS's published shapes that an input violates, and refuses it in
 * AWS's words, as recorded: {@code 1 validation error detected: Value '…' at '…' failed to satisfy
 * constraint: …}. Not thread-safe.
 */
public final class Constraints {
  private final Input input;
  private final List<String> violations = new ArrayList<>();

  private Constraints(Input input) {
    this.input = input;
  }

  /** Begins the check of an input. */
  public static Constraints of(Input input) {
    return new Constraints(input);
  }

  /** The member is there. */
  public Constraints required(String member) {
    if (!input.has(member)) {
      add("Value null", member, "Member must not be null");
    }
    return this;
  }

  /** A text, where it is there, is one of the values, which errors list in the order given. */
  public Constraints oneOf(String member, List<String> values) {
    input
        .text(member)
        .filter(value -> !values.contains(value))
        .ifPresent(
            value ->
                add(
                    "Value '" + value + "'",
                    member,
                    "Member must satisfy enum value set: [" + String.join(", ", values) + "]"));
    return this;
  }

  /** A text, where it is there, matches the regular expression as a whole. */
  public Constraints pattern(String member, Pattern pattern) {
    input
        .text(member)
        .filter(value -> !pattern.matcher(value).matches())
        .ifPresent(
            value ->
                add(
                    "Value '" + value + "'",
                    member,
                    "Member must satisfy regular expression pattern: " + pattern.pattern()));
    return this;
  }

  /** A text has {@code min} to {@code max} characters; an absent one passes. */
  public Constraints length(String member, int min, int max) {
    input.text(member).ifPresent(value -> length(member, "Value '" + value + "'", value, min, max));
    return this;
  }

  /** As {@link #length}, for a text that errors do not quote. */
  public Constraints secretLength(String member, int min, int max) {
    input.text(member).ifPresent(value -> length(member, "Value", value, min, max));
    return this;
  }

  /** A number is {@code min} to {@code max}; an absent one passes. */
  public Constraints range(String member, long min, long max) {
    input
        .longInteger(member)
        .ifPresent(
            value -> {
              String shown = "Value '" + value + "'";
              if (value < min) {
                add(shown, member, "Member must have value greater than or equal to " + min);
              }
              if (value > max) {
                add(shown, member, "Member must have value less than or equal to " + max);
              }
            });
    return this;
  }

  /** A list has {@code min} to {@code max} texts of the given lengths; an absent one passes. */
  public Constraints texts(String member, int min, int max, int shortest, int longest) {
    if (input.node(member).isEmpty()) {
      return this;
    }
    List<String> values = input.texts(member);
    String shown = "Value '" + values + "'";
    if (values.size() < min) {
      add(shown, member, "Member must have length greater than or equal to " + min);
    }
    if (values.size() > max) {
      add(shown, member, "Member must have length less than or equal to " + max);
    }
    if (values.stream().anyMatch(v -> v.length() < shortest || v.length() > longest)) {
      add(
          shown,
          member,
          "Member must satisfy constraint: [Member must have length less than or equal to "
              + longest
              + ", Member must have length greater than or equal to "
              + shortest
              + "]");
    }
    return this;
  }

  /** Refuses the input when a constraint is violated; names all of them. */
  public void verify() {
    verify("ValidationException");
  }

  /** As {@link #verify()}, with another error code. */
  public void verify(String code) {
    if (!violations.isEmpty()) {
      throw AwsException.badRequest(
          code,
          violations.size()
              + (violations.size() == 1 ? " validation error" : " validation errors")
              + " detected: "
              + String.join("; ", violations));
    }
  }

  private void length(String member, String shown, String value, int min, int max) {
    if (value.length() < min) {
      add(shown, member, "Member must have length greater than or equal to " + min);
    }
    if (value.length() > max) {
      add(shown, member, "Member must have length less than or equal to " + max);
    }
  }

  private void add(String shown, String member, String constraint) {
    String name = member.substring(0, 1).toLowerCase(Locale.ROOT) + member.substring(1);
    violations.add(shown + " at '" + name + "' failed to satisfy constraint: " + constraint);
  }
}
