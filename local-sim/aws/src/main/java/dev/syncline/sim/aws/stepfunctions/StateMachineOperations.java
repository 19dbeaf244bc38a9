// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.stepfunctions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.asl.Diagnostic;
import dev.syncline.sim.asl.StateMachineDefinition;
import dev.syncline.sim.asl.WorkflowType;
import dev.syncline.sim.aws.service.AwsException;
import dev.syncline.sim.aws.service.CallContext;
import dev.syncline.sim.aws.service.Input;
import dev.syncline.sim.aws.service.Json;
import dev.syncline.sim.aws.service.Operation;
import dev.syncline.sim.aws.service.Output;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The operations on state machines. Error texts as recorded. Thread-safe. */
final class StateMachineOperations {
  private static final Set<String> TYPES = Set.of("STANDARD", "EXPRESS");
  private static final Set<String> LOG_LEVELS = Set.of("ALL", "ERROR", "FATAL", "OFF");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final SimClock clock;
  private final Ids ids;
  private final StateMachineStore machines;
  private final TaskDoers tasks;

  StateMachineOperations(SimClock clock, Ids ids, StateMachineStore machines, TaskDoers tasks) {
    this.clock = clock;
    this.ids = ids;
    this.machines = machines;
    this.tasks = tasks;
  }

  List<Operation> operations() {
    return List.of(
        Operation.of(
            "CreateStateMachine",
            this::create,
            "name",
            "definition",
            "roleArn",
            "type",
            "loggingConfiguration",
            "tracingConfiguration",
            "tags"),
        Operation.of("DescribeStateMachine", this::describe, "stateMachineArn", "includedData"),
        Operation.of(
            "UpdateStateMachine",
            this::update,
            "stateMachineArn",
            "definition",
            "roleArn",
            "loggingConfiguration",
            "tracingConfiguration"),
        Operation.of("DeleteStateMachine", this::delete, "stateMachineArn"),
        Operation.of("ListStateMachines", this::list, "maxResults", "nextToken"),
        Operation.of(
            "ListStateMachineVersions",
            this::versions,
            "stateMachineArn",
            "maxResults",
            "nextToken"),
        Operation.of(
            "ValidateStateMachineDefinition",
            this::validate,
            "definition",
            "type",
            "severity",
            "maxResults"),
        Operation.of("TagResource", this::tag, "resourceArn", "tags"),
        Operation.of("UntagResource", this::untag, "resourceArn", "tagKeys"),
        Operation.of("ListTagsForResource", this::tags, "resourceArn"));
  }

  private Output create(Input input, CallContext context) {
    String name = Names.require(input.requiredText("name"));
    String type = type(input);
    String text = input.requiredText("definition");
    StateMachineDefinition parsed = parse(name, text, type);
    String roleArn = role(input.requiredText("roleArn"));
    Instant now = clock.now();
    var machine =
        new StateMachine(
            context.arn("states", "stateMachine:" + name),
            name,
            text,
            parsed,
            roleArn,
            type,
            now,
            now,
            null,
            logging(input),
            tracing(input),
            tagsOf(input));
    StateMachine stored = machines.putIfAbsent(machine);
    if (stored != machine && !sameMachine(stored, machine)) {
      throw AwsException.badRequest(
          "StateMachineAlreadyExists", "State Machine Already Exists: '" + machine.arn() + "'");
    }
    ObjectNode json = Json.object();
    json.put("stateMachineArn", stored.arn());
    json.set("creationDate", Json.epochSeconds(stored.created()));
    return Output.of(json);
  }

  private static boolean sameMachine(StateMachine one, StateMachine other) {
    // The role is not compared: recorded, a create with another role gives the same machine back.
    return one.definition().equals(other.definition())
        && one.type().equals(other.type())
        && one.logging().equals(other.logging())
        && one.tracing() == other.tracing();
  }

  private Output describe(Input input, CallContext context) {
    requireAllData(input);
    return Output.of(machines.require(arn(input)).describe());
  }

  /** Refuses to leave data out, which is not supported. */
  static void requireAllData(Input input) {
    String included = input.text("includedData").orElse("ALL_DATA");
    if (!included.equals("ALL_DATA")) {
      throw AwsException.badRequest(
          "ValidationException",
          "The simulator supports 'includedData' ALL_DATA only, not '" + included + "'.");
    }
  }

