// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.jsonata;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes values as text, as JavaScript does. */
final class JsonataText {
  private static final MathContext DIGITS = new MathContext(15, RoundingMode.HALF_UP);

  private final StringBuilder text = new StringBuilder();
  private final boolean rounded;
  private final boolean pretty;

  private JsonataText(boolean rounded, boolean pretty) {
    this.rounded = rounded;
    this.pretty = pretty;
  }

  /** The result of {@code $string} for a value that is not undefined. */
  static String string(Object value, boolean pretty) {
    if (value instanceof String text) {
      return text;
    }
    if (value instanceof Function) {
      return "";
    }
    if (value instanceof Double number && (number.isNaN() || number.isInfinite())) {
      throw JsonataException.of("D3001").value(value);
    }
    JsonataText json = new JsonataText(true, pretty);
    json.write(
        value instanceof Sequence wrapped && wrapped.outerWrapper ? wrapped.getFirst() : value, "");
    return json.text.toString();
  }

  /** A value in an error text. */
  static String ofDetail(@Nullable Object value) {
    if (value == null) {
      return "undefined";
    }
    JsonataText json = new JsonataText(false, false);
    json.write(value, "");
    return json.text.toString();
  }

  private void write(@Nullable Object value, String indent) {
    switch (value) {
      case String string -> quote(string);
      case Double number -> text.append(json(number));
      case Boolean bool -> text.append(bool);
      case Sequence array -> array(array, indent);
      case Map<?, ?> object -> object(object, indent);
      case Function function -> text.append(rounded ? "\"\"" : "{}");
      case Regex regex -> text.append("{}");
      case null, default -> text.append("null");
    }
  }

  private String json(Double number) {
    if (number.isNaN()) {
      return "null";
    }
    if (rounded && JsonataValues.isNumeric(number)) {
      return number(round(number));
    }
    return number.isInfinite() ? "null" : number(number);
  }

  /** A number rounded to the fifteen digits that texts have. */
  static double round(double number) {
    return number == 0 ? 0 : new BigDecimal(number).round(DIGITS).doubleValue();
  }

  private void array(Sequence array, String indent) {
    String inner = indent + "  ";
    text.append('[');
    for (int i = 0; i < array.size(); i++) {
      text.append(i == 0 ? "" : ",").append(pretty ? "\n" + inner : "");
      write(array.get(i), inner);
    }
    text.append(pretty && !array.isEmpty() ? "\n" + indent : "").append(']');
  }

  private void object(Map<?, ?> object, String indent) {
    String inner = indent + "  ";
    boolean first = true;
    text.append('{');
    for (Map.Entry<?, ?> entry : object.entrySet()) {
      if (entry.getValue() == null) {
        continue;
      }
      text.append(first ? "" : ",").append(pretty ? "\n" + inner : "");
      first = false;
      quote(String.valueOf(entry.getKey()));
      text.append(pretty ? ": " : ":");
      write(entry.getValue(), inner);
    }
    text.append(pretty && !first ? "\n" + indent : "").append('}');
  }

  private void quote(String string) {
    text.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\b' -> text.append("\\b");
        case '\f' -> text.append("\\f");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> {
          if (c < 0x20 || loneSurrogate(string, i)) {
            text.append(String.format("\\u%04x", (int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }

  private static boolean loneSurrogate(String string, int at) {
    char c = string.charAt(at);
    if (Character.isHighSurrogate(c)) {
      return at + 1 == string.length() || !Character.isLowSurrogate(string.charAt(at + 1));
    }
    return Character.isLowSurrogate(c)
        && (at == 0 || !Character.isHighSurrogate(string.charAt(at - 1)));
  }

  /** A number as JavaScript prints it: digits below 1e21, with an exponent from there. */
  static String number(double number) {
    if (number == 0) {
      return "0";
    }
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      return String.valueOf(number);
    }
    BigDecimal shortest = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    int exponent = shortest.precision() - shortest.scale() - 1;
    if (exponent >= -6 && exponent < 21) {
      return shortest.toPlainString();
    }
    String digits = shortest.unscaledValue().abs().toString();
    return (number < 0 ? "-" : "")
        + digits.charAt(0)
        + (digits.length() > 1 ? "." + digits.substring(1) : "")
        + (exponent < 0 ? "e-" : "e+")
        + Math.abs(exponent);
  }
}
