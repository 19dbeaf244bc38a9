// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import dev.syncline.sim.service.Input;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The function that a {@code FunctionName} member names: by a name, a partial or a whole ARN, each
 * with or without a version or alias; a {@code Qualifier} member adds one.
 *
 * @param qualifier a version, an alias or {@code $LATEST}; null without a qualifier
 */
record FunctionRef(String name, @Nullable String qualifier) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?:arn:aws[a-zA-Z-]*:lambda:[a-z0-9-]+:\\d{12}:function:|(?:\\d{12}:)?function:)?"
              + "([a-zA-Z0-9_-]{1,140})(?::(\\$LATEST|[a-zA-Z0-9_-]+))?");

  static FunctionRef of(Input input) {
    return parse(input.requiredText("FunctionName"), input.text("Qualifier").orElse(null));
  }

  static FunctionRef parse(String text, @Nullable String qualifier) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw LambdaErrors.violated(
          text, "functionName", "Member must satisfy regular expression pattern: " + FORM);
    }
    String own = matcher.group(2);
    if (own != null && qualifier != null && !own.equals(qualifier)) {
      throw LambdaErrors.otherQualifier();
    }
    return new FunctionRef(matcher.group(1), own != null ? own : qualifier);
  }
}