  private Output update(Input input, CallContext context) {
    String arn = arn(input);
    StateMachine before = machines.require(arn);
    if (!input.has("definition")
        && !input.has("roleArn")
        && !input.has("loggingConfiguration")
        && !input.has("tracingConfiguration")) {
      throw AwsException.badRequest(
          "MissingRequiredParameter",
          "Either the definition, the role ARN, the LoggingConfiguration, or the"
              + " TracingConfiguration must be specified");
    }
    String definition = input.text("definition").orElse(before.definition());
    StateMachineDefinition parsed =
        input.has("definition") ? parse(before.name(), definition, before.type()) : before.parsed();
    Instant now = clock.now();
    String revision = ids.uuid().toString();
    StateMachine after =
        machines.update(
            arn,
            current -> {
              String roleArn = input.text("roleArn").orElse(current.roleArn());
              JsonNode logging =
                  input.has("loggingConfiguration") ? logging(input) : current.logging();
              boolean tracing =
                  input.has("tracingConfiguration") ? tracing(input) : current.tracing();
              boolean same =
                  definition.equals(current.definition())
                      && roleArn.equals(current.roleArn())
                      && logging.equals(current.logging())
                      && tracing == current.tracing();
              return new StateMachine(
                  current.arn(),
                  current.name(),
                  definition,
                  parsed,
                  roleArn,
                  current.type(),
                  current.created(),
                  now,
                  same ? current.revisionId() : revision,
                  logging,
                  tracing,
                  current.tags());
            });
    ObjectNode json = Json.object();
    json.set("updateDate", Json.epochSeconds(now));
    if (after.revisionId() != null) {
      json.put("revisionId", after.revisionId());
    }
    return Output.of(json);
  }

  private Output delete(Input input, CallContext context) {
    machines.delete(arn(input));
    return Output.empty();
  }

  private Output list(Input input, CallContext context) {
    Page<StateMachine> page = Page.of(input, machines.all());
    ObjectNode json = Json.object();
    ArrayNode items = json.putArray("stateMachines");
    for (StateMachine machine : page.items()) {
      ObjectNode item = items.addObject();
      item.put("stateMachineArn", machine.arn());
      item.put("name", machine.name());
      item.put("type", machine.type());
      item.set("creationDate", Json.epochSeconds(machine.created()));
    }
    if (page.nextToken() != null) {
      json.put("nextToken", page.nextToken());
    }
    return Output.of(json);
  }

  private Output versions(Input input, CallContext context) {
    machines.require(arn(input));
    // Versions cannot be published yet (PublishStateMachineVersion is refused), so there are none.
    ObjectNode json = Json.object();
    json.putArray("stateMachineVersions");
    return Output.of(json);
  }

  private Output validate(Input input, CallContext context) {
    String type = type(input);
    boolean warnings = input.text("severity").orElse("ERROR").equals("WARNING");
    int most = input.integer("maxResults").orElse(0);
    most = most == 0 ? 100 : most;
    List<Diagnostic> found = diagnose("", input.requiredText("definition"), type);
    boolean failed = found.stream().anyMatch(d -> d.severity() == Diagnostic.Severity.ERROR);
    List<Diagnostic> shown =
        found.stream().filter(d -> warnings || d.severity() == Diagnostic.Severity.ERROR).toList();
    ObjectNode json = Json.object();
    json.put("result", failed ? "FAIL" : "OK");
    ArrayNode diagnostics = json.putArray("diagnostics");
    for (Diagnostic diagnostic : shown.subList(0, Math.min(most, shown.size()))) {
      ObjectNode item = diagnostics.addObject();
      item.put("severity", diagnostic.severity().name());
      item.put("code", diagnostic.code());
      item.put("message", diagnostic.message());
      if (diagnostic.location() != null) {
        item.put("location", diagnostic.location());
      }
    }
    json.put("truncated", shown.size() > most);
    return Output.of(json);
  }

  private Output tag(Input input, CallContext context) {
    Map<String, String> added = tagsOf(input);
    machines.update(
        resource(input),
        machine -> {
          var tags = new LinkedHashMap<>(machine.tags());
          tags.putAll(added);
          return machine.withTags(tags);
        });
    return Output.empty();
  }

