// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Optional;

/** Reads resource policies. They are kept and shown, and have no effect. */
final class PolicyRules {
  private static final int MAX_BYTES = 20 * 1024;

  private PolicyRules() {}

  /** The features with the resource policy of the request, where it has one. */
  static TableFeatures withPolicy(TableFeatures features, String arn, Input input, Ids ids) {
    Optional<String> document = input.text("ResourcePolicy");
    return document.isEmpty() ? features : with(features, arn, document.get(), ids);
  }

  /** The features with a new resource policy. */
  static TableFeatures with(TableFeatures features, String arn, String document, Ids ids) {
    requirePolicy(document);
    var policies = new LinkedHashMap<>(features.policies());
    String revision = Long.toString(Math.abs(ids.nextLong() / 2));
    policies.put(arn, new TableFeatures.Policy(document, revision));
    return features.withPolicies(policies);
  }

  private static void requirePolicy(String document) {
    if (document.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw DynamoDbErrors.limitExceeded(
          "The size of the resource-based policy exceeds the limit of 20 KB");
    }
    try {
      if (!Json.MAPPER.readTree(document).path("Statement").isMissingNode()) {
        return;
      }
    } catch (JsonProcessingException notJson) {
      // Refused below.
    }
    throw DynamoDbErrors.validation("Invalid policy document: It must be JSON with a Statement.");
  }
}
