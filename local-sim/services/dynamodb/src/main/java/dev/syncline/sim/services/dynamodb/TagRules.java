// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Tags;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads tags, and refuses those that AWS refuses. Their lengths are constraints of the model. */
final class TagRules {
  private static final int MAX_TAGS = 50;
  private static final Pattern ALLOWED = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");
  private static final String RESERVED = "aws:";

  private TagRules() {}

  /** The tags of a request, in order. */
  static Map<String, String> read(Input input) {
    var keys = new HashSet<String>();
    for (Input tag : input.structures("Tags")) {
      String key = tag.text("Key").orElse("");
      if (!keys.add(key)) {
        throw DynamoDbErrors.invalidParameter("Duplicate tag key: " + key);
      }
      if (key.startsWith(RESERVED)) {
        throw DynamoDbErrors.invalidParameter(
            "Tag keys that begin with aws: are reserved for system use: " + key);
      }
      requireAllowed("key", key);
      requireAllowed("value", tag.text("Value").orElse(""));
    }
    return merged(Map.of(), Tags.read(input, "Tags"));
  }

  private static void requireAllowed(String part, String text) {
    if (!ALLOWED.matcher(text).matches()) {
      throw DynamoDbErrors.invalidParameter(
          "The tag " + part + " '" + text + "' has characters that are not allowed");
    }
  }

  /** The tags with others added, as long as they are not too many. */
  static Map<String, String> merged(Map<String, String> before, Map<String, String> added) {
    var all = new LinkedHashMap<>(before);
    all.putAll(added);
    if (all.size() > MAX_TAGS) {
      throw DynamoDbErrors.invalidParameter(
          "Number of tags exceeds the limit of " + MAX_TAGS + " tags per resource");
    }
    return all;
  }
}
