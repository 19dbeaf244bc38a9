// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.iam;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes a used resource as a policy names it: the parts that another run or another deployment
 * would change become wildcards.
 */
final class StableResources {
  private record Rule(Pattern arn, String pattern) {
    static Rule of(String regex, String pattern) {
      return new Rule(Pattern.compile(regex), pattern);
    }
  }

  /** In each pattern {@code $1} is the part that stays. */
  private static final List<Rule> RULES =
      List.of(
          // The stream of a function's environment has a new name each time.
          Rule.of("(arn:aws:logs:.*:log-group:[^:]+):(?:log-stream:.*|\\*)", "$1:*"),
          Rule.of("(arn:aws:s3:::[^/]+/(?:.*/)?)[^/]*", "$1*"),
          Rule.of("(arn:aws:states:[^:]*:[^:]*:(?:execution|express):[^:]+):.*", "$1:*"),
          Rule.of("(arn:aws:secretsmanager:.*:secret:.+)-[A-Za-z0-9]{6}", "$1-??????"),
          Rule.of("(arn:aws:dynamodb:.*:table/[^/]+/stream/).+", "$1*"),
          Rule.of("(arn:aws:cloudformation:.*:stack/[^/]+/).+", "$1*"),
          Rule.of("(arn:aws:events:.*:(?:connection|api-destination)/[^/]+/).+", "$1*"),
          Rule.of("(arn:aws:execute-api:.*/@connections/).+", "$1*"));

  private StableResources() {}

  /** The pattern for a resource. It always matches the resource. */
  static String pattern(String resource) {
    for (Rule rule : RULES) {
      Matcher matcher = rule.arn.matcher(resource);
      if (matcher.matches()) {
        String suffix = rule.pattern.substring("$1".length());
        return literal(matcher.group(1)) + suffix;
      }
    }
    return resource.equals("*") ? resource : literal(resource);
  }

  /** A star or another special character in a name is no wildcard and no variable. */
  private static String literal(String text) {
    StringBuilder literal = new StringBuilder();
    for (int index = 0; index < text.length(); index++) {
      char c = text.charAt(index);
      boolean variable = c == '$' && text.startsWith("${", index);
      literal.append(c == '*' || c == '?' || variable ? "${" + c + "}" : String.valueOf(c));
    }
    return literal.toString();
  }
}
