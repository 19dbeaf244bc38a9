// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.asl.ExecutionContext;
import dev.syncline.sim.asl.InvalidDefinitionException;
import dev.syncline.sim.asl.Payload;
import dev.syncline.sim.asl.StateTest;
import dev.syncline.sim.asl.TaskResource;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * TestState's input, checked. Texts as recorded, those of the role and of the context by use.
 *
 * @param test the request to the engine
 * @param level {@code INFO}, {@code DEBUG} or {@code TRACE}
 */
record StateTestRequest(
    StateTest.Request test, JsonNode state, String roleArn, String level, boolean revealSecrets) {
  private static final List<String> LEVELS = List.of("INFO", "DEBUG", "TRACE");
  private static final List<String> VALIDATION = List.of("STRICT", "PRESENT", "NONE");
  private static final Set<String> MOCKABLE = Set.of("Task", "Map", "Parallel");

  static StateTestRequest read(Input input) {
    String definition = DefinitionCheck.text(input);
    String level = input.text("inspectionLevel").orElse("INFO");
    Limits.requireOneOf(level, "inspectionLevel", LEVELS);
    String stateName = Limits.atMost(input.text("stateName").orElse(null), "stateName", 80);
    String roleArn = input.text("roleArn").map(MachineInput::role).orElse("");
    boolean revealSecrets = input.bool("revealSecrets", false);
    JsonNode state = state(definition, stateName);
    Input mock = input.structure("mock").orElse(null);
    checkMockable(state, mock, roleArn, revealSecrets);
    Input configuration = input.structure("stateConfiguration").orElse(null);
    if (configuration != null) {
      configuration.only(
          "retrierRetryCount",
          "errorCausedByState",
          "mapIterationFailureCount",
          "mapItemReaderData");
    }
    if (configuration != null
        && configuration.has("mapIterationFailureCount")
        && !state.path("Type").asText().equals("Map")) {
      throw StepFunctionsErrors.validation(
          "MapIterationFailureCount is only supported when testing a Map state.");
    }
    String itemReaderData =
        configuration == null ? null : configuration.text("mapItemReaderData").orElse(null);
    return new StateTestRequest(
        new StateTest.Request(
            definition,
            stateName,
            ExecutionStarts.payload(input.text("input").orElse("{}")),
            variables(input),
            context(input, mock),
            mock(mock, state),
            count(configuration, "retrierRetryCount"),
            count(configuration, "mapIterationFailureCount"),
            itemReaderData),
        state,
        roleArn,
        level,
        revealSecrets);
  }

  /** The state under test; the definition is checked, as far as AWS checks it here. */
  private static JsonNode state(String definition, @Nullable String stateName) {
    try {
      StateTest.create(
          new StateTest.Request(
              definition, stateName, Payload.empty(), Map.of(), null, null, 0, 0, null),
          ExecutionContext.forTests("TestState", "check"),
          0);
    } catch (InvalidDefinitionException invalid) {
      throw StepFunctionsErrors.invalidDefinition(invalid.diagnostics());
    } catch (IllegalArgumentException noSuchState) {
      throw StepFunctionsErrors.validation("State not found in definition");
    }
    JsonNode root = json(definition, "definition");
    if (stateName == null) {
      // A whole machine without the name of a state: its first state.
      return root.has("States") ? root.path("States").path(root.path("StartAt").asText()) : root;
    }
    JsonNode found = find(root, stateName);
    if (found == null) {
      throw StepFunctionsErrors.validation("State not found in definition");
    }
    return found;
  }

  private static @Nullable JsonNode find(JsonNode node, String stateName) {
    JsonNode here = node.path("States").get(stateName);
    if (here != null) {
      return here;
    }
    for (JsonNode child : node) {
      JsonNode found = find(child, stateName);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static void checkMockable(
      JsonNode state, @Nullable Input mock, String roleArn, boolean revealSecrets) {
    String type = state.path("Type").asText();
    if (mock == null) {
      if (type.equals("Map") || type.equals("Parallel")) {
        throw StepFunctionsErrors.invalidDefinition(
            "TestState API does not support Map or Parallel states. Supported state types include:"
                + " [Task, Wait, Pass, Succeed, Fail, Choice]");
      }
      if (type.equals("Task")) {
        requireRun(state, roleArn);
      }
      return;
    }
    mock.only("result", "errorOutput", "fieldValidationMode");
    if (!MOCKABLE.contains(type)) {
      throw StepFunctionsErrors.validation(
          "State type '" + type + "' is not supported when a mock is specified");
    }
    if (revealSecrets) {
      throw StepFunctionsErrors.validation(
          "TestState does not support RevealSecrets when a mock is specified.");
    }
    if (!mock.has("result") && !mock.has("errorOutput")) {
      throw StepFunctionsErrors.validation(
          "One of the following fields is required for a test mock: [result, errorOutput].");
    }
    if (mock.has("result") && mock.has("errorOutput")) {
      throw StepFunctionsErrors.validation(
          "A test mock should have only one of the following fields: [result, errorOutput].");
    }
  }

  /** Tasks that wait for a worker, a token or a job need a mock: documented, the words are ours. */
  private static void requireRun(JsonNode state, String roleArn) {
    TaskResource resource = TaskResource.parse(state.path("Resource").asText());
    if (resource != null
        && (resource.kind() == TaskResource.Kind.ACTIVITY
            || resource.pattern() != TaskResource.Pattern.REQUEST_RESPONSE)) {
      throw StepFunctionsErrors.invalidDefinition(
          "TestState API supports Activity tasks and the .sync and .waitForTaskToken service"
              + " integration patterns only when a mock is specified: '"
              + resource.arn()
              + "'");
    }
    if (roleArn.isEmpty()) {
      throw StepFunctionsErrors.validation("RoleArn must be specified when testing a Task state");
    }
  }

  private static StateTest.@Nullable Mock mock(@Nullable Input mock, JsonNode state) {
    if (mock == null) {
      return null;
    }
    Input error = mock.structure("errorOutput").orElse(null);
    if (error != null) {
      error.only("error", "cause");
      if (!error.has("error")) {
        throw StepFunctionsErrors.validation(
            "An error was not specified in the mocked error output.");
      }
      return new StateTest.Mock(
          null,
          Limits.atMost(error.text("error").orElse(null), "mock.errorOutput.error", 256),
          Limits.atMost(error.text("cause").orElse(null), "mock.errorOutput.cause", 32_768));
    }
    Payload result;
    try {
      result = Payload.parse(mock.text("result").orElse(""));
    } catch (IllegalArgumentException notJson) {
      throw StepFunctionsErrors.validation("Mocked result must be valid JSON");
    }
    checkResult(state, result.json(), mock.text("fieldValidationMode").orElse("STRICT"));
    return new StateTest.Mock(result, null, null);
  }

  private static void checkResult(JsonNode state, JsonNode result, String mode) {
    Limits.requireOneOf(mode, "mock.fieldValidationMode", VALIDATION);
    String type = state.path("Type").asText();
    boolean wantsObject = type.equals("Map") && state.has("ResultWriter");
    if (wantsObject && !result.isObject()) {
      throw StepFunctionsErrors.validation("Mocked result must be a JSON object.");
    }
    if (!wantsObject && !type.equals("Task") && !result.isArray()) {
      throw StepFunctionsErrors.validation("Mocked result must be an array.");
    }
    if (type.equals("Parallel") && result.size() != state.path("Branches").size()) {
      throw StepFunctionsErrors.validation(
          "Mocked result must contain the same number of items as number of Parallel branches.");
    }
    TaskResource resource =
        type.equals("Task") ? TaskResource.parse(state.path("Resource").asText()) : null;
    if (resource != null && !mode.equals("NONE")) {
      if (AnswerShapes.isStructure(resource) && !result.isObject()) {
        throw StepFunctionsErrors.validation("Mocked result must be a valid JSON object.");
      }
      AnswerShapes.check(resource, result, mode.equals("STRICT"));
    }
  }

  private static Map<String, JsonNode> variables(Input input) {
    String text = input.text("variables").orElse(null);
    var variables = new LinkedHashMap<String, JsonNode>();
    if (text != null) {
      JsonNode json = json(text, "variables");
      if (!json.isObject()) {
        throw StepFunctionsErrors.validation("The member 'variables' must be a JSON object.");
      }
      json.properties().forEach(entry -> variables.put(entry.getKey(), entry.getValue()));
    }
    return variables;
  }

  private static @Nullable JsonNode context(Input input, @Nullable Input mock) {
    String text = input.text("context").orElse(null);
    if (text == null) {
      return null;
    }
    if (mock == null) {
      throw StepFunctionsErrors.validation(
          "A Context object can only be specified when a mock is specified.");
    }
    JsonNode json = json(text, "context");
    if (!json.isObject()) {
      throw StepFunctionsErrors.validation("The member 'context' must be a JSON object.");
    }
    return json;
  }

  private static JsonNode json(String text, String member) {
    try {
      return Json.MAPPER.readTree(text);
    } catch (JsonProcessingException notJson) {
      throw StepFunctionsErrors.validation(
          "The member '" + member + "' must be valid JSON: " + notJson.getOriginalMessage());
    }
  }

  private static int count(@Nullable Input configuration, String member) {
    int count = configuration == null ? 0 : configuration.integer(member).orElse(0);
    Limits.requireAtLeast(count, "stateConfiguration." + member, 0);
    return count;
  }
}
