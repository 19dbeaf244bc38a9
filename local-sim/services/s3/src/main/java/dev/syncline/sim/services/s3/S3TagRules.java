// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The rules of a bucket's tags, from S3's user guide. */
final class S3TagRules {
  private static final int MAX_TAGS = 50;
  private static final int MAX_KEY = 128;
  private static final int MAX_VALUE = 256;
  private static final Pattern CHARACTERS = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");

  private S3TagRules() {}

  /** The set of tags as it is stored. */
  static ObjectNode accepted(List<Input> tags) {
    if (tags.size() > MAX_TAGS) {
      throw BucketErrors.tooManyTags();
    }
    var keys = new HashSet<String>();
    ObjectNode stored = Json.object();
    ArrayNode set = stored.putArray("TagSet");
    for (Input tag : tags) {
      String key = tag.text("Key").orElse("");
      String value = tag.text("Value").orElse("");
      if (key.isEmpty() || key.length() > MAX_KEY || !CHARACTERS.matcher(key).matches()) {
        throw BucketErrors.invalidTag("The TagKey you have provided is invalid", key);
      }
      if (value.length() > MAX_VALUE || !CHARACTERS.matcher(value).matches()) {
        throw BucketErrors.invalidTag("The TagValue you have provided is invalid", key);
      }
      if (key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
        throw BucketErrors.invalidTag("System tags cannot be added/updated by requester", key);
      }
      if (!keys.add(key)) {
        throw BucketErrors.invalidTag("Cannot provide multiple Tags with the same key", key);
      }
      set.addObject().put("Key", key).put("Value", value);
    }
    return stored;
  }
}
