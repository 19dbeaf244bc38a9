// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.asl.StateMachineDefinition;
import dev.syncline.sim.aws.service.Json;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A state machine as stored: an immutable snapshot, replaced as a whole by an update, so a running
 * execution keeps the one it was started with.
 *
 * @param definition the text exactly as given
 * @param parsed the same, ready to run
 * @param type {@code STANDARD} or {@code EXPRESS}
 * @param revisionId null until the first update, as recorded
 * @param logging the logging configuration as given, with its defaults
 */
record StateMachine(
    String arn,
    String name,
    String definition,
    StateMachineDefinition parsed,
    String roleArn,
    String type,
    Instant created,
    Instant updated,
    @Nullable String revisionId,
    JsonNode logging,
    boolean tracing,
    Map<String, String> tags) {

  ObjectNode describe() {
    ObjectNode json = Json.object();
    json.put("stateMachineArn", arn);
    json.put("name", name);
    json.put("status", "ACTIVE");
    describeDefinition(json);
    json.put("type", type);
    json.set("creationDate", Json.epochSeconds(created));
    describeRevision(json);
    return json;
  }

  ObjectNode describeForExecution() {
    ObjectNode json = Json.object();
    json.put("stateMachineArn", arn);
    json.put("name", name);
    describeDefinition(json);
    json.set("updateDate", Json.epochSeconds(updated));
    describeRevision(json);
    return json;
  }

  private void describeRevision(ObjectNode json) {
    if (revisionId != null) {
      json.put("revisionId", revisionId);
    }
  }

  private void describeDefinition(ObjectNode json) {
    json.put("definition", definition);
    json.put("roleArn", roleArn);
    json.set("loggingConfiguration", logging);
    json.putObject("tracingConfiguration").put("enabled", tracing);
  }

  StateMachine withTags(Map<String, String> newTags) {
    return new StateMachine(
        arn,
        name,
        definition,
        parsed,
        roleArn,
        type,
        created,
        updated,
        revisionId,
        logging,
        tracing,
        Map.copyOf(newTags));
  }
}
