// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.jsonata;

import dev.syncline.sim.asl.internal.jsonata.Function.Builtin;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Regular expressions as functions, and the functions that take them. */
final class Matching {
  private Matching() {}

  static void define(Library.Definition library) {
    library.add("match", 3, "<s-f<s:o>n?:a<o>>", (calls, args) -> match(calls, args));
    library.add("contains", 2, "<s-(sf):b>", (calls, args) -> contains(calls, args));
    library.add("replace", 4, "<s-(sf)(sf)n?:s>", (calls, args) -> replace(calls, args));
    library.add("split", 3, "<s-(sf)n?:a<s>>", (calls, args) -> split(calls, args));
  }

  /** The function of a regular expression: it takes a text and returns the first match. */
  static Builtin function(Regex regex, Budget budget) {
    return Builtin.plain(
        "",
        2,
        (calls, args) -> {
          double from = Library.number(args, 1) instanceof Double given ? given : 0;
          return find(regex, budget, plain(args.getFirst()), (int) Math.max(0, from));
        });
  }

  /** A value as JavaScript turns it into a text. */
  static String plain(@Nullable Object value) {
    return switch (value) {
      case null -> "undefined";
      case String text -> text;
      case Double number -> JsonataText.number(number);
      case Sequence array -> String.join(",", array.stream().map(Matching::plain).toList());
      case Map<?, ?> object -> "[object Object]";
      default -> String.valueOf(value);
    };
  }

  private static @Nullable Map<String, @Nullable Object> find(
      Regex regex, Budget budget, String text, int from) {
    if (from > text.length()) {
      return null;
    }
    if (!regex.countable()) {
      throw JsonataException.worded(Budget.LIMIT_CODE, Budget.TIMEOUT);
    }
    Matcher matcher = regex.pattern().matcher(budget.counted(text));
    budget.work(1);
    if (!matcher.find(from)) {
      return null;
    }
    Sequence groups = Sequence.array();
    for (int i = 1; i <= matcher.groupCount(); i++) {
      groups.add(matcher.group(i));
    }
    int end = matcher.end();
    Map<String, @Nullable Object> match = new LinkedHashMap<>();
    match.put("match", matcher.group());
    match.put("start", (double) matcher.start());
    match.put("end", (double) end);
    match.put("groups", groups);
    match.put("next", Builtin.plain("", 0, (calls, args) -> next(regex, budget, text, end)));
    return match;
  }

  private static @Nullable Object next(Regex regex, Budget budget, String text, int from) {
    if (from >= text.length()) {
      return null;
    }
    Map<String, @Nullable Object> next = find(regex, budget, text, from);
    if (next != null && "".equals(next.get("match"))) {
      throw JsonataException.of("D1004").value(regex.source());
    }
    return next;
  }

  /** The answer of a matcher; an empty object for null. */
  private static @Nullable Map<?, ?> answer(@Nullable Object result) {
    if (result == null) {
      return null;
    }
    Map<?, ?> map = result instanceof Map<?, ?> object ? object : Map.of();
    if (JsonataValues.truthy(result)
        && !(map.get("start") instanceof Double
            || map.get("end") instanceof Double
            || map.get("groups") instanceof Sequence
            || map.get("next") instanceof Function)) {
      throw JsonataException.of("T1010");
    }
    return map;
  }

  private static @Nullable Map<?, ?> first(
      JsonataCalls calls, List<@Nullable Object> args, int index, String text, String of) {
    return answer(calls.invoke(Library.function(args, index, of), text));
  }

  private static @Nullable Map<?, ?> following(JsonataCalls calls, Map<?, ?> match) {
    return answer(calls.invoke(match.get("next"), (Object) null));
  }

  private static int place(Map<?, ?> match, String name) {
    return match.get(name) instanceof Double place ? place.intValue() : 0;
  }

  private static boolean within(double count, @Nullable Double limit) {
    return limit == null || count < limit;
  }

  private static void notNegative(@Nullable Double limit, String code) {
    if (limit != null && limit < 0) {
      throw JsonataException.of(code).value(limit);
    }
  }

  private static @Nullable Sequence match(JsonataCalls calls, List<@Nullable Object> args) {
    String text = Library.text(args, 0);
    if (text == null) {
      return null;
    }
    Double limit = Library.number(args, 2);
    notNegative(limit, "D3040");
    Sequence matches = Sequence.create();
    if (!within(0, limit)) {
      return matches;
    }
    Map<?, ?> match = first(calls, args, 1, text, "match");
    while (match != null && within(matches.size(), limit)) {
      Map<String, @Nullable Object> shown = new LinkedHashMap<>();
      shown.put("match", match.get("match"));
      shown.put("index", match.get("start"));
      shown.put("groups", match.get("groups"));
      matches.add(shown);
      match = following(calls, match);
    }
    return matches;
  }

  /** An undefined token gives nothing, as in later versions of the reference; 2.0.6 fails. */
  private static @Nullable Boolean contains(JsonataCalls calls, List<@Nullable Object> args) {
    String text = Library.text(args, 0);
    if (text == null) {
      return null;
    }
    Object token = Library.arg(args, 1);
    if (token == null) {
      return null;
    }
    return token instanceof String part
        ? text.contains(part)
        : first(calls, args, 1, text, "contains") != null;
  }

