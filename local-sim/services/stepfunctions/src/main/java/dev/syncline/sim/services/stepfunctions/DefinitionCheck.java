// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.asl.Diagnostic;
import dev.syncline.sim.asl.StateMachineDefinition;
import dev.syncline.sim.asl.WorkflowType;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.util.ArrayList;
import java.util.List;

/** Finds the errors and warnings of a definition. Thread-safe. */
record DefinitionCheck(TaskExecutors tasks) {
  /** The maximum length of a definition, in characters. */
  static final int MAX_LENGTH = 1_048_576;

  private static final int MAX_DIAGNOSTICS = 100;

  Operation operation() {
    return Operation.of(
        "ValidateStateMachineDefinition: definition, type, severity, maxResults", this::validate);
  }

  private Output validate(Input input, CallContext context) {
    String type = MachineInput.type(input);
    String severity = input.text("severity").orElse("ERROR");
    Limits.requireOneOf(severity, "severity", List.of("ERROR", "WARNING"));
    int asked = input.integer("maxResults").orElse(0);
    Limits.requireAtMost(asked, "maxResults", MAX_DIAGNOSTICS);
    Limits.requireAtLeast(asked, "maxResults", 0);
    int most = asked == 0 ? MAX_DIAGNOSTICS : asked;
    List<Diagnostic> found = diagnose("", text(input), type);
    boolean failed = found.stream().anyMatch(d -> d.severity() == Diagnostic.Severity.ERROR);
    List<Diagnostic> shown =
        found.stream()
            .filter(d -> severity.equals("WARNING") || d.severity() == Diagnostic.Severity.ERROR)
            .toList();
    ObjectNode json = Json.object();
    json.put("result", failed ? "FAIL" : "OK");
    ArrayNode diagnostics = json.putArray("diagnostics");
    for (Diagnostic diagnostic : shown.subList(0, Math.min(most, shown.size()))) {
      ObjectNode item = diagnostics.addObject();
      item.put("severity", diagnostic.severity().name());
      item.put("code", diagnostic.code());
      item.put("message", diagnostic.message());
      Json.putIfPresent(item, "location", diagnostic.location());
    }
    json.put("truncated", shown.size() > most);
    return Output.of(json);
  }

  /** The definition in the input, not too long. */
  static String text(Input input) {
    String text = input.requiredText("definition");
    Limits.atMost(text, "definition", MAX_LENGTH);
    return text;
  }

  /**
   * Makes a definition ready to run, or refuses it with AWS's diagnostics.
   *
   * @param name of the state machine, whose mocked tasks may call services that are not simulated
   */
  StateMachineDefinition parse(String name, String text, String type) {
    List<Diagnostic> errors =
        diagnose(name, text, type).stream()
            .filter(diagnostic -> diagnostic.severity() == Diagnostic.Severity.ERROR)
            .toList();
    if (!errors.isEmpty()) {
      throw StepFunctionsErrors.invalidDefinition(errors);
    }
    return StateMachineDefinition.parse(text, WorkflowType.valueOf(type));
  }

  /** AWS's diagnostics, then those of parts that this simulator cannot run. */
  private List<Diagnostic> diagnose(String name, String text, String type) {
    var found = new ArrayList<>(StateMachineDefinition.validate(text, WorkflowType.valueOf(type)));
    if (found.isEmpty()) {
      found.addAll(PathWarnings.in(text));
      try {
        for (String resource :
            tasks
                .integrations()
                .unsupported(
                    Json.MAPPER.readTree(text), state -> tasks.mocks().mocks(name, state))) {
          found.add(
              Diagnostic.error(
                  Diagnostic.UNSUPPORTED_HERE,
                  "The simulator does not support the resource " + resource,
                  null));
        }
      } catch (JsonProcessingException impossible) {
        throw new IllegalStateException("a valid definition is JSON", impossible);
      }
    }
    return found;
  }
}
