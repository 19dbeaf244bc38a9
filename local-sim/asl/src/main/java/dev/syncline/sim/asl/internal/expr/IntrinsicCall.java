// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.expr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A parsed call of an intrinsic function. Immutable.
 *
 * @param function which one
 * @param text the call as written, for messages
 * @param arguments in order
 */
record IntrinsicCall(IntrinsicFunction function, String text, List<Argument> arguments) {

  /** One argument. */
  sealed interface Argument {
    /** A number, true, false or null. */
    record Constant(JsonNode value) implements Argument {}

    /**
     * A text in single quotes, with its escapes still in it: States.Format reads <code>\\{</code>
     * itself.
     */
    record Quoted(String raw) implements Argument {}

    /** A path. */
    record Path(Query query) implements Argument {}

    /** A nested call. */
    record Nested(IntrinsicCall call) implements Argument {}
  }

  JsonNode evaluate(Scope scope) {
    List<JsonNode> values = new ArrayList<>(arguments.size());
    for (int i = 0; i < arguments.size(); i++) {
      values.add(value(arguments.get(i), function == IntrinsicFunction.FORMAT && i == 0, scope));
    }
    try {
      return function.call(values, scope);
    } catch (IntrinsicFunction.BadArgument e) {
      throw StateFailure.intrinsic(
          "The function '" + text + "' had the following error: " + e.getMessage());
    }
  }

  private JsonNode value(Argument argument, boolean keepEscapes, Scope scope) {
    return switch (argument) {
      case Argument.Constant constant -> constant.value();
      case Argument.Quoted quoted ->
          TextNode.valueOf(keepEscapes ? quoted.raw() : unescape(quoted.raw()));
      case Argument.Nested nested -> nested.call().evaluate(scope);
      case Argument.Path path -> {
        try {
          yield path.query().read(scope);
        } catch (PathFailure e) {
          throw StateFailure.runtime(
              "The function '"
                  + text
                  + "' had the following error: The JsonPath argument for the field '"
                  + path.query().text()
                  + "' could not be found in the input '"
                  + scope.input().text()
                  + "'");
        }
      }
    };
  }

  /** Removes the backslash of each escape that the intrinsic grammar allows. */
  static String unescape(String raw) {
    if (raw.indexOf('\\') < 0) {
      return raw;
    }
    StringBuilder text = new StringBuilder(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '\\' && i + 1 < raw.length() && "'{}\\".indexOf(raw.charAt(i + 1)) >= 0) {
        i++;
        c = raw.charAt(i);
      }
      text.append(c);
    }
    return text.toString();
  }
}
