// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import dev.syncline.sim.kernel.JournalEvent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a stack or one of its resources; readers of the journal find it as
 * {@code cloudformation.StackEvent}.
 *
 * @param physicalId empty as long as there is none
 * @param token the client's token of the operation, null when it sent none
 */
record StackEvent(
    String eventId,
    String stackId,
    String stackName,
    String logicalId,
    String physicalId,
    String resourceType,
    Instant time,
    String status,
    @Nullable String reason,
    @Nullable String token)
    implements JournalEvent {
  static final String STACK_TYPE = "AWS::CloudFormation::Stack";

  @Override
  public String type() {
    return "cloudformation.StackEvent";
  }

  @Override
  public Map<String, String> details() {
    var details = new LinkedHashMap<String, String>();
    details.put("stack", stackName);
    details.put("resource", logicalId);
    details.put("resourceType", resourceType);
    details.put("status", status);
    if (reason != null) {
      details.put("reason", reason);
    }
    return details;
  }
}
