// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

import graphql.validation.ValidationError;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes validation errors as AppSync's engine, a graphql-java of 2018, does. Categories, paths and
 * order are those of the present graphql-java; its texts are rewritten.
 */
final class ValidationTexts {
  /** A text of the present engine and the older text; groups are kept. */
  private record Rewrite(Pattern present, String older) {
    static Rewrite of(String present, String older) {
      return new Rewrite(Pattern.compile(present, Pattern.DOTALL), older);
    }
  }

  private static final Pattern PREFIX =
      Pattern.compile("Validation [Ee]rror \\([^)]*\\) ?: ", Pattern.DOTALL);
  private static final Pattern CONFLICT = Pattern.compile("'([^']*)' : (.*)", Pattern.DOTALL);

  private static final List<Rewrite> REWRITES =
      List.of(
          Rewrite.of(
              "(Unknown (?:field|directive) argument|Unknown directive|Undefined fragment"
                  + "|Unknown type|Undefined variable|Unused fragment|Unused variable"
                  + "|Missing (?:field|directive) argument) '([^']*)'",
              "$1 $2"),
          Rewrite.of("Directive '([^']*)' not allowed here", "Directive $1 not allowed here"),
          Rewrite.of("(Anonymous operation with other operations)", "$1."),
          Rewrite.of(
              "Operation '([^']*)' is following anonymous operation",
              "Operation $1 is following anonymous operation."),
          // The older engine asks a list or a type with "!" for its name, which it does not have.
          Rewrite.of(
              "Subselection (not allowed on leaf|required for) type '[^']*[!\\]]' of field"
                  + " '([^']*)'",
              "Sub selection $1 type null of field $2"),
          Rewrite.of(
              "Subselection (not allowed on leaf|required for) type '([^']*)' of field '([^']*)'",
              "Sub selection $1 type $2 of field $3"),
          Rewrite.of(
              "Fragment cannot be spread here as objects of type '([^']*)' can never be of type"
                  + " '([^']*)'",
              "Fragment cannot be spread here as objects of type $1 can never be of type $2"),
          Rewrite.of(
              "Fragment '([^']*)' cannot be spread here as objects of type '([^']*)' can never be"
                  + " of type '([^']*)'",
              "Fragment $1 cannot be spread here as objects of type $2 can never be of type $3"),
          Rewrite.of(
              "Variable '[^']*' of type '([^']*)' used in position expecting type '([^']*)'",
              "Variable type '$1' doesn't match expected type '$2'"),
          Rewrite.of("Input variable '.*' is not an input type", "Wrong type for a variable"),
          Rewrite.of(
              "Bad default value '(.*)' for type '([^']*)'", "Bad default value $1 for type $2"),
          Rewrite.of(
              "Type '([^']*)' definition is not executable",
              "The $1 definition is not executable."),
          Rewrite.of(
              "Schema definition is not executable", "The schema definition is not executable."),
          Rewrite.of(
              "(?:Directive '[^']*'|Provided) definition is not executable",
              "The provided definition is not executable."),
          Rewrite.of("(argument '.*?' is not a valid '[^']*')(?: - .*)?", "$1"),
          Rewrite.of(
              "The '(Mutation|Subscription)' operation is not supported by the schema",
              "Schema is not configured for $1s."));

  private ValidationTexts() {}

  /** The older text; null for an error that the older engine does not have. */
  static @Nullable String of(ValidationError error) {
    String type = String.valueOf(error.getValidationErrorType());
    if (type.equals("NullValueForNonNullArgument")) {
      // The older engine has only the error of type WrongType for it.
      return null;
    }
    String text = PREFIX.matcher(String.valueOf(error.getMessage())).replaceFirst("");
    List<String> path = error.getQueryPath();
    if (type.equals("UnknownOperation")) {
      return older(text)
          .replace("Mutations", "mutations")
          .replace("Subscriptions", "subscriptions");
    }
    if (type.equals("FieldsConflict")) {
      return conflict(text);
    }
    return of(type.replace("Subselection", "SubSelection"), older(text), path);
  }

  /** A text of the older engine. */
  static String of(String type, String text, @Nullable List<String> path) {
    String place = path == null || path.isEmpty() ? "" : " @ '" + String.join("/", path) + "'";
    return "Validation error of type " + type + ": " + text + place;
  }

  private static String older(String text) {
    for (Rewrite rewrite : REWRITES) {
      Matcher matcher = rewrite.present.matcher(text);
      if (matcher.matches()) {
        return matcher.replaceFirst(rewrite.older);
      }
    }
    return text;
  }

  private static String conflict(String text) {
    Matcher matcher = CONFLICT.matcher(text);
    if (!matcher.matches()) {
      return of("FieldsConflict", text, null);
    }
    List<String> path = List.of(matcher.group(1).split("/", -1));
    String reason =
        matcher
            .group(2)
            .replace("fields have different arguments", "they have differing arguments")
            .replace("returns different types", "they return differing types")
            .replace("'", "");
    return of(
        "FieldsConflict",
        path.get(path.size() - 1) + ": " + reason,
        path.subList(0, path.size() - 1));
  }
}
