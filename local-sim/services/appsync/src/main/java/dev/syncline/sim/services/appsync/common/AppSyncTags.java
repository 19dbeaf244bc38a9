// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.common;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Input;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Tags of a resource: at most 50, keys of 1 to 128 characters, values of up to 256. */
public final class AppSyncTags {
  /** How many tags a resource may have. */
  public static final int MAX_TAGS = 50;

  private static final int MAX_KEY = 128;
  private static final int MAX_VALUE = 256;

  /** As the service's model has them; {@code +-=} is a range, digits and all. */
  private static final Pattern KEY = Pattern.compile("(?!aws:)[ a-zA-Z+-=._:/]+");

  private static final Pattern VALUE = Pattern.compile("[\\s\\w+-=.:/@]*");

  private AppSyncTags() {}

  /**
   * Reads the member {@code tags}.
   *
   * @throws AwsException naming the tag that is wrong
   */
  public static Map<String, String> read(Input input) {
    return checked(input.textMap("tags"));
  }

  /**
   * Checks tags.
   *
   * @throws AwsException naming the tag that is wrong
   */
  public static Map<String, String> checked(Map<String, String> tags) {
    tags.forEach(
        (key, value) -> {
          checkedKey(key);
          if (value.length() > MAX_VALUE || !VALUE.matcher(value).matches()) {
            throw AppSyncErrors.badRequest(
                "The value of the tag '"
                    + key
                    + "' must have up to 256 characters of "
                    + VALUE
                    + ".");
          }
        });
    if (tags.size() > MAX_TAGS) {
      throw AppSyncErrors.badRequest(
          "A resource can have at most 50 tags, not " + tags.size() + ".");
    }
    return Collections.unmodifiableMap(new LinkedHashMap<>(tags));
  }

  /**
   * A valid key of a tag.
   *
   * @throws AwsException for an invalid key
   */
  public static String checkedKey(String key) {
    if (key.length() > MAX_KEY || !KEY.matcher(key).matches()) {
      throw AppSyncErrors.badRequest(
          "The tag key '" + key + "' must have 1 to 128 characters of " + KEY + ".");
    }
    return key;
  }

  /** Tags as the wire has them. */
  public static ObjectNode json(Map<String, String> tags) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    tags.forEach(json::put);
    return json;
  }
}
