// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.jsonata;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Functions of texts. */
final class TextFunctions {
  private TextFunctions() {}

  static void define(Library.Definition library) {
    library.add(
        "string",
        1,
        "<x-b?:s>",
        (calls, args) -> {
          Object value = args.getFirst();
          return value == null
              ? null
              : JsonataText.string(value, Boolean.TRUE.equals(Library.arg(args, 1)));
        });
    library.add("substring", 3, "<s-nn?:s>", (calls, args) -> substring(args));
    library.add("substringBefore", 2, "<s-s:s>", (calls, args) -> around(args, true));
    library.add("substringAfter", 2, "<s-s:s>", (calls, args) -> around(args, false));
    library.add("lowercase", 1, "<s-:s>", text(text -> text.toLowerCase(Locale.ROOT)));
    library.add("uppercase", 1, "<s-:s>", text(text -> text.toUpperCase(Locale.ROOT)));
    library.add(
        "length",
        1,
        "<s-:n>",
        (calls, args) -> {
          String text = Library.text(args, 0);
          return text == null ? null : (double) text.codePointCount(0, text.length());
        });
    library.add("trim", 1, "<s-:s>", text(TextFunctions::trim));
    library.add("pad", 3, "<s-ns?:s>", (calls, args) -> pad(args));
    library.add("join", 2, "<a<s>s?:s>", (calls, args) -> join(args));
    library.add("base64encode", 1, "<s-:s>", text(TextFunctions::encode));
    library.add("base64decode", 1, "<s-:s>", text(TextFunctions::decode));
    for (String name :
        List.of("encodeUrlComponent", "encodeUrl", "decodeUrlComponent", "decodeUrl")) {
      library.add(name, 1, "<s-:s>", text(text -> UrlCoding.code(name, text)));
    }
  }

  private static Function.Body text(java.util.function.UnaryOperator<String> function) {
    return (calls, args) -> {
      String text = Library.text(args, 0);
      return text == null ? null : function.apply(text);
    };
  }

  private static @Nullable String substring(List<@Nullable Object> args) {
    String text = Library.text(args, 0);
    if (text == null) {
      return null;
    }
    int[] characters = text.codePoints().toArray();
    Double given = Library.number(args, 1);
    double start = given == null ? Double.NaN : given;
    if (characters.length + start < 0) {
      start = 0;
    }
    Double length = Library.number(args, 2);
    double end = characters.length;
    if (length != null) {
      if (length <= 0) {
        return "";
      }
      end = start >= 0 ? start + length : characters.length + start + length;
    }
    int from = place(start, characters.length);
    int to = place(end, characters.length);
    return from >= to ? "" : new String(characters, from, to - from);
  }

  /** Where a slice of an array begins or ends. */
  private static int place(double given, int length) {
    double whole = Double.isNaN(given) ? 0 : given < 0 ? Math.ceil(given) : Math.floor(given);
    return (int) Math.min(length, whole < 0 ? Math.max(0, length + whole) : whole);
  }

  private static @Nullable String around(List<@Nullable Object> args, boolean before) {
    String text = Library.text(args, 0);
    if (text == null) {
      return null;
    }
    String mark = Library.text(args, 1);
    // The reference searches for the text "undefined".
    String sought = mark == null ? "undefined" : mark;
    int at = text.indexOf(sought);
    if (at < 0) {
      return text;
    }
    return before ? text.substring(0, at) : text.substring(at + sought.length());
  }

  private static String trim(String text) {
    String result = text.replaceAll("[ \t\n\r]+", " ");
    int start = result.startsWith(" ") ? 1 : 0;
    int end =
        result.length() > start && result.endsWith(" ") ? result.length() - 1 : result.length();
    return result.substring(start, end);
  }

  /** AWS bounds the characters that may be added (recorded). */
  private static @Nullable String pad(List<@Nullable Object> args) {
    String text = Library.text(args, 0);
    Double width = Library.number(args, 1);
    if (text == null || width == null) {
      return text;
    }
    double missing = Math.abs(width) - text.codePointCount(0, text.length());
    if (missing > Budget.MAX_PADDING) {
      throw Budget.memory();
    }
    if (missing < 1) {
      return text;
    }
    String with = Library.text(args, 2);
    int[] filling = (with == null || with.isEmpty() ? " " : with).codePoints().toArray();
    StringBuilder padding = new StringBuilder();
    for (int i = 0; i < (int) missing; i++) {
      padding.appendCodePoint(filling[i % filling.length]);
    }
    return width < 0 ? padding + text : text + padding;
  }

  private static @Nullable String join(List<@Nullable Object> args) {
    Sequence parts = Library.array(args, 0);
    if (parts == null) {
      return null;
    }
    String separator = Library.text(args, 1);
    return String.join(
        separator == null ? "" : separator, parts.stream().map(Matching::plain).toList());
  }

  /** Each character is a byte, as the reference has it; texts with other characters are UTF-8. */
  private static String encode(String text) {
    boolean bytes = text.chars().allMatch(c -> c <= 0xFF);
    return Base64.getEncoder()
        .encodeToString(
            text.getBytes(bytes ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8));
  }

  private static String decode(String text) {
    String plain = text.replace('-', '+').replace('_', '/').replaceAll("[^A-Za-z0-9+/]", "");
    int whole = plain.length() % 4 == 1 ? plain.length() - 1 : plain.length();
    byte[] bytes = Base64.getDecoder().decode(plain.substring(0, whole));
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