  private static @Nullable Sequence split(JsonataCalls calls, List<@Nullable Object> args) {
    String text = Library.text(args, 0);
    if (text == null) {
      return null;
    }
    Double limit = Library.number(args, 2);
    notNegative(limit, "D3020");
    Sequence parts = Sequence.array();
    if (!within(0, limit)) {
      return parts;
    }
    if (Library.arg(args, 1) instanceof String separator) {
      String[] all =
          text.isEmpty() && separator.isEmpty()
              ? new String[0]
              : text.split(separator.isEmpty() ? "" : Pattern.quote(separator), -1);
      int count = all.length;
      // Java adds an empty text after the last character.
      count -= separator.isEmpty() && count > 0 && all[count - 1].isEmpty() ? 1 : 0;
      for (int i = 0; i < count && i < Math.floor(limit == null ? count : limit); i++) {
        parts.add(all[i]);
      }
      return parts;
    }
    int start = 0;
    Map<?, ?> match = first(calls, args, 1, text, "split");
    while (match != null && within(parts.size(), limit)) {
      parts.add(text.substring(start, Math.max(start, place(match, "start"))));
      start = place(match, "end");
      match = following(calls, match);
    }
    if (within(parts.size(), limit)) {
      parts.add(text.substring(start));
    }
    return parts;
  }

  private static @Nullable String replace(JsonataCalls calls, List<@Nullable Object> args) {
    String text = Library.text(args, 0);
    if (text == null) {
      return null;
    }
    Object pattern = Library.arg(args, 1);
    if ("".equals(pattern)) {
      throw JsonataException.of("D3010").value(pattern);
    }
    Double limit = Library.number(args, 3);
    notNegative(limit, "D3011");
    if (!within(0, limit)) {
      return text;
    }
    Object replacement = Library.arg(args, 2);
    if (pattern instanceof String part) {
      return replaceText(text, part, replacement, limit);
    }
    StringBuilder replaced = new StringBuilder();
    int position = 0;
    int count = 0;
    Map<?, ?> match = first(calls, args, 1, text, "replace");
    while (match != null && within(count, limit)) {
      int start = Math.max(position, place(match, "start"));
      replaced.append(text, position, start).append(substitute(calls, match, replacement));
      calls.budget().characters(replaced.length());
      position = Math.min(text.length(), start + String.valueOf(match.get("match")).length());
      count++;
      match = following(calls, match);
    }
    return replaced.append(text.substring(position)).toString();
  }

  private static String replaceText(
      String text, String part, @Nullable Object replacement, @Nullable Double limit) {
    if (replacement instanceof Function) {
      throw JsonataException.of("D3012").value(replacement);
    }
    String with = replacement instanceof String given ? given : "undefined";
    StringBuilder replaced = new StringBuilder();
    int position = 0;
    int count = 0;
    int at = text.indexOf(part);
    while (at >= 0 && within(count, limit)) {
      replaced.append(text, position, at).append(with);
      position = at + part.length();
      count++;
      at = text.indexOf(part, position);
    }
    return replaced.append(text, position, text.length()).toString();
  }

  private static String substitute(
      JsonataCalls calls, Map<?, ?> match, @Nullable Object replacement) {
    if (replacement instanceof String template) {
      return fill(template, match);
    }
    Object given = calls.invoke(replacement, match);
    if (given instanceof String text) {
      return text;
    }
    throw JsonataException.of("D3012").value(given);
  }

  /** <code>$0</code> is the match, <code>$1</code> and on its groups, <code>$$</code> a dollar. */
  private static String fill(String template, Map<?, ?> match) {
    Sequence groups = match.get("groups") instanceof Sequence all ? all : Sequence.array();
    StringBuilder filled = new StringBuilder();
    int position = 0;
    int dollar = template.indexOf('$');
    while (dollar >= 0) {
      filled.append(template, position, dollar);
      position = dollar + 1;
      char next = position < template.length() ? template.charAt(position) : ' ';
      if (next == '$') {
        filled.append('$');
        position++;
      } else if (next == '0') {
        filled.append(match.get("match"));
        position++;
      } else {
        position = group(template, position, groups, filled);
      }
      dollar = template.indexOf('$', position);
    }
    return filled.append(template.substring(position)).toString();
  }

  private static int group(String template, int position, Sequence groups, StringBuilder filled) {
    int count = groups.size();
    int digits = count == 0 ? 1 : (int) Math.log10(count) + 1;
    int end = position;
    while (end < template.length()
        && end < position + digits
        && Character.isDigit(template.charAt(end))) {
      end++;
    }
    if (end == position) {
      filled.append('$');
      return position;
    }
    int index = Integer.parseInt(template.substring(position, end));
    if (end > position + 1 && index > count) {
      end--;
      index = Integer.parseInt(template.substring(position, end));
    }
    if (index >= 1 && index <= count && groups.get(index - 1) != null) {
      filled.append(groups.get(index - 1));
    }
    return end;
  }
}
