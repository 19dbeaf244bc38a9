// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.contract.AssumableRoles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The session policies and tags of a request. Immutable.
 *
 * @param policies documents, of {@code Policy} and {@code PolicyArns}
 * @param size characters of inline policy and tags, which AWS packs
 */
record SessionOptions(
    List<String> policies, Map<String, String> tags, List<String> transitive, int size) {
  private static final int MAX_POLICIES = 10;
  private static final int MAX_TAGS = 50;
  private static final int MAX_PACKED = 2048;

  /**
   * Reads {@code Policy}, {@code PolicyArns}, {@code Tags} and {@code TransitiveTagKeys}.
   *
   * @throws dev.syncline.sim.service.AwsException when they break a rule of AWS
   */
  static SessionOptions read(Input input, Optional<AssumableRoles> roles) {
    var policies = new ArrayList<String>();
    String inline = input.text("Policy").orElse("");
    if (!inline.isEmpty()) {
      policies.add(checked(inline));
    }
    List<Input> arns = input.structures("PolicyArns");
    if (arns.size() > MAX_POLICIES) {
      throw StsErrors.tooManyPolicies(arns.size(), MAX_POLICIES);
    }
    for (Input each : arns) {
      String arn = each.only("arn").requiredText("arn");
      policies.add(
          roles
              .flatMap(known -> known.managedPolicy(arn))
              .orElseThrow(() -> StsErrors.noSuchPolicy(arn)));
    }
    var tags = new LinkedHashMap<String, String>();
    int size = inline.length();
    List<Input> given = input.structures("Tags");
    if (given.size() > MAX_TAGS) {
      throw StsErrors.tooManyTags(given.size(), MAX_TAGS);
    }
    for (Input tag : given) {
      String key = tag.requiredText("Key");
      String value = tag.text("Value").orElse("");
      if (tags.keySet().stream().anyMatch(key::equalsIgnoreCase)) {
        throw StsErrors.duplicateTags();
      }
      if (key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
        throw StsErrors.reservedTag(key);
      }
      tags.put(key, value);
      size += key.length() + value.length();
    }
    if (size > MAX_PACKED) {
      throw StsErrors.packedTooLarge(percent(size));
    }
    return new SessionOptions(policies, tags, input.texts("TransitiveTagKeys"), size);
  }

  /** Adds {@code PackedPolicySize} to an answer for a request with a policy or tags. */
  void addSize(ObjectNode answer) {
    if (size > 0) {
      answer.put("PackedPolicySize", percent(size));
    }
  }

  private static int percent(int size) {
    return Math.max(1, (size * 100 + MAX_PACKED - 1) / MAX_PACKED);
  }

  private static String checked(String policy) {
    try {
      JsonNode document = Json.MAPPER.readTree(policy);
      if (document.isObject() && document.has("Statement")) {
        return policy;
      }
    } catch (JsonProcessingException notJson) {
      // Refused below.
    }
    throw StsErrors.malformedPolicy();
  }
}
