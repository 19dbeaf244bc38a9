// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.templates;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Filters for subscriptions and OpenSearch. Stateless. */
final class Filters {
  /** More alternatives are refused: a product of alternatives grows without end. */
  private static final int MAX_GROUPS = 1000;

  private Filters() {}

  static Map<?, ?> map(@Nullable Object value) throws UnwritableException {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw new UnwritableException();
  }

  static List<?> list(@Nullable Object value) throws UnwritableException {
    if (value instanceof List<?> list) {
      return list;
    }
    throw new UnwritableException();
  }

  // ---- Subscriptions: an OR of groups, each an AND of filters ----

  /**
   * The filter of a subscription.
   *
   * @param ignored fields that are left out
   * @param rules operators by field, which hold in every group
   */
  static Map<String, @Nullable Object> subscription(
      @Nullable Object filter, List<?> ignored, @Nullable Object rules) throws UnwritableException {
    List<List<Object>> groups = expanded(filter, ignored);
    List<List<Object>> strict = new ArrayList<>();
    if (rules instanceof Map<?, ?> fields) {
      for (Map.Entry<?, ?> field : fields.entrySet()) {
        strict.addAll(alternatives(field.getKey(), field.getValue()));
      }
    }
    if (!strict.isEmpty()) {
      groups = crossed(groups, strict);
    }
    List<Object> written = new ArrayList<>();
    for (List<Object> group : groups) {
      if (!group.isEmpty()) {
        written.add(one("filters", group));
      }
    }
    return one("filterGroup", written);
  }

  private static List<List<Object>> expanded(@Nullable Object filter, List<?> ignored)
      throws UnwritableException {
    List<List<Object>> groups = List.of(List.of());
    for (Map.Entry<?, ?> member : map(filter).entrySet()) {
      Object key = member.getKey();
      if ("and".equals(key)) {
        for (Object part : list(member.getValue())) {
          groups = crossed(groups, expanded(part, ignored));
        }
      } else if ("or".equals(key)) {
        List<List<Object>> choices = new ArrayList<>();
        for (Object part : list(member.getValue())) {
          choices.addAll(expanded(part, ignored));
        }
        groups = crossed(groups, choices);
      } else if (!ignored.contains(key)) {
        groups = crossed(groups, alternatives(key, member.getValue()));
      }
    }
    return groups;
  }

  /** Several operators of one field are alternatives, as recorded on AWS. */
  private static List<List<Object>> alternatives(Object field, @Nullable Object operators)
      throws UnwritableException {
    List<List<Object>> alternatives = new ArrayList<>();
    for (Map.Entry<?, ?> member : map(operators).entrySet()) {
      Map<String, @Nullable Object> filter = one("fieldName", field);
      filter.put("operator", member.getKey());
      filter.put("value", member.getValue());
      alternatives.add(List.of(filter));
    }
    return alternatives;
  }

  private static List<List<Object>> crossed(
      List<List<Object>> groups, List<List<Object>> alternatives) {
    if ((long) groups.size() * alternatives.size() > MAX_GROUPS) {
      throw new IllegalArgumentException("the filter has more than " + MAX_GROUPS + " groups");
    }
    List<List<Object>> crossed = new ArrayList<>();
    for (List<Object> group : groups) {
      for (List<Object> alternative : alternatives) {
        List<Object> joined = new ArrayList<>(group);
        joined.addAll(alternative);
        crossed.add(joined);
      }
    }
    return crossed;
  }

  // ---- OpenSearch ----

  /** The query for a filter. */
  static Map<String, @Nullable Object> search(@Nullable Object filter) throws UnwritableException {
    List<@Nullable Object> parts = new ArrayList<>();
    for (Map.Entry<?, ?> member : map(filter).entrySet()) {
      String key = String.valueOf(member.getKey());
      Object value = member.getValue();
      parts.add(
          switch (key) {
            case "and" -> one("bool", one("must", searches(value)));
            case "or" -> one("bool", one("should", searches(value)));
            case "not" -> one("bool", one("must_not", search(value)));
            default -> ofField(key, value);
          });
    }
    return one("bool", one("must", parts));
  }

  private static List<@Nullable Object> searches(@Nullable Object filters)
      throws UnwritableException {
    List<@Nullable Object> searches = new ArrayList<>();
    for (Object filter : list(filters)) {
      searches.add(search(filter));
    }
    return searches;
  }

  private static Map<String, @Nullable Object> ofField(String field, @Nullable Object operators)
      throws UnwritableException {
    List<@Nullable Object> parts = new ArrayList<>();
    for (Map.Entry<?, ?> member : map(operators).entrySet()) {
      parts.add(operation(field, String.valueOf(member.getKey()), member.getValue()));
    }
    return one("bool", one("must", parts));
  }

  private static Map<String, @Nullable Object> operation(
      String field, String operator, @Nullable Object value) throws UnwritableException {
    return switch (operator) {
      case "eq" -> one("term", one(field, value));
      case "ne" -> one("bool", one("must_not", one("term", one(field, value))));
      case "gt", "gte", "lt", "lte" -> one("range", one(field, one(operator, value)));
      case "range" -> {
        List<?> bounds = list(value);
        if (bounds.size() < 2) {
          throw new UnwritableException();
        }
        Map<String, @Nullable Object> range = one("gte", bounds.get(0));
        range.put("lte", bounds.get(1));
        yield one("range", one(field, range));
      }
      case "match", "wildcard", "regexp" -> one(operator, one(field, value));
      case "matchPhrase" -> one("match_phrase", one(field, value));
      case "matchPhrasePrefix" -> one("match_phrase_prefix", one(field, value));
      case "multiMatch" -> {
        Map<String, @Nullable Object> match = one("fields", List.of(field));
        match.put("query", value);
        yield one("multi_match", match);
      }
      case "exists" -> {
        Map<String, @Nullable Object> exists = one("exists", one("field", field));
        yield Boolean.TRUE.equals(value) ? exists : one("bool", one("must_not", exists));
      }
      default -> throw new UnwritableException();
    };
  }

  private static Map<String, @Nullable Object> one(String name, @Nullable Object value) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put(name, value);
    return map;
  }
}
