// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.mapping;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of a mapping. Immutable; a change creates a new one.
 *
 * @param functionArn as it is invoked, qualified when the caller named a version or an alias
 * @param window how long to wait for a full batch, zero for no wait
 * @param partialFailures whether the function reports failed messages
 * @param mostConcurrent the limit of concurrent batches; null when it was not set
 * @param patterns the filter's patterns as given
 */
record Mapping(
    String uuid,
    String arn,
    String queueArn,
    String functionArn,
    boolean enabled,
    int batchSize,
    Duration window,
    boolean partialFailures,
    @Nullable Integer mostConcurrent,
    List<String> patterns,
    MessageFilter filter,
    Instant modified) {

  Mapping {
    patterns = List.copyOf(patterns);
  }

  /**
   * As the API shows it.
   *
   * @param state such as {@code Enabled}
   */
  ObjectNode json(String state, String lastResult) {
    ObjectNode json = Json.object().put("UUID", uuid);
    json.put("BatchSize", batchSize);
    json.put("MaximumBatchingWindowInSeconds", window.toSeconds());
    json.put("EventSourceArn", queueArn);
    if (!patterns.isEmpty()) {
      var filters = json.putObject("FilterCriteria").putArray("Filters");
      patterns.forEach(pattern -> filters.addObject().put("Pattern", pattern));
    }
    json.put("FunctionArn", functionArn);
    json.set("LastModified", Json.epochSeconds(modified));
    if (!lastResult.isEmpty()) {
      json.put("LastProcessingResult", lastResult);
    }
    json.put("State", state);
    json.put("StateTransitionReason", "USER_INITIATED");
    var types = json.putArray("FunctionResponseTypes");
    if (partialFailures) {
      types.add("ReportBatchItemFailures");
    }
    if (mostConcurrent != null) {
      json.putObject("ScalingConfig").put("MaximumConcurrency", mostConcurrent);
    }
    return json.put("EventSourceMappingArn", arn);
  }

  String settledState() {
    return enabled ? "Enabled" : "Disabled";
  }
}
