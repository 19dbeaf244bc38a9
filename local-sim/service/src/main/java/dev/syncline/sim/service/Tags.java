// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tags as most services write them: a list of structures with {@code Key} and {@code Value}. */
public final class Tags {
  private Tags() {}

  /** Reads a list member of tags, in order. */
  public static Map<String, String> read(Input input, String member) {
    var tags = new LinkedHashMap<String, String>();
    for (Input tag : input.structures(member)) {
      tags.put(tag.requiredText("Key"), tag.text("Value").orElse(""));
    }
    return tags;
  }

  /** Adds the tags of the list member {@code Tags}; the answer is empty. */
  public static Output add(Input input, Map<String, String> tags) {
    tags.putAll(read(input, "Tags"));
    return Output.empty();
  }

  /** Removes the tags whose keys are in the member {@code TagKeys}; the answer is empty. */
  public static Output remove(Input input, Map<String, String> tags) {
    tags.keySet().removeAll(input.texts("TagKeys"));
    return Output.empty();
  }

  /** Writes them. */
  public static ArrayNode write(Map<String, String> tags) {
    ArrayNode list = Json.array();
    tags.forEach((key, value) -> list.addObject().put("Key", key).put("Value", value));
    return list;
  }
}
