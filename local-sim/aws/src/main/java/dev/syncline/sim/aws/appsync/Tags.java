// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.appsync;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.aws.service.AwsException;
import dev.syncline.sim.aws.service.Input;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tags of a resource: at most 50, keys of 1 to 128 characters, values of up to 256. */
final class Tags {
  private static final int MAX_TAGS = 50;
  private static final int MAX_KEY = 128;
  private static final int MAX_VALUE = 256;

  private Tags() {}

  /**
   * Reads the member {@code tags}.
   *
   * @throws AwsException naming the tag that is wrong
   */
  static Map<String, String> read(Input input) {
    return checked(input.textMap("tags"));
  }

  static Map<String, String> checked(Map<String, String> tags) {
    tags.forEach(
        (key, value) -> {
          if (key.isEmpty() || key.length() > MAX_KEY || key.startsWith("aws:")) {
            throw Errors.badRequest(
                "The tag key '" + key + "' must have 1 to 128 characters and not begin with aws:.");
          }
          if (value.length() > MAX_VALUE) {
            throw Errors.badRequest("The value of the tag '" + key + "' has over 256 characters.");
          }
        });
    if (tags.size() > MAX_TAGS) {
      throw Errors.badRequest("A resource can have at most 50 tags, not " + tags.size() + ".");
    }
    return Collections.unmodifiableMap(new LinkedHashMap<>(tags));
  }

  static ObjectNode json(Map<String, String> tags) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    tags.forEach(json::put);
    return json;
  }
}
