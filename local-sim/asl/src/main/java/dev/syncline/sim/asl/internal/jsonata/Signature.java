// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.jsonata;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The signature of a function, such as <code>&lt;s-nn?:s&gt;</code>. Immutable. */
final class Signature {
  private static final Map<String, String> ARRAY_OF =
      Map.of(
          "a",
          "arrays",
          "b",
          "booleans",
          "f",
          "functions",
          "n",
          "numbers",
          "o",
          "objects",
          "s",
          "strings");

  private static final class Parameter {
    String regex = "";
    String type = "";
    @Nullable Pattern context;
    @Nullable String subtype;
  }

  private final List<Parameter> parameters = new ArrayList<>();
  private final Pattern regex;

  private Signature(String text) {
    read(text);
    StringBuilder all = new StringBuilder();
    for (Parameter parameter : parameters) {
      all.append('(').append(parameter.regex).append(')');
    }
    regex = Pattern.compile(all.toString());
  }

  static Signature parse(String text) {
    return new Signature(text);
  }

  private void read(String text) {
    Parameter last = new Parameter();
    int at = 1;
    while (at < text.length() && text.charAt(at) != ':') {
      char c = text.charAt(at);
      switch (c) {
        case 's', 'n', 'b', 'l', 'o' -> last = add(String.valueOf(c), "[" + c + "m]");
        case 'a', 'x' -> last = add(String.valueOf(c), "[asnblfom]");
        case 'f' -> last = add("f", "f");
        case 'j' -> last = add("j", "[asnblom]");
        case '-' -> {
          last.context = Pattern.compile(last.regex);
          last.regex += "?";
        }
        case '?', '+' -> last.regex += c;
        case '(' -> {
          int end = closing(text, at, '(', ')');
          String choice = text.substring(at + 1, end);
          if (choice.contains("<")) {
            throw JsonataException.of("S0402").value(choice);
          }
          last = add("(" + choice + ")", "[" + choice + "m]");
          at = end;
        }
        case '<' -> {
          if (!last.type.equals("a") && !last.type.equals("f")) {
            throw JsonataException.of("S0401").value(last.type);
          }
          int end = closing(text, at, '<', '>');
          last.subtype = text.substring(at + 1, end);
          at = end;
        }
        default -> {
          // The reference ignores unknown symbols.
        }
      }
      at++;
    }
  }

  private Parameter add(String type, String regexOfType) {
    Parameter parameter = new Parameter();
    parameter.type = type;
    parameter.regex = regexOfType;
    parameters.add(parameter);
    return parameter;
  }

  private static int closing(String text, int start, char open, char close) {
    int depth = 1;
    int at = start;
    while (at + 1 < text.length()) {
      at++;
      char c = text.charAt(at);
      depth += c == open ? 1 : c == close ? -1 : 0;
      if (depth == 0) {
        break;
      }
    }
    return at;
  }

  private static char symbol(@Nullable Object value) {
    return switch (value) {
      case null -> 'm';
      case String text -> 's';
      case Double number -> 'n';
      case Boolean bool -> 'b';
      case JsonNull none -> 'l';
      case Sequence array -> 'a';
      case Function function -> 'f';
      default -> 'o';
    };
  }

  /**
   * The arguments as the function takes them: a context in place of one that is left out, a single
   * value as an array where an array is expected.
   */
  List<@Nullable Object> validate(List<@Nullable Object> args, @Nullable Object context) {
    StringBuilder supplied = new StringBuilder();
    args.forEach(arg -> supplied.append(symbol(arg)));
    Matcher valid = regex.matcher(supplied);
    if (!valid.matches()) {
      throw mismatch(supplied.toString(), args);
    }
    List<@Nullable Object> validated = new ArrayList<>();
    int at = 0;
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      String match = valid.group(i + 1);
      if (match.isEmpty() && parameter.context != null) {
        if (!parameter.context.matcher(String.valueOf(symbol(context))).find()) {
          throw JsonataException.of("T0411").value(context).with("index", at + 1.0);
        }
        validated.add(context);
      } else if (match.isEmpty()) {
        validated.add(at < args.size() ? args.get(at) : null);
        at++;
      } else {
        for (char single : match.toCharArray()) {
          Object arg = at < args.size() ? args.get(at) : null;
          validated.add(
              parameter.type.equals("a") ? array(parameter, arg, single, match, at) : arg);
          at++;
        }
      }
    }
    return validated;
  }

  private static @Nullable Object array(
      Parameter parameter, @Nullable Object arg, char single, String match, int at) {
    if (arg == null) {
      return null;
    }
    String subtype = parameter.subtype;
    if (subtype != null && !fits(subtype, arg, match)) {
      throw JsonataException.of("T0412")
          .value(arg)
          .with("index", at + 1.0)
          .with("type", ARRAY_OF.get(subtype));
    }
    return single == 'a' ? arg : Sequence.arrayOf(List.of(arg));
  }

  private static boolean fits(String subtype, Object arg, String match) {
    if (arg instanceof Sequence elements) {
      return elements.stream().allMatch(e -> symbol(e) == subtype.charAt(0));
    }
    return match.equals(subtype);
  }

  private JsonataException mismatch(String supplied, List<@Nullable Object> args) {
    StringBuilder partial = new StringBuilder();
    int good = 0;
    for (Parameter parameter : parameters) {
      partial.append(parameter.regex);
      Matcher matcher = Pattern.compile(partial.toString()).matcher(supplied);
      if (!matcher.lookingAt()) {
        break;
      }
      good = matcher.end();
    }
    return JsonataException.of("T0410")
        .value(good < args.size() ? args.get(good) : null)
        .with("index", good + 1.0);
  }
}
