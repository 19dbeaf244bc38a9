// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.expr;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * JSONata's functions that take a regular expression or a matcher function, after the JSONata
 * reference: every step of a regular expression is counted, so no pattern runs away. Public because
 * the library calls its functions by reflection. Thread-safe.
 */
public final class JsonataRegex {
  private JsonataRegex() {}

  /** One match, and how to find the next. */
  private record Match(String text, int start, int end, List<?> groups, Next next) {
    Map<String, Object> shown() {
      Map<String, Object> shown = new LinkedHashMap<>();
      shown.put("match", text);
      shown.put("index", start);
      shown.put("groups", groups);
      return shown;
    }
  }

  @FunctionalInterface
  private interface Next {
    @Nullable Match find() throws Throwable;
  }

  private static @Nullable Match first(Object matcher, String text) throws Throwable {
    if (matcher instanceof Pattern pattern) {
      return next(pattern.matcher(JsonataGuard.current().text(text)));
    }
    return told(Functions.funcApply(matcher, List.of(text)));
  }

  private static @Nullable Match next(Matcher matcher) {
    if (!matcher.find()) {
      return null;
    }
    if (matcher.end() == matcher.start()) {
      throw new JException("D1004", -1, matcher.pattern().pattern());
    }
    List<Object> groups = new ArrayList<>();
    for (int i = 1; i <= matcher.groupCount(); i++) {
      String group = matcher.group(i);
      groups.add(group == null ? "" : group);
    }
    return new Match(matcher.group(), matcher.start(), matcher.end(), groups, () -> next(matcher));
  }

  /** What a matcher function tells. */
  private static @Nullable Match told(@Nullable Object told) throws Throwable {
    if (told == null) {
      return null;
    }
    if (told instanceof Map<?, ?> map
        && map.get("match") instanceof String text
        && map.get("start") instanceof Number start
        && map.get("end") instanceof Number end
        && map.get("groups") instanceof List<?> groups) {
      Object next = map.get("next");
      return new Match(
          text,
          start.intValue(),
          end.intValue(),
          groups,
          () -> next == null ? null : told(Functions.funcApply(next, List.of())));
    }
    throw new JException("T1010", -1);
  }

  private static boolean within(int count, @Nullable Number limit) {
    return limit == null || count < limit.doubleValue();
  }

  private static void notNegative(@Nullable Number limit, String code) {
    if (limit != null && limit.doubleValue() < 0) {
      throw new JException(code, -1, limit);
    }
  }

  /** {@code $match}. */
  public static @Nullable Object match(
      @Nullable String text, @Nullable Object pattern, @Nullable Number limit) throws Throwable {
    if (text == null || pattern == null) {
      return null;
    }
    notNegative(limit, "D3040");
    List<Object> matches = new ArrayList<>();
    Match match = first(pattern, text);
    while (match != null) {
      matches.add(match.shown());
      // A partial application hands the index of $map on as the limit: 0 is no limit to rely on.
      match = within(matches.size(), limit) ? match.next().find() : null;
    }
    return matches;
  }

  /** {@code $contains}. */
  public static @Nullable Boolean contains(@Nullable String text, @Nullable Object token)
      throws Throwable {
    if (text == null || token == null) {
      return null;
    }
    return token instanceof String part ? text.contains(part) : first(token, text) != null;
  }

  /** {@code $split}. */
  public static @Nullable Object split(
      @Nullable String text, @Nullable Object separator, @Nullable Number limit) throws Throwable {
    if (text == null) {
      return null;
    }
    notNegative(limit, "D3020");
    if (separator == null || separator instanceof String) {
      return Functions.split(text, separator, limit);
    }
    List<String> parts = new ArrayList<>();
    int start = 0;
    Match match = first(separator, text);
    while (match != null && within(parts.size(), limit)) {
      parts.add(text.substring(start, match.start()));
      start = match.end();
      match = match.next().find();
    }
    if (within(parts.size(), limit)) {
      parts.add(text.substring(start));
    }
    return parts;
  }

  /** {@code $replace}. */
  public static @Nullable String replace(
      @Nullable String text,
      @Nullable Object pattern,
      @Nullable Object replacement,
      @Nullable Number limit)
      throws Throwable {
    if (text == null || pattern == null || replacement == null) {
      return null;
    }
    notNegative(limit, "D3011");
    if (pattern instanceof String part) {
      return replaceText(text, part, replacement, limit);
    }
    StringBuilder replaced = new StringBuilder();
    int position = 0;
    int count = 0;
    Match match = within(0, limit) ? first(pattern, text) : null;
    while (match != null && within(count, limit)) {
      replaced.append(text, position, match.start()).append(substitute(match, replacement));
      position = match.start() + match.text().length();
      count++;
      match = match.next().find();
    }
    return replaced.append(text, position, text.length()).toString();
  }

  private static String replaceText(
      String text, String part, Object replacement, @Nullable Number limit) {
    if (part.isEmpty()) {
      throw new JException("D3010", -1, part);
    }
    if (!(replacement instanceof String with)) {
      throw new JException("D3012", -1, replacement);
    }
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

  private static String substitute(Match match, Object replacement) throws Throwable {
    if (replacement instanceof String template) {
      return fill(template, match);
    }
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("match", match.text());
    shown.put("start", match.start());
    shown.put("end", match.end());
    shown.put("groups", match.groups());
    Object given = Functions.funcApply(replacement, List.of(shown));
    if (given instanceof String text) {
      return text;
    }
    throw new JException("D3012", -1, given == null ? Jsonata.NULL_VALUE : given);
  }

  /** <code>$0</code> is the match, <code>$1</code> and on its groups, <code>$$</code> a dollar. */
  private static String fill(String template, Match match) {
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
        filled.append(match.text());
        position++;
      } else {
        position = group(template, position, match, filled);
      }
      dollar = template.indexOf('$', position);
    }
    return filled.append(template.substring(position)).toString();
  }

  private static int group(String template, int position, Match match, StringBuilder filled) {
    int groups = match.groups().size();
    int digits = groups == 0 ? 1 : (int) Math.log10(groups) + 1;
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
    if (end > position + 1 && index > groups) {
      end--;
      index = Integer.parseInt(template.substring(position, end));
    }
    if (index >= 1 && index <= groups) {
      filled.append(match.groups().get(index - 1));
    }
    return end;
  }
}