  private Output untag(Input input, CallContext context) {
    List<String> keys = input.texts("tagKeys");
    machines.update(
        resource(input),
        machine -> {
          var tags = new LinkedHashMap<>(machine.tags());
          tags.keySet().removeAll(keys);
          return machine.withTags(tags);
        });
    return Output.empty();
  }

  private Output tags(Input input, CallContext context) {
    ObjectNode json = Json.object();
    ArrayNode tags = json.putArray("tags");
    machines
        .require(resource(input))
        .tags()
        .forEach((key, value) -> tags.addObject().put("key", key).put("value", value));
    return Output.of(json);
  }

  private String resource(Input input) {
    String arn = input.requiredText("resourceArn");
    try {
      return machines.require(arn).arn();
    } catch (AwsException missing) {
      throw AwsException.badRequest("ResourceNotFound", "Resource not found: '" + arn + "'");
    }
  }

  private static String arn(Input input) {
    String arn = input.requiredText("stateMachineArn");
    if (!arn.startsWith("arn:") || !arn.contains(":stateMachine:")) {
      throw AwsException.badRequest("InvalidArn", "Invalid Arn: '" + arn + "'");
    }
    return arn;
  }

  private static String role(String arn) {
    if (!arn.startsWith("arn:")) {
      throw AwsException.badRequest("InvalidArn", "Invalid Role Arn: '" + arn + "'");
    }
    return arn;
  }

  private static String type(Input input) {
    String type = input.text("type").orElse("STANDARD");
    if (!TYPES.contains(type)) {
      throw AwsException.badRequest(
          "ValidationException",
          "1 validation error detected: Value '"
              + type
              + "' at 'type' failed to satisfy constraint: Member must satisfy enum value set:"
              + " [STANDARD, EXPRESS]");
    }
    return type;
  }

  private StateMachineDefinition parse(String name, String text, String type) {
    String errors =
        diagnose(name, text, type).stream()
            .filter(diagnostic -> diagnostic.severity() == Diagnostic.Severity.ERROR)
            .map(Diagnostic::toString)
            .collect(Collectors.joining(", "));
    if (!errors.isEmpty()) {
      throw AwsException.badRequest(
          "InvalidDefinition", "Invalid State Machine Definition: '" + errors + "'");
    }
    return StateMachineDefinition.parse(text, WorkflowType.valueOf(type));
  }

  /** What AWS would say, and then what this simulator cannot run. */
  private List<Diagnostic> diagnose(String name, String text, String type) {
    var found = new ArrayList<>(StateMachineDefinition.validate(text, WorkflowType.valueOf(type)));
    if (found.isEmpty()) {
      try {
        for (String resource :
            tasks
                .integrations()
                .unsupported(JSON.readTree(text), state -> tasks.mocks().mocks(name, state))) {
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

  private static JsonNode logging(Input input) {
    ObjectNode json = Json.object();
    var given = input.structure("loggingConfiguration");
    given.ifPresent(logging -> logging.only("level", "includeExecutionData", "destinations"));
    String level = given.flatMap(logging -> logging.text("level")).orElse("OFF");
    if (!LOG_LEVELS.contains(level)) {
      throw AwsException.badRequest(
          "ValidationException",
          "1 validation error detected: Value '"
              + level
              + "' at 'loggingConfiguration.level' failed to satisfy constraint: Member must"
              + " satisfy enum value set: [ALL, ERROR, FATAL, OFF]");
    }
    json.put("level", level);
    json.put(
        "includeExecutionData",
        given.map(logging -> logging.bool("includeExecutionData", false)).orElse(false));
    List<JsonNode> destinations =
        given.map(logging -> logging.list("destinations")).orElse(List.of());
    if (!level.equals("OFF") && destinations.isEmpty()) {
      throw AwsException.badRequest(
          "InvalidLoggingConfiguration",
          "Invalid Logging Configuration: Must specify exactly one Log Destination.");
    }
    if (!destinations.isEmpty()) {
      json.putArray("destinations").addAll(destinations);
    }
    return json;
  }

  private static boolean tracing(Input input) {
    return input
        .structure("tracingConfiguration")
        .map(tracing -> tracing.only("enabled").bool("enabled", false))
        .orElse(false);
  }

  private static Map<String, String> tagsOf(Input input) {
    var tags = new LinkedHashMap<String, String>();
    for (Input tag : input.structures("tags")) {
      tags.put(tag.text("key").orElse(""), tag.text("value").orElse(""));
    }
    return tags;
  }
}
