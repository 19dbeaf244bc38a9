// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.mapping;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A mapping at one moment. Immutable; a change makes a new one.
 *
 * @param functionArn as it is invoked, qualified when the caller named a version or an alias
 * @param window how long to wait for a batch to fill, zero for not at all
 * @param partialFailures whether the function tells which records failed
 * @param patterns the filter's patterns as given
 */
record Mapping(
    String uuid,
    String arn,
    String sourceArn,
    String functionArn,
    boolean enabled,
    int batchSize,
    Duration window,
    boolean partialFailures,
    List<String> patterns,
    MessageFilter filter,
    Instant modified,
    MappingSource source) {

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
    json.put("EventSourceArn", sourceArn);
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
    json.put("StateTransitionReason", source.transitionReason());
    var types = json.putArray("FunctionResponseTypes");
    if (partialFailures) {
      types.add("ReportBatchItemFailures");
    }
    source.describe(json);
    return json.put("EventSourceMappingArn", arn);
  }

  String settledState() {
    return enabled ? "Enabled" : "Disabled";
  }
}
