// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.expr;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One readable expression of a JSONPath state: a path into the input (<code>$.a</code>), into the
 * context object (<code>$$.a</code>), into a variable (<code>$name.a</code>), or an intrinsic
 * function call. Immutable and thread-safe.
 */
public sealed interface Query {

  /** The text as written in the definition. */
  String text();

  /**
   * Reads the value.
   *
   * @throws PathFailure if a path finds nothing
   * @throws StateFailure if an intrinsic function fails
   */
  JsonNode read(Scope scope) throws PathFailure;

  /** Parses any of the forms. */
  static Query parse(String text) throws QuerySyntaxException {
    if (text.startsWith("$")) {
      return path(text);
    }
    if (text.startsWith("States.")) {
      return new Function(text, IntrinsicParser.parse(text));
    }
    throw new QuerySyntaxException("Value is not a valid JSONPath or intrinsic function");
  }

  /** Parses a path; intrinsic functions are refused. */
  static Query path(String text) throws QuerySyntaxException {
    if (!text.startsWith("$")) {
      throw new QuerySyntaxException("Value is not a valid JSONPath");
    }
    if (text.startsWith("$$")) {
      return new ContextPath(text, JaywayPath.compile(text.substring(1)));
    }
    int nameEnd = 1;
    while (nameEnd < text.length() && Character.isUnicodeIdentifierPart(text.charAt(nameEnd))) {
      nameEnd++;
    }
    if (nameEnd > 1) {
      return new VariablePath(
          text, text.substring(1, nameEnd), JaywayPath.compile("$" + text.substring(nameEnd)));
    }
    return new InputPath(text, JaywayPath.compile(text));
  }

  /** <code>$...</code>. */
  record InputPath(String text, JaywayPath path) implements Query {
    @Override
    public JsonNode read(Scope scope) throws PathFailure {
      return path.read(scope.input().json());
    }
  }

  /** <code>$$...</code>. */
  record ContextPath(String text, JaywayPath path) implements Query {
    @Override
    public JsonNode read(Scope scope) throws PathFailure {
      return path.read(scope.context());
    }
  }

  /** <code>$name...</code>. */
  record VariablePath(String text, String name, JaywayPath path) implements Query {
    @Override
    public JsonNode read(Scope scope) throws PathFailure {
      JsonNode value = scope.variables().get(name);
      if (value == null) {
        throw new PathFailure("No results for path: $['" + name + "']");
      }
      return path.read(value);
    }
  }

  /** <code>States.Name(...)</code>. */
  record Function(String text, IntrinsicCall call) implements Query {
    @Override
    public JsonNode read(Scope scope) {
      return call.evaluate(scope);
    }
  }
}
