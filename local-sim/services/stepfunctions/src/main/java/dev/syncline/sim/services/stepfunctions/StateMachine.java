// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.asl.StateMachineDefinition;
import dev.syncline.sim.service.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A state machine as stored: an immutable snapshot, replaced as a whole by an update, so a running
 * execution keeps the one it was started with. A published version is one too.
 *
 * @param arn without a version
 * @param definition the text exactly as given
 * @param parsed the same, ready to run; null only in TestState
 * @param type {@code STANDARD} or {@code EXPRESS}
 * @param created when; of a version, when it was published
 * @param revisionId null until the first update, as recorded
 * @param settings logging, tracing, encryption
 * @param version null unless it is a published version
 * @param description of the version
 */
record StateMachine(
    String arn,
    String name,
    String definition,
    @Nullable StateMachineDefinition parsed,
    String roleArn,
    String type,
    Instant created,
    Instant updated,
    @Nullable String revisionId,
    Settings settings,
    Map<String, String> tags,
    @Nullable Integer version,
    @Nullable String description) {

  /**
   * The settings of a state machine.
   *
   * @param logging the logging configuration as given, with its defaults
   * @param encryption the encryption configuration as given, null for none
   */
  record Settings(JsonNode logging, boolean tracing, @Nullable JsonNode encryption) {}

  /** The ARN, of a version with its number. */
  String qualifiedArn() {
    return version == null ? arn : arn + ":" + version;
  }

  boolean express() {
    return type.equals("EXPRESS");
  }

  JsonNode logging() {
    return settings.logging();
  }

  /** DescribeStateMachine's answer. */
  ObjectNode describe(boolean withDefinition) {
    ObjectNode json = Json.object();
    json.put("stateMachineArn", qualifiedArn());
    json.put("name", name);
    json.put("status", "ACTIVE");
    describeDefinition(json, withDefinition);
    json.put("type", type);
    json.set("creationDate", Json.epochSeconds(created));
    describeRevision(json);
    Json.putIfPresent(json, "description", description);
    return json;
  }

  /** DescribeStateMachineForExecution's answer. */
  ObjectNode describeForExecution(boolean withDefinition) {
    ObjectNode json = Json.object();
    json.put("stateMachineArn", arn);
    json.put("name", name);
    describeDefinition(json, withDefinition);
    json.set("updateDate", Json.epochSeconds(updated));
    describeRevision(json);
    return json;
  }

  private void describeRevision(ObjectNode json) {
    Json.putIfPresent(json, "revisionId", revisionId);
  }

  private void describeDefinition(ObjectNode json, boolean withDefinition) {
    json.put("definition", withDefinition ? definition : "{}");
    json.put("roleArn", roleArn);
    json.set("loggingConfiguration", settings.logging());
    json.putObject("tracingConfiguration").put("enabled", settings.tracing());
    VariableReferences variables = VariableReferences.in(definition);
    if (settings.encryption() != null) {
      json.set("encryptionConfiguration", settings.encryption());
    } else if (variables.recentLanguage()) {
      // Most recordings of AWS are from before there was encryption and lack the field; those of
      // machines with variables or JSONata, which came later, all have it. Recordings come first.
      json.putObject("encryptionConfiguration").put("type", "AWS_OWNED_KEY");
    }
    if (withDefinition && !variables.byState().isEmpty()) {
      ObjectNode references = json.putObject("variableReferences");
      for (Map.Entry<String, List<String>> state : variables.byState().entrySet()) {
        references.set(state.getKey(), Json.texts(state.getValue()));
      }
    }
  }

  private JsonNode tree() {
    try {
      return Json.MAPPER.readTree(definition);
    } catch (JsonProcessingException invalid) {
      throw new IllegalStateException("a stored definition is valid JSON", invalid);
    }
  }

  /**
   * The definition of the children of a distributed Map.
   *
   * @param label the Map's label; a generated label means the only Map without a label
   */
  String definitionOf(String label) {
    JsonNode found = null;
    for (JsonNode processor : tree().findValues("ItemProcessor")) {
      if (processor.at("/ProcessorConfig/Mode").asText().equals("DISTRIBUTED")) {
        found = found == null ? processor : found;
      }
    }
    for (JsonNode state : tree().findParents("Label")) {
      if (state.path("Label").asText().equals(label)) {
        found = state.path("ItemProcessor");
      }
    }
    return found == null ? definition : Json.write(found);
  }

  StateMachine withTags(Map<String, String> newTags) {
    return as(created, updated, newTags, version, description);
  }

  /** This snapshot as a version. */
  StateMachine published(int number, @Nullable String text, Instant now) {
    return as(now, now, Map.of(), number, text);
  }

  private StateMachine as(
      Instant newCreated,
      Instant newUpdated,
      Map<String, String> newTags,
      @Nullable Integer newVersion,
      @Nullable String newDescription) {
    return new StateMachine(
        arn,
        name,
        definition,
        parsed,
        roleArn,
        type,
        newCreated,
        newUpdated,
        revisionId,
        settings,
        Map.copyOf(newTags),
        newVersion,
        newDescription);
  }
}
