// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigatewayv2.data;

import dev.syncline.sim.service.http.PercentCoding;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A route's key: {@code $default}, or a method and a path with variables such as {@code {id}} and a
 * greedy last one, {@code {proxy+}}. Ordered from the most specific key to the least: literal
 * segments come before variables, variables before greedy ones, a method before {@code ANY}.
 * Immutable.
 *
 * @param text as the route has it
 * @param method a method or {@code ANY}; empty for {@code $default}
 * @param segments of the path
 */
public record RouteKey(String text, String method, List<String> segments)
    implements Comparable<RouteKey> {
  /** The route of requests that no other route matches. */
  public static final String DEFAULT = "$default";

  private static final Set<String> METHODS =
      Set.of("ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT");
  private static final Pattern FORM = Pattern.compile("([A-Z]+) (/\\S*)");
  private static final Pattern VARIABLE = Pattern.compile("\\{([A-Za-z0-9._:-]+)(\\+?)\\}");
  private static final Comparator<RouteKey> BY_SPECIFICITY =
      Comparator.comparing(RouteKey::rank).thenComparing(key -> key.method.equals("ANY"));

  /** Reads a key; empty when it is not valid. */
  public static Optional<RouteKey> parse(String text) {
    if (text.equals(DEFAULT)) {
      return Optional.of(new RouteKey(text, "", List.of()));
    }
    Matcher form = FORM.matcher(text);
    if (!form.matches() || !METHODS.contains(form.group(1))) {
      return Optional.empty();
    }
    List<String> segments = segments(form.group(2));
    for (int i = 0; i < segments.size(); i++) {
      String segment = segments.get(i);
      Matcher variable = VARIABLE.matcher(segment);
      boolean valid =
          variable.matches()
              ? variable.group(2).isEmpty() || i == segments.size() - 1
              : segment.indexOf('{') < 0 && segment.indexOf('}') < 0;
      if (!valid) {
        return Optional.empty();
      }
    }
    return Optional.of(new RouteKey(text, form.group(1), segments));
  }

  static List<String> segments(String path) {
    return path.equals("/") ? List.of() : List.of(path.substring(1).split("/", -1));
  }

  /** The values of the path's variables; empty when the request does not match. */
  Optional<Map<String, String>> match(String requestMethod, List<String> path) {
    var values = new LinkedHashMap<String, String>();
    if (text.equals(DEFAULT)) {
      return Optional.of(values);
    }
    if (!method.equals("ANY") && !method.equals(requestMethod)) {
      return Optional.empty();
    }
    for (int i = 0; i < segments.size(); i++) {
      if (i >= path.size()) {
        return Optional.empty();
      }
      Matcher variable = VARIABLE.matcher(segments.get(i));
      if (!variable.matches()) {
        if (!segments.get(i).equals(PercentCoding.decode(path.get(i)))) {
          return Optional.empty();
        }
      } else if (!variable.group(2).isEmpty()) {
        String rest = String.join("/", path.subList(i, path.size()));
        values.put(variable.group(1), PercentCoding.decode(rest));
        return Optional.of(values);
      } else if (path.get(i).isEmpty()) {
        return Optional.empty();
      } else {
        values.put(variable.group(1), PercentCoding.decode(path.get(i)));
      }
    }
    return path.size() == segments.size() ? Optional.of(values) : Optional.empty();
  }

  /** The path of the key; {@code $default} for the default route. */
  String path() {
    return text.equals(DEFAULT) ? DEFAULT : text.substring(text.indexOf(' ') + 1);
  }

  /** One character a segment, so that the texts sort from specific to general. */
  private String rank() {
    if (text.equals(DEFAULT)) {
      return "~";
    }
    var rank = new StringBuilder();
    for (String segment : segments) {
      Matcher variable = VARIABLE.matcher(segment);
      rank.append(!variable.matches() ? 'a' : variable.group(2).isEmpty() ? 'b' : 'c');
    }
    return rank.toString();
  }

  @Override
  public int compareTo(RouteKey other) {
    return BY_SPECIFICITY.compare(this, other);
  }
}
