// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The tags in requests, under the names that services have for them. */
final class RequestTags {
  private static final List<String> TAGS = List.of("Tags", "tags", "Tagging.TagSet");
  private static final List<String> KEYS = List.of("TagKeys", "tagKeys");

  private RequestTags() {}

  /** Tags as a map, or as a list of structures with a key and a value. */
  static Map<String, String> of(AccessRequest request) {
    var tags = new LinkedHashMap<String, String>();
    for (String member : TAGS) {
      JsonNode node = request.node(member);
      if (node.isObject()) {
        node.properties().forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
      } else if (!node.isMissingNode()) {
        for (JsonNode tag : request.items(member)) {
          String key = tag.path("Key").asText(tag.path("key").asText());
          if (!key.isEmpty()) {
            tags.put(key, tag.path("Value").asText(tag.path("value").asText()));
          }
        }
      }
    }
    return tags;
  }

  /** The keys of tags, and those that a request removes. */
  static List<String> keys(AccessRequest request, Map<String, String> tags) {
    if (tags.isEmpty() && KEYS.stream().noneMatch(request.input()::has)) {
      return List.of();
    }
    var keys = new TreeSet<>(tags.keySet());
    for (String member : KEYS) {
      request.items(member).forEach(key -> keys.add(key.asText()));
    }
    return List.copyOf(keys);
  }
}
