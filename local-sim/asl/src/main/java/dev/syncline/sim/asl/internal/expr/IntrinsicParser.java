// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.expr;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.asl.internal.expr.IntrinsicCall.Argument;
import java.util.ArrayList;
import java.util.List;

/** Recursive descent over <code>States.Name(argument, ...)</code>. */
final class IntrinsicParser {
  /** AWS allows ten levels of nested calls. */
  private static final int MAX_DEPTH = 10;

  private final String text;
  private int at;

  private IntrinsicParser(String text) {
    this.text = text;
  }

  static IntrinsicCall parse(String text) throws QuerySyntaxException {
    IntrinsicParser parser = new IntrinsicParser(text);
    IntrinsicCall call = parser.call(1);
    parser.blanks();
    if (parser.at != text.length()) {
      throw parser.invalid("unexpected text after the call");
    }
    return call;
  }

  private IntrinsicCall call(int depth) throws QuerySyntaxException {
    if (depth > MAX_DEPTH) {
      throw invalid("intrinsic functions may be nested " + MAX_DEPTH + " levels deep");
    }
    int start = at;
    int open = text.indexOf('(', at);
    if (open < 0) {
      throw invalid("'(' is missing");
    }
    String name = text.substring(at, open).strip();
    IntrinsicFunction function = IntrinsicFunction.byName(name);
    if (function == null) {
      throw invalid("'" + name + "' is not an intrinsic function");
    }
    at = open + 1;
    List<Argument> arguments = arguments(depth);
    if (arguments.size() < function.minArguments() || arguments.size() > function.maxArguments()) {
      throw invalid(name + " does not take " + arguments.size() + " arguments");
    }
    return new IntrinsicCall(function, text.substring(start, at), List.copyOf(arguments));
  }

  private List<Argument> arguments(int depth) throws QuerySyntaxException {
    List<Argument> arguments = new ArrayList<>();
    blanks();
    if (peek() == ')') {
      at++;
      return arguments;
    }
    while (true) {
      blanks();
      arguments.add(argument(depth));
      blanks();
      char next = peek();
      at++;
      if (next == ')') {
        return arguments;
      }
      if (next != ',') {
        throw invalid("',' or ')' expected");
      }
    }
  }

  private Argument argument(int depth) throws QuerySyntaxException {
    char first = peek();
    if (first == '\'') {
      return new Argument.Quoted(quoted());
    }
    if (first == '$') {
      return new Argument.Path(Query.path(path()));
    }
    if (text.startsWith("States.", at)) {
      return new Argument.Nested(call(depth + 1));
    }
    int start = at;
    while (at < text.length() && ",) ".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    try {
      JsonNode constant = AslJson.parse(text.substring(start, at));
      if (constant.isNumber() || constant.isBoolean() || constant.isNull()) {
        return new Argument.Constant(constant);
      }
    } catch (JsonProcessingException e) {
      // Reported below, in the words of the grammar.
    }
    throw invalid("'" + text.substring(start, at) + "' is not an argument");
  }

  private String quoted() throws QuerySyntaxException {
    int start = ++at;
    while (peek() != '\'') {
      at += peek() == '\\' ? 2 : 1;
    }
    return text.substring(start, at++);
  }

  /** A path ends at the comma or parenthesis that is not inside its own brackets or quotes. */
  private String path() throws QuerySyntaxException {
    int start = at;
    int open = 0;
    while (true) {
      char c = peek();
      if (c == '\'' || c == '"') {
        at++;
        while (peek() != c) {
          at += peek() == '\\' ? 2 : 1;
        }
      } else if (c == '[' || c == '(') {
        open++;
      } else if (open == 0 && (c == ',' || c == ')')) {
        return text.substring(start, at).strip();
      } else if (c == ']' || c == ')') {
        open--;
      }
      at++;
    }
  }

  private void blanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private char peek() throws QuerySyntaxException {
    if (at >= text.length()) {
      throw invalid("the call is not closed");
    }
    return text.charAt(at);
  }

  private QuerySyntaxException invalid(String why) {
    return new QuerySyntaxException("Intrinsic function '" + text + "' is not valid: " + why);
  }
}
