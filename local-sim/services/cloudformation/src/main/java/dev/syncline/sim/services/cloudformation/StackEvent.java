// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import dev.syncline.sim.kernel.JournalEvent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event of a stack or one of its resources; in the journal it is {@code
 * cloudformation.StackEvent}.
 *
 * @param physicalId empty before the resource has one
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
