// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Which queues may name this one as their dead-letter queue. Checked when a source's policy is set,
 * not later.
 *
 * @param sources the queues that may, for {@code byQueue}
 */
record RedriveAllowPolicy(String permission, List<String> sources) {
  static final String NAME = "RedriveAllowPolicy";
  private static final int MAX_SOURCES = 10;

  RedriveAllowPolicy {
    sources = List.copyOf(sources);
  }

  static RedriveAllowPolicy parse(String text) {
    ObjectNode json = RedrivePolicy.object(NAME, text);
    String permission = json.path("redrivePermission").asText("");
    if (!List.of("allowAll", "denyAll", "byQueue").contains(permission)) {
      throw SqsErrors.invalidAttribute(NAME);
    }
    var sources = new ArrayList<String>();
    for (JsonNode source : json.path("sourceQueueArns")) {
      sources.add(source.asText());
    }
    boolean byQueue = permission.equals("byQueue");
    if (byQueue == sources.isEmpty() || sources.size() > MAX_SOURCES) {
      throw SqsErrors.invalidValue(
          NAME,
          text,
          "sourceQueueArns with 1 to "
              + MAX_SOURCES
              + " ARNs goes with redrivePermission byQueue, and with no other.");
    }
    return new RedriveAllowPolicy(permission, sources);
  }

  boolean allows(String sourceArn) {
    return switch (permission) {
      case "allowAll" -> true;
      case "byQueue" -> sources.contains(sourceArn);
      default -> false;
    };
  }
}
