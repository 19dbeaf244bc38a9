// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.logs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * CloudWatch's patterns for unstructured text: {@code a b} needs both, {@code ?a ?b} either, {@code
 * -a} none, {@code "a b"} the phrase. JSON ({@code { $.x = 1 }}) and column patterns are refused.
 */
record FilterPattern(List<String> all, List<String> any, List<String> none) {
  private static final Pattern TERM =
      Pattern.compile("([?-]?)(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|(\\S+))");

  static FilterPattern parse(String text) {
    String trimmed = text.strip();
    if (trimmed.startsWith("{") || trimmed.startsWith("[") || trimmed.startsWith("%")) {
      throw LogsErrors.unsupportedPattern(text);
    }
    var all = new ArrayList<String>();
    var any = new ArrayList<String>();
    var none = new ArrayList<String>();
    Matcher terms = TERM.matcher(trimmed);
    while (terms.find()) {
      String quoted = terms.group(2);
      String term =
          quoted == null ? terms.group(3) : quoted.replace("\\\"", "\"").replace("\\\\", "\\");
      switch (terms.group(1)) {
        case "?" -> any.add(term);
        case "-" -> none.add(term);
        default -> all.add(term);
      }
    }
    return new FilterPattern(all, any, none);
  }

  boolean matches(String message) {
    return all.stream().allMatch(message::contains)
        && none.stream().noneMatch(message::contains)
        && (any.isEmpty() || any.stream().anyMatch(message::contains));
  }
}
