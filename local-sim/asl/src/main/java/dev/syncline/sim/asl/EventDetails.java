// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The details of an event. Immutable; texts are JSON texts where AWS has JSON texts. */
public sealed interface EventDetails {

  /** The field of the event in which AWS puts them. */
  default String key(HistoryEventType type) {
    String name = type.aws();
    return Character.toLowerCase(name.charAt(0)) + name.substring(1) + "EventDetails";
  }

  /** Field by field as in AWS's answer. */
  ObjectNode toJson();

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static ObjectNode text(ObjectNode json, String name, @Nullable String value) {
    return value == null ? json : json.put(name, value);
  }

  private static ObjectNode payload(ObjectNode json, String name, @Nullable Payload value) {
    if (value != null) {
      json.put(name, value.text());
      json.putObject(name + "Details").put("truncated", false);
    }
    return json;
  }

  /** ExecutionStarted. */
  record ExecutionStarted(Payload input, String roleArn) implements EventDetails {
    @Override
    public ObjectNode toJson() {
      return payload(object(), "input", input).put("roleArn", roleArn);
    }
  }

  /** Every StateEntered. */
  record StateEntered(String name, Payload input) implements EventDetails {
    @Override
    public String key(HistoryEventType type) {
      return "stateEnteredEventDetails";
    }

    @Override
    public ObjectNode toJson() {
      return payload(object().put("name", name), "input", input);
    }
  }

  /** Every StateExited; {@code assigned} is empty where no variable was set. */
  record StateExited(String name, Payload output, Map<String, String> assigned)
      implements EventDetails {
    @Override
    public String key(HistoryEventType type) {
      return "stateExitedEventDetails";
    }

    @Override
    public ObjectNode toJson() {
      ObjectNode json = payload(object().put("name", name), "output", output);
      if (!assigned.isEmpty()) {
        ObjectNode variables = json.putObject("assignedVariables");
        assigned.forEach(variables::put);
        json.putObject("assignedVariablesDetails").put("truncated", false);
      }
      return json;
    }
  }

  /** ExecutionSucceeded. */
  record Output(@Nullable Payload output) implements EventDetails {
    @Override
    public ObjectNode toJson() {
      return payload(object(), "output", output);
    }
  }

  /** A failure, time-out or abort, without a resource. */
  record Failure(@Nullable String error, @Nullable String cause) implements EventDetails {
    @Override
    public ObjectNode toJson() {
      return text(text(object(), "error", error), "cause", cause);
    }
  }

  /** EvaluationFailed. */
  record EvaluationFailed(String error, String cause, @Nullable String location, String state)
      implements EventDetails {
    @Override
    public ObjectNode toJson() {
      ObjectNode json = object().put("error", error).put("cause", cause);
      return text(json, "location", location).put("state", state);
    }
  }

  /** TaskScheduled; times in seconds. */
  record TaskScheduled(
      String resourceType,
      String resource,
      String region,
      String parameters,
      @Nullable Long timeoutInSeconds,
      @Nullable Long heartbeatInSeconds,
      @Nullable String credentialsRoleArn)
      implements EventDetails {
    @Override
    public ObjectNode toJson() {
      ObjectNode json = object().put("resourceType", resourceType).put("resource", resource);
      json.put("region", region).put("parameters", parameters);
      return limits(json, timeoutInSeconds, heartbeatInSeconds, credentialsRoleArn);
    }
  }

  private static ObjectNode limits(
      ObjectNode json, @Nullable Long timeout, @Nullable Long heartbeat, @Nullable String role) {
    if (timeout != null) {
      json.put("timeoutInSeconds", timeout);
    }
    if (heartbeat != null) {
      json.put("heartbeatInSeconds", heartbeat);
    }
    if (role != null) {
      json.putObject("taskCredentials").put("roleArn", role);
    }
    return json;
  }

  /** LambdaFunctionScheduled and ActivityScheduled; times in seconds. */
  record ResourceScheduled(
      String resource,
      Payload input,
      @Nullable Long timeoutInSeconds,
      @Nullable Long heartbeatInSeconds,
      @Nullable String credentialsRoleArn)
      implements EventDetails {
    @Override
    public ObjectNode toJson() {
      ObjectNode json = payload(object().put("resource", resource), "input", input);
      return limits(json, timeoutInSeconds, heartbeatInSeconds, credentialsRoleArn);
    }
  }

  /** TaskStarted. */
  record TaskStarted(String resourceType, String resource) implements EventDetails {
    @Override
    public ObjectNode toJson() {
      return object().put("resourceType", resourceType).put("resource", resource);
    }
  }

  /** ActivityStarted. */
  record ActivityStarted(@Nullable String workerName) implements EventDetails {
    @Override
    public ObjectNode toJson() {
      return text(object(), "workerName", workerName);
    }
  }

  /** TaskSubmitted and TaskSucceeded. */
  record TaskOutput(String resourceType, String resource, Payload output) implements EventDetails {
    @Override
    public ObjectNode toJson() {
      ObjectNode json = object().put("resourceType", resourceType).put("resource", resource);
      return payload(json, "output", output);
    }
  }

  /** TaskFailed, TaskTimedOut, TaskStartFailed and TaskSubmitFailed. */
  record TaskFailure(
      String resourceType, String resource, @Nullable String error, @Nullable String cause)
      implements EventDetails {
    @Override
    public ObjectNode toJson() {
      ObjectNode json = object().put("resourceType", resourceType).put("resource", resource);
      return text(text(json, "error", error), "cause", cause);
    }
  }

  /** MapStateStarted. */
  record MapStarted(int length) implements EventDetails {
    @Override
    public ObjectNode toJson() {
      return object().put("length", length);
    }
  }

  /** Every MapIteration event. */
  record Iteration(String name, int index) implements EventDetails {
    @Override
    public ObjectNode toJson() {
      return object().put("name", name).put("index", index);
    }
  }

  /** ExecutionRedriven; the count includes this redrive. */
  record ExecutionRedriven(int redriveCount) implements EventDetails {
    @Override
    public ObjectNode toJson() {
      return object().put("redriveCount", redriveCount);
    }
  }

  /** MapRunRedriven; the count includes this redrive. */
  record MapRunRedriven(String mapRunArn, int redriveCount) implements EventDetails {
    @Override
    public ObjectNode toJson() {
      return object().put("mapRunArn", mapRunArn).put("redriveCount", redriveCount);
    }
  }

  /** MapRunStarted. */
  record MapRun(String mapRunArn) implements EventDetails {
    @Override
    public ObjectNode toJson() {
      return object().put("mapRunArn", mapRunArn);
    }
  }
}
