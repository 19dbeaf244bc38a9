// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * HTTP headers in order, with repeated ones. Names are compared case-insensitively. Immutable.
 *
 * @param entries name and value pairs as received or to be sent
 */
public record Headers(List<Map.Entry<String, String>> entries) {
  /** No headers. */
  public static final Headers EMPTY = new Headers(List.of());

  /** Copies the list. */
  public Headers {
    entries = List.copyOf(entries);
  }

  /** Headers from alternating names and values. */
  public static Headers of(String... namesAndValues) {
    var entries = new ArrayList<Map.Entry<String, String>>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      entries.add(Map.entry(namesAndValues[i], namesAndValues[i + 1]));
    }
    return new Headers(entries);
  }

  /** The first value of the header. */
  public Optional<String> first(String name) {
    for (Map.Entry<String, String> entry : entries) {
      if (entry.getKey().equalsIgnoreCase(name)) {
        return Optional.of(entry.getValue());
      }
    }
    return Optional.empty();
  }

  /** Every value of the header, in order. */
  public List<String> all(String name) {
    var values = new ArrayList<String>(1);
    for (Map.Entry<String, String> entry : entries) {
      if (entry.getKey().equalsIgnoreCase(name)) {
        values.add(entry.getValue());
      }
    }
    return values;
  }

  /** By name in lower case; the values of a repeated header joined with a comma. */
  public Map<String, String> byName() {
    var byName = new LinkedHashMap<String, String>();
    for (Map.Entry<String, String> entry : entries) {
      byName.merge(
          entry.getKey().toLowerCase(Locale.ROOT),
          entry.getValue(),
          (first, next) -> first + "," + next);
    }
    return byName;
  }

  /** These headers and one more. */
  public Headers with(String name, String value) {
    var more = new ArrayList<>(entries);
    more.add(Map.entry(name, value));
    return new Headers(more);
  }
}
