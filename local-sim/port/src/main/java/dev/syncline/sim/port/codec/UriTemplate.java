// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port.codec;

import dev.syncline.sim.service.http.PercentCoding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A restJson path template such as {@code /tags/{resource_arn}}. Matched on the raw path, so that
 * an escaped slash stays within its label. A trailing slash on either side makes no difference.
 */
final class UriTemplate {
  private final String[] segments;
  private final String query;
  private final boolean greedy;

  UriTemplate(String template) {
    int mark = template.indexOf('?');
    this.query = mark < 0 ? "" : template.substring(mark + 1);
    this.segments = split(mark < 0 ? template : template.substring(0, mark));
    this.greedy = segments[segments.length - 1].endsWith("+}");
  }

  /** How specific it is: of two templates that match, the one with more fixed text is used. */
  int weight() {
    int weight = query.isEmpty() ? 0 : 1;
    for (String segment : segments) {
      weight += segment.startsWith("{") ? 0 : 2;
    }
    return greedy ? weight : weight + 1;
  }

  /** The labels, decoded; empty when the path does not match. */
  Optional<Map<String, String>> match(
      String rawPath, List<Map.Entry<String, String>> requestQuery) {
    if (!query.isEmpty() && !has(requestQuery)) {
      return Optional.empty();
    }
    String[] parts = split(rawPath);
    if (greedy ? parts.length < segments.length : parts.length != segments.length) {
      return Optional.empty();
    }
    var labels = new LinkedHashMap<String, String>();
    for (int i = 0; i < segments.length; i++) {
      String segment = segments[i];
      if (!segment.startsWith("{")) {
        if (!segment.equals(PercentCoding.decode(parts[i]))) {
          return Optional.empty();
        }
      } else if (greedy && i == segments.length - 1) {
        String rest = String.join("/", List.of(parts).subList(i, parts.length));
        labels.put(segment.substring(1, segment.length() - 2), PercentCoding.decode(rest));
      } else if (parts[i].isEmpty()) {
        return Optional.empty();
      } else {
        labels.put(segment.substring(1, segment.length() - 1), PercentCoding.decode(parts[i]));
      }
    }
    return Optional.of(labels);
  }

  /** The fixed query parameters of the template, removed from the members later. */
  boolean fixes(String parameter) {
    for (String pair : query.split("&")) {
      if (!pair.isEmpty() && pair.split("=", 2)[0].equals(parameter)) {
        return true;
      }
    }
    return false;
  }

  private boolean has(List<Map.Entry<String, String>> requestQuery) {
    for (String pair : query.split("&")) {
      String[] nameAndValue = pair.split("=", 2);
      boolean found =
          requestQuery.stream()
              .anyMatch(
                  parameter ->
                      parameter.getKey().equals(nameAndValue[0])
                          && (nameAndValue.length == 1
                              || parameter.getValue().equals(nameAndValue[1])));
      if (!found) {
        return false;
      }
    }
    return true;
  }

  private static String[] split(String path) {
    String trimmed =
        path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return trimmed.substring(1).split("/", -1);
  }
}
