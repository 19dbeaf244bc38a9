// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.expr;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.asl.internal.jsonata.Conversion;
import dev.syncline.sim.asl.internal.jsonata.JsonataEnvironment;
import dev.syncline.sim.asl.internal.jsonata.JsonataException;
import dev.syncline.sim.asl.internal.jsonata.Program;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A parsed JSONata expression. Thread-safe. */
public final class JsonataExpression {
  private static final Pattern VARIABLE =
      Pattern.compile("\\$([\\p{L}_][\\p{L}\\p{N}_]*)", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern CONTEXT =
      Pattern.compile("\\$states\\b(?!\\s*\\.\\s*(input|result|errorOutput)\\b)");

  private final String text;
  private final Program program;
  private final Set<String> names;
  private final boolean readsContext;

  private JsonataExpression(String text, Program program) {
    this.text = text;
    this.program = program;
    this.names =
        VARIABLE.matcher(text).results().map(JsonataExpression::name).collect(Collectors.toSet());
    this.readsContext = CONTEXT.matcher(text).find();
  }

  private static String name(MatchResult match) {
    return match.group(1);
  }

  /** Whether {@code value} is a string of the form <code>{% ... %}</code>. */
  public static boolean isExpression(JsonNode value) {
    if (!value.isTextual()) {
      return false;
    }
    String text = value.textValue();
    return text.length() >= 4 && text.startsWith("{%") && text.endsWith("%}");
  }

  /** Parses <code>{% ... %}</code>. */
  public static JsonataExpression parse(String delimited) throws QuerySyntaxException {
    String text = delimited.substring(2, delimited.length() - 2).strip();
    JsonataExpression expression;
    try {
      expression = new JsonataExpression(text, Program.parse(text));
    } catch (JsonataException e) {
      throw new QuerySyntaxException(e.words());
    }
    String reference = expression.program.contextReference();
    if (reference != null) {
      throw QuerySyntaxException.unsupported(
          "Reference to '" + reference + "' at the top level is not supported.");
    }
    return expression;
  }

  /** The expression without its delimiters. */
  public String text() {
    return text;
  }

  /**
   * Evaluates.
   *
   * @param field the place of the expression in its state, for messages
   * @throws StateFailure if it fails or gives nothing
   */
  public JsonNode evaluate(Scope scope, String field) {
    Object value = run(scope, field);
    if (value == null) {
      throw failure(field, "returned nothing (undefined).");
    }
    JsonNode json = Conversion.toJson(value);
    if (json == null) {
      throw failure(field, "returned an unsupported result type.");
    }
    return json;
  }

  /** The failure of an expression that gave a value of the wrong type. */
  public StateFailure unexpected(String field, String expected, JsonNode value) {
    return failure(
        field,
        "returned an unexpected result type. Expected '"
            + expected
            + "', but was '"
            + value.getNodeType().name().toLowerCase(Locale.ROOT)
            + "' for value: "
            + AslJson.write(value));
  }

  private StateFailure failure(String field, String problem) {
    return StateFailure.evaluation(
        field,
        "The JSONata expression '" + text + "' specified for the field '" + field + "' " + problem);
  }

  private @Nullable Object run(Scope scope, String field) {
    try {
      return program.evaluate(
          null, bindings(scope), new JsonataEnvironment(scope.random(), scope.now()));
    } catch (JsonataException e) {
      String code = e.code();
      throw failure(
          field,
          "threw an error during evaluation"
              + (code == null || Program.exceededLimit(e) ? ": " : ". " + code + ": ")
              + e.words());
    }
  }

  private Map<String, @Nullable Object> bindings(Scope scope) {
    Map<String, @Nullable Object> bindings = new HashMap<>();
    for (String name : names) {
      if (name.equals("states")) {
        bindings.put(name, states(scope));
      } else {
        JsonNode value = scope.variables().get(name);
        if (value != null) {
          bindings.put(name, Conversion.fromJson(value));
        }
      }
    }
    return bindings;
  }

  private Map<String, @Nullable Object> states(Scope scope) {
    Map<String, @Nullable Object> states = new LinkedHashMap<>();
    states.put("input", Conversion.fromJson(scope.input().json()));
    JsonNode result = scope.result();
    if (result != null) {
      states.put("result", Conversion.fromJson(result));
    }
    JsonNode errorOutput = scope.errorOutput();
    if (errorOutput != null) {
      states.put("errorOutput", Conversion.fromJson(errorOutput));
    }
    if (readsContext) {
      states.put("context", Conversion.fromJson(scope.context()));
    }
    return states;
  }
}
