// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.expr;

import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gives JSONata's code and words to failures that the library throws as plain Java exceptions. What
 * is not known here stays uncoded.
 */
final class JsonataErrors {
  private record Rule(Pattern pattern, String code, Function<MatchResult, String> words) {}

  private static final List<Rule> RULES =
      List.of(
          rule(
              "Argument error calling function (\\w+)",
              "T0410",
              m ->
                  "Argument 1 of function \""
                      + m.group(1)
                      + "\" does not match function signature"),
          rule(
              "For input string: \"(.*)\"",
              "D3030",
              m -> "Unable to cast value to a number: \"" + m.group(1) + "\""),
          rule("^Unexpected$", "D3030", m -> "Unable to cast value to a number"),
          rule("empty String", "D3030", m -> "Unable to cast value to a number: \"\""),
          rule(
              "Fourth argument of replace function",
              "D3011",
              m -> "Fourth argument of replace function must evaluate to a positive number"),
          rule(
              "Second argument of replace function",
              "D3010",
              m -> "Second argument of replace function cannot be an empty string"),
          rule(
              "Text '(.*)' could not be parsed at index",
              "D3110",
              m ->
                  "The argument of the toMillis function must be an ISO 8601 formatted timestamp."
                      + " Given \""
                      + m.group(1)
                      + "\""),
          rule(
              "^Expression evaluation timeout",
              JsonataFailure.RUNAWAY,
              m -> JsonataFailure.TIMEOUT),
          rule("^Stack overflow error.*", JsonataFailure.RUNAWAY, m -> m.group()),
          rule("^Malformed URL", "D3140", m -> "Malformed URL passed to $encodeUrlComponent()"),
          rule(
              "sequence starting with \"?(.+?)\"? is not supported",
              "D3130",
              m ->
                  "Formatting or parsing an integer as a sequence starting with \""
                      + m.group(1)
                      + "\" is not supported by this implementation"),
          rule(
              "In a decimal digit pattern",
              "D3131",
              m -> "In a decimal digit pattern, all digits must be from the same decimal group"),
          rule(
              "Unknown component specifier (\\w)",
              "D3132",
              m ->
                  "Unknown component specifier \"" + m.group(1) + "\" in date/time picture string"),
          rule(
              "The 'name' modifier .* not (\\w)",
              "D3133",
              m ->
                  "The 'name' modifier can only be applied to months and days in the date/time"
                      + " picture string, not \""
                      + m.group(1)
                      + "\""),
          rule(
              "timezone integer format specifier",
              "D3134",
              m -> "The timezone integer format specifier cannot have more than four digits"),
          rule(
              "missing specifiers required",
              "D3136",
              m ->
                  "The date/time picture string is missing specifiers required to parse the"
                      + " timestamp"),
          rule(
              "URLDecoder|Illegal hex characters",
              "D3140",
              m -> "Malformed URL passed to $decodeUrlComponent()"),
          rule(
              "Type parameters can only be applied",
              "S0401",
              m -> "Type parameters can only be applied to functions and arrays"),
          rule(
              "Choice groups containing parameterized",
              "S0402",
              m -> "Choice groups containing parameterized types are not supported"));

  private JsonataErrors() {}

  private static Rule rule(String regex, String code, Function<MatchResult, String> words) {
    return new Rule(Pattern.compile(regex, Pattern.DOTALL), code, words);
  }

  static JsonataFailure of(Throwable thrown) {
    String message = String.valueOf(thrown.getMessage()).replaceFirst("^JSonataException ", "");
    for (Rule rule : RULES) {
      Matcher matcher = rule.pattern().matcher(message);
      if (matcher.find()) {
        return new JsonataFailure(rule.code(), rule.words().apply(matcher.toMatchResult()));
      }
    }
    return new JsonataFailure(null, message);
  }
}
