// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation.template;

import java.util.function.Function;

/**
 * The {@code ${Name}} notation of {@code Fn::Sub}; {@code ${!Name}} is the literal {@code ${Name}}.
 */
final class Substitution {
  private Substitution() {}

  /**
   * Replaces each variable by the result of {@code value} for its name.
   *
   * @throws TemplateException for a brace that is not closed or an empty name
   */
  static String apply(String text, Function<String, String> value) {
    var result = new StringBuilder(text.length() + 64);
    int position = 0;
    while (true) {
      int start = text.indexOf("${", position);
      if (start < 0) {
        return result.append(text, position, text.length()).toString();
      }
      int end = text.indexOf('}', start);
      if (end < 0) {
        throw new TemplateException(
            "Template error: Fn::Sub has a '${' without '}' in '" + text + "'");
      }
      result.append(text, position, start);
      String name = text.substring(start + 2, end).strip();
      if (name.startsWith("!")) {
        result.append("${").append(name, 1, name.length()).append('}');
      } else if (name.isEmpty()) {
        throw new TemplateException("Template error: Fn::Sub has an empty '${}' in '" + text + "'");
      } else {
        result.append(value.apply(name));
      }
      position = end + 1;
    }
  }
}
