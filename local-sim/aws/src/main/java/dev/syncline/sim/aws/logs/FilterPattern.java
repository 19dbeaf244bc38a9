// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.logs;

import dev.syncline.sim.aws.service.AwsException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Filter patterns for unstructured events: terms that must all occur, quoted phrases, {@code -term}
 * for what must not, {@code ?term} for any of. JSON and space-delimited patterns are refused.
 * Source: CloudWatch Logs guide, "Filter pattern syntax".
 */
final class FilterPattern {
  private static final Pattern TERM =
      Pattern.compile("([?-]?)(?:\"((?:[^\"\\\\]|\\\\.)*)\"|(\\S+))");

  private FilterPattern() {}

  static Predicate<String> parse(String pattern) {
    String text = pattern.strip();
    if (text.startsWith("{") || text.startsWith("[") || text.startsWith("%")) {
      throw AwsException.badRequest(
          "InvalidParameterException",
          "The simulator supports terms and quoted phrases in 'filterPattern', not '" + text + "'");
    }
    var all = new ArrayList<String>();
    var none = new ArrayList<String>();
    var any = new ArrayList<String>();
    Matcher terms = TERM.matcher(text);
    while (terms.find()) {
      String term = terms.group(2) != null ? terms.group(2).replace("\\\"", "\"") : terms.group(3);
      List<String> list =
          switch (terms.group(1)) {
            case "-" -> none;
            case "?" -> any;
            default -> all;
          };
      list.add(term);
    }
    return message ->
        all.stream().allMatch(message::contains)
            && none.stream().noneMatch(message::contains)
            && (any.isEmpty() || any.stream().anyMatch(message::contains));
  }
}
