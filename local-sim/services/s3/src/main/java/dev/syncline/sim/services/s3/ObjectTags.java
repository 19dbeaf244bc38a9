// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The rules of an object's tags. Source: the S3 user guide, "Categorizing your objects". */
final class ObjectTags {
  static final String HEADER = "x-amz-tagging";
  private static final int MAX_TAGS = 10;
  private static final int MAX_KEY = 128;
  private static final int MAX_VALUE = 256;
  private static final Pattern TEXT = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");

  private ObjectTags() {}

  /**
   * The tags of a request's header, which are written as a query.
   *
   * @throws dev.syncline.sim.service.AwsException {@code InvalidArgument}, {@code InvalidTag}
   */
  static Map<String, String> ofHeader(String header) {
    var tags = new LinkedHashMap<String, String>();
    if (header.isEmpty()) {
      return tags;
    }
    for (String pair : header.split("&", -1)) {
      String[] keyAndValue = pair.split("=", 2);
      try {
        String key = URLDecoder.decode(keyAndValue[0], StandardCharsets.UTF_8);
        String value =
            keyAndValue.length == 1
                ? ""
                : URLDecoder.decode(keyAndValue[1], StandardCharsets.UTF_8);
        if (key.isEmpty() || tags.putIfAbsent(key, value) != null) {
          throw malformed(header);
        }
      } catch (IllegalArgumentException badEscape) {
        throw malformed(header);
      }
    }
    require(tags);
    return tags;
  }

  private static AwsException malformed(String header) {
    return S3Errors.invalidArgument(
        HEADER,
        header,
        "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters"
            + " without tag name duplicates.");
  }

  /**
   * The tags of a {@code TagSet}.
   *
   * @throws dev.syncline.sim.service.AwsException {@code InvalidTag}, {@code BadRequest}, {@code
   *     MalformedXML}
   */
  static Map<String, String> ofSet(List<Input> set) {
    var tags = new LinkedHashMap<String, String>();
    for (Input tag : set) {
      String key = tag.text("Key").orElseThrow(S3Errors::malformedXml);
      String value = tag.text("Value").orElseThrow(S3Errors::malformedXml);
      if (tags.putIfAbsent(key, value) != null) {
        throw S3Errors.invalidTag("Cannot provide multiple Tags with the same key", key);
      }
    }
    require(tags);
    return tags;
  }

  private static void require(Map<String, String> tags) {
    if (tags.size() > MAX_TAGS) {
      throw S3Errors.tooManyTags(MAX_TAGS);
    }
    tags.forEach(
        (key, value) -> {
          if (key.isEmpty() || key.length() > MAX_KEY || !TEXT.matcher(key).matches()) {
            throw S3Errors.invalidTag("The TagKey you have provided is invalid", key);
          }
          if (value.length() > MAX_VALUE || !TEXT.matcher(value).matches()) {
            throw S3Errors.invalidTag("The TagValue you have provided is invalid", key);
          }
          if (key.startsWith("aws:")) {
            throw S3Errors.invalidTag("System tags cannot be added/updated by requester", key);
          }
        });
  }

  /** As a {@code TagSet}. */
  static ArrayNode set(Map<String, String> tags) {
    ArrayNode set = Json.array();
    tags.forEach((key, value) -> set.addObject().put("Key", key).put("Value", value));
    return set;
  }
}
