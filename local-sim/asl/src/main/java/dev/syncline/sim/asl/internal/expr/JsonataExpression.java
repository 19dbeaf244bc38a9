// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.expr;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A parsed JSONata expression. Thread-safe: evaluations of one expression take turns. */
public final class JsonataExpression {
  private static final Pattern VARIABLE =
      Pattern.compile("\\$([\\p{L}_][\\p{L}\\p{N}_]*)", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern CONTEXT =
      Pattern.compile("\\$states\\b(?!\\s*\\.\\s*(input|result|errorOutput)\\b)");

  // Guards against expressions that never end; AWS has bounds of its own that it does not publish.
  private static final int MAX_DEPTH = 500;
  private static final long MAX_MILLIS = 10_000;

  private final String text;
  private final Jsonata parsed;
  private final Set<String> names;
  private final boolean readsContext;
  private final ReentrantLock turn = new ReentrantLock();

  private JsonataExpression(String text, Jsonata parsed) {
    this.text = text;
    this.parsed = parsed;
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
    try {
      Jsonata parsed = Jsonata.jsonata(text);
      parsed.setOutputConvertNulls(false);
      JsonataFunctions.register(parsed);
      return new JsonataExpression(text, parsed);
    } catch (JException e) {
      throw new QuerySyntaxException(words(e));
    } catch (RuntimeException e) {
      throw new QuerySyntaxException(String.valueOf(e.getMessage()));
    }
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
    JsonNode json = JsonataValues.toJson(value);
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
            + JsonataValues.typeName(value)
            + "' for value: "
            + Json.write(value));
  }

  private StateFailure failure(String field, String problem) {
    return StateFailure.evaluation(
        field,
        "The JSONata expression '" + text + "' specified for the field '" + field + "' " + problem);
  }

  private @Nullable Object run(Scope scope, String field) {
    Map<String, Object> bindings = bindings(scope);
    turn.lock();
    try {
      Jsonata.Frame frame = parsed.createFrame();
      frame.setRuntimeBounds(MAX_MILLIS, MAX_DEPTH);
      bindings.forEach(frame::bind);
      JsonataFunctions.bindRandom(frame, scope.random(), names);
      return parsed.evaluate(null, frame);
    } catch (JException e) {
      throw failure(field, "threw an error during evaluation" + coded(e));
    } catch (StackOverflowError e) {
      throw failure(
          field,
          "threw an error during evaluation. U1001: Stack overflow error: Check for non-terminating"
              + " recursive function.  Consider rewriting as tail-recursive");
    } catch (RuntimeException e) {
      throw failure(field, "threw an error during evaluation: " + e.getMessage());
    } finally {
      turn.unlock();
    }
  }

  private static String coded(JException e) {
    String code = e.getError();
    return code != null && code.matches("[A-Z]\\d{4}")
        ? ". " + code + ": " + words(e)
        : ": " + words(e);
  }

  private static String words(JException e) {
    return String.valueOf(e.getMessage());
  }

  private Map<String, Object> bindings(Scope scope) {
    Map<String, Object> bindings = new HashMap<>();
    for (String name : names) {
      if (name.equals("states")) {
        bindings.put(name, states(scope));
      } else {
        JsonNode value = scope.variables().get(name);
        if (value != null) {
          bindings.put(name, JsonataValues.fromJson(value));
        }
      }
    }
    return bindings;
  }

  private Map<String, @Nullable Object> states(Scope scope) {
    Map<String, @Nullable Object> states = new LinkedHashMap<>();
    states.put("input", JsonataValues.nested(scope.input().json()));
    JsonNode result = scope.result();
    if (result != null) {
      states.put("result", JsonataValues.nested(result));
    }
    JsonNode errorOutput = scope.errorOutput();
    if (errorOutput != null) {
      states.put("errorOutput", JsonataValues.nested(errorOutput));
    }
    if (readsContext) {
      states.put("context", JsonataValues.nested(scope.context()));
    }
    return states;
  }
}
