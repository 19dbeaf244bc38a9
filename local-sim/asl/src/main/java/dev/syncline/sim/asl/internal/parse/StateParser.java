// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.parse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.asl.TaskResource;
import dev.syncline.sim.asl.TaskResource.Kind;
import dev.syncline.sim.asl.WorkflowType;
import dev.syncline.sim.asl.internal.expr.FieldValue;
import dev.syncline.sim.asl.internal.expr.PayloadTemplate;
import dev.syncline.sim.asl.internal.expr.Timestamps;
import dev.syncline.sim.asl.internal.model.DataFlow;
import dev.syncline.sim.asl.internal.model.Flow;
import dev.syncline.sim.asl.internal.model.QueryLanguage;
import dev.syncline.sim.asl.internal.model.State;
import dev.syncline.sim.asl.internal.model.StateType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one state. */
record StateParser(FlowParser flows, Fields raw, JsonNode json, String name) {
  private static final long MAX_SECONDS = 99_999_999;

  @Nullable State parse() {
    if (!raw.require("Type")) {
      return null;
    }
    String typeName = raw.text("Type");
    StateType type = typeName == null ? null : StateType.byName(typeName);
    if (type == null) {
      raw.schema(
          "Type",
          "The field 'Type' should have one of these values: "
              + Arrays.stream(StateType.values()).map(StateType::asl).toList());
      return null;
    }
    Fields fields = new Fields(json, raw.pointer(), language(), raw.problems());
    fields.allow(
        StateFields.of(type, fields.language()), StateFields.ofOther(type, fields.language()));
    return switch (type) {
      case PASS -> new State.Pass(head(fields), fields.has("Result") ? fields.get("Result") : null);
      case SUCCEED -> new State.Succeed(stopHead(fields));
      case FAIL -> fail(fields);
      case WAIT -> wait(fields);
      case CHOICE -> new ChoiceParser(fields).parse(stopHead(fields));
      case TASK -> task(fields);
      case PARALLEL -> parallel(fields);
      case MAP -> new MapParser(flows, fields).parse(head(fields));
    };
  }

  private QueryLanguage language() {
    DefinitionParser.checkLanguage(raw);
    JsonNode own = raw.get("QueryLanguage");
    if (QueryLanguage.JSONATA.asl().equals(own.textValue())) {
      return QueryLanguage.JSONATA;
    }
    if (flows.machineLanguage() == QueryLanguage.JSONATA && own.isTextual()) {
      raw.schema(
          "", "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine");
    }
    return flows.machineLanguage();
  }

  /** The head of a state with a successor: needs exactly one of Next and End. */
  private State.Head head(Fields fields) {
    String next = fields.text("Next");
    boolean end = fields.flag("End");
    if (next == null && !end) {
      fields.require("Next");
    }
    if (next != null && end) {
      fields.schema("", "Only one of 'Next' and 'End' is allowed");
    }
    return new State.Head(name, fields.language(), next, data(fields));
  }

  private State.Head stopHead(Fields fields) {
    return new State.Head(name, fields.language(), null, data(fields));
  }

  private static DataFlow data(Fields fields) {
    if (fields.has("Assign")) {
      AssignCheck.check(fields, "Assign");
    }
    PayloadTemplate arguments = fields.template(fields.jsonata() ? "Arguments" : "Parameters");
    return new DataFlow(
        fields.selector("InputPath"),
        arguments,
        fields.template("ResultSelector"),
        fields.resultPath("ResultPath"),
        fields.selector("OutputPath"),
        fields.jsonata() ? fields.template("Output") : null,
        fields.template("Assign"));
  }

  private State fail(Fields fields) {
    return new State.Fail(
        stopHead(fields), fields.valueOrPath("Error", true), fields.valueOrPath("Cause", true));
  }

  private @Nullable State wait(Fields fields) {
    FieldValue seconds = fields.valueOrPath("Seconds", false);
    FieldValue timestamp = fields.valueOrPath("Timestamp", false);
    FieldValue until = seconds != null ? seconds : timestamp;
    State.Head head = head(fields);
    if (until == null || (seconds != null && timestamp != null)) {
      fields.schema(
          "",
          fields.jsonata()
              ? "Exactly one of these fields is required: [Seconds, Timestamp]"
              : "Exactly one of these fields is required: [Seconds, SecondsPath, Timestamp,"
                  + " TimestampPath]");
      return null;
    }
    if (seconds instanceof FieldValue.Literal literal && !literal.value().isIntegralNumber()) {
      fields.schema("Seconds", "Expected value of type Integer");
    } else if (seconds instanceof FieldValue.Literal literal && literal.value().longValue() < 0) {
      fields.schema("Seconds", "Minimum value is 0");
    }
    if (timestamp instanceof FieldValue.Literal literal
        && Timestamps.parse(literal.value().textValue()) == null) {
      fields.schema(
          "Timestamp", "Value is not a valid ISO-8601 extended offset date-time format string");
    }
    return new State.Wait(head, until, seconds == null);
  }

  private @Nullable State task(Fields fields) {
    fields.require("Resource");
    State.Head head = head(fields);
    String arn = fields.text("Resource");
    TaskResource resource = arn == null ? null : TaskResource.parse(arn);
    if (arn != null && resource == null) {
      fields.schema("Resource", "Value is not a valid resource ARN");
    }
    if (resource != null) {
      express(fields, resource);
    }
    Fields credentials = fields.object("Credentials");
    if (credentials != null && !credentials.has("RoleArn") && !credentials.has("RoleArn.$")) {
      credentials.schema("", "The field 'RoleArn' is required but was missing");
    }
    FieldValue timeout = fields.valueOrPath("TimeoutSeconds", false);
    FieldValue heartbeat = fields.valueOrPath("HeartbeatSeconds", false);
    fields.bound("TimeoutSeconds", timeout, true, 1, MAX_SECONDS);
    fields.bound("HeartbeatSeconds", heartbeat, true, 1, MAX_SECONDS);
    PayloadTemplate roles = fields.template("Credentials");
    var handling = new HandlingParser(fields).parse();
    return resource == null
        ? null
        : new State.Task(head, resource, timeout, heartbeat, roles, handling);
  }

  private void express(Fields fields, TaskResource resource) {
    if (flows.type() != WorkflowType.EXPRESS) {
      return;
    }
    if (resource.kind() == Kind.ACTIVITY) {
      fields.schema("Resource", "Express state machine does not support Activity ARN");
    }
    String suffix = resource.pattern().suffix();
    if (!suffix.isEmpty()) {
      // The trailing blank of the token's sentence is AWS's.
      fields.schema(
          "Resource",
          "Express state machine does not support '"
              + (suffix.startsWith(".sync")
                  ? ".sync' service integration"
                  : suffix + "' service integration "));
    }
  }

  private State parallel(Fields fields) {
    fields.require("Branches");
    State.Head head = head(fields);
    List<Flow> branches = new ArrayList<>();
    List<JsonNode> elements = fields.array("Branches");
    if (fields.has("Branches") && elements.isEmpty()) {
      fields.schema("Branches", "Value cannot be empty");
    }
    for (int i = 0; i < elements.size(); i++) {
      Fields branch = fields.child(elements.get(i), fields.at("Branches[" + i + "]"));
      Flow flow = branch == null ? null : flows.parse(branch);
      if (flow != null) {
        branches.add(flow);
      }
    }
    return new State.Parallel(head, List.copyOf(branches), new HandlingParser(fields).parse());
  }
}
