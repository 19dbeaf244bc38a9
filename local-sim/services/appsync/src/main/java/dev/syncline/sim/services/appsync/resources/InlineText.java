// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.resources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.ResourceException;
import dev.syncline.sim.service.resource.ServiceCalls;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts that a template has in S3: the service takes them inline only. Stateless. */
final class InlineText {
  private static final Pattern S3_ADDRESS = Pattern.compile("s3://(?<bucket>[^/]+)/(?<key>.+)");

  private InlineText() {}

  /**
   * Replaces a location by the text at it.
   *
   * @param location the member with {@code s3://BUCKET/KEY}
   * @param text the member that the service has for the text
   * @throws ResourceException when both are given, or the location is malformed
   */
  static void fetch(ServiceCalls calls, ObjectNode input, String location, String text) {
    JsonNode address = input.remove(location);
    if (address == null) {
      return;
    }
    if (input.has(text)) {
      throw new ResourceException(
          "Only one of the properties "
              + property(text)
              + " and "
              + property(location)
              + " may be given");
    }
    Matcher parts = S3_ADDRESS.matcher(address.asText());
    if (!parts.matches()) {
      throw new ResourceException(
          property(location) + " must be s3://BUCKET/KEY, not '" + address.asText() + "'");
    }
    byte[] bytes = calls.object(parts.group("bucket"), parts.group("key"));
    input.put(text, new String(bytes, StandardCharsets.UTF_8));
  }

  /** Replaces the locations of code and templates; a new object. */
  static ObjectNode ofStep(ServiceCalls calls, ObjectNode properties) {
    ObjectNode input = properties.deepCopy();
    fetch(calls, input, "codeS3Location", "code");
    for (String template : new String[] {"requestMappingTemplate", "responseMappingTemplate"}) {
      fetch(calls, input, template + "S3Location", template);
    }
    return input;
  }

  private static String property(String member) {
    return Character.toUpperCase(member.charAt(0)) + member.substring(1);
  }
}
