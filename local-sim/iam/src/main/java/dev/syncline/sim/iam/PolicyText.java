// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.iam;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text of a policy that may contain variables, such as {@code ${aws:username}} or {@code
 * ${aws:PrincipalTag/team, 'all'}}. Immutable.
 *
 * @param constant the text when it contains no variable; {@code null} otherwise
 * @param parts literal texts and variables in order
 */
record PolicyText(@Nullable String constant, List<Part> parts) {
  /**
   * Bounded, so that a search takes linear time. Group 1 is the key or one special character, group
   * 2 the default.
   */
  static final Pattern VARIABLE =
      Pattern.compile("\\$\\{([^,}]{1,256}+)(?:,\\s*+'([^']{0,1024}+)'\\s*+)?}");

  /** A piece of the text: exactly one of {@code literal} and {@code key} is present. */
  record Part(@Nullable String literal, @Nullable String key, @Nullable String fallback) {}

  /**
   * Reads a text.
   *
   * @param variables whether the policy's version has variables
   * @param wildcards whether stars and question marks are wildcards; {@link WildcardText} says how
   *     they are written
   */
  static PolicyText of(String text, boolean variables, boolean wildcards) {
    List<Part> parts = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    int end = 0;
    Matcher found = VARIABLE.matcher(text);
    while (variables && found.find()) {
      String name = found.group(1).strip();
      literal.append(coded(text.substring(end, found.start()), wildcards));
      end = found.end();
      if (name.length() == 1 && "*?$".contains(name)) {
        literal.append(name);
        continue;
      }
      if (!literal.isEmpty()) {
        parts.add(new Part(literal.toString(), null, null));
        literal.setLength(0);
      }
      parts.add(new Part(null, name.toLowerCase(Locale.ROOT), found.group(2)));
    }
    literal.append(coded(text.substring(end), wildcards));
    if (parts.isEmpty()) {
      return new PolicyText(literal.toString(), List.of());
    }
    parts.add(new Part(literal.toString(), null, null));
    return new PolicyText(null, List.copyOf(parts));
  }

  private static String coded(String text, boolean wildcards) {
    return wildcards ? WildcardText.encode(text) : text;
  }

  /** The text for a request; {@code null} when a variable has no single value and no default. */
  @Nullable String resolved(AccessQuery query) {
    if (constant != null) {
      return constant;
    }
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      if (part.literal() != null) {
        text.append(part.literal());
        continue;
      }
      List<String> values = query.keys().get(Objects.requireNonNull(part.key()));
      if (values != null && values.size() == 1) {
        text.append(values.getFirst());
      } else if (part.fallback() != null) {
        text.append(part.fallback());
      } else {
        return null;
      }
    }
    return text.toString();
  }
}
