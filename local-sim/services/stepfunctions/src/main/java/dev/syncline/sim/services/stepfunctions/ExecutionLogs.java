// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.asl.EventDetails;
import dev.syncline.sim.asl.HistoryEvent;
import dev.syncline.sim.asl.HistoryEventType;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.contract.LogSink;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the events of executions to CloudWatch Logs, as the state machine's logging configuration
 * asks. Levels, stream names and the form of an entry: the Step Functions developer guide, "Using
 * CloudWatch Logs". Thread-safe.
 */
record ExecutionLogs(LogSink sink) {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd-HH-mm").withZone(ZoneOffset.UTC);
  private static final Set<HistoryEventType> FATAL =
      Set.of(
          HistoryEventType.EXECUTION_ABORTED,
          HistoryEventType.EXECUTION_FAILED,
          HistoryEventType.EXECUTION_TIMED_OUT);

  /** The fields that hold data of an execution: left out unless includeExecutionData is set. */
  private static final Set<String> DATA =
      Set.of("input", "output", "parameters", "assignedVariables");

  /** Writes one event, if its level is logged. */
  void write(ExecutionOrigin execution, HistoryEvent event, int redriveCount) {
    JsonNode logging = execution.machine().logging();
    if (!logged(logging.path("level").asText("OFF"), event.type())) {
      return;
    }
    String group = group(logging);
    if (group == null) {
      return;
    }
    sink.append(
        group,
        stream(execution),
        event.timestamp(),
        Json.write(
            entry(
                execution,
                event,
                redriveCount,
                logging.path("includeExecutionData").asBoolean(false))));
  }

  private static boolean logged(String level, HistoryEventType type) {
    return switch (level) {
      case "ALL" -> true;
      case "ERROR" -> FATAL.contains(type) || isError(type);
      case "FATAL" -> FATAL.contains(type);
      default -> false;
    };
  }

  private static boolean isError(HistoryEventType type) {
    String name = type.aws();
    return name.endsWith("Failed")
        || name.endsWith("TimedOut")
        || name.endsWith("Aborted")
        || name.equals("FailStateEntered");
  }

  private static @Nullable String group(JsonNode logging) {
    String arn =
        logging
            .path("destinations")
            .path(0)
            .path("cloudWatchLogsLogGroup")
            .path("logGroupArn")
            .asText();
    int marker = arn.indexOf(":log-group:");
    if (marker < 0) {
      return null;
    }
    String name = arn.substring(marker + ":log-group:".length());
    int end = name.indexOf(':');
    return end < 0 ? name : name.substring(0, end);
  }

  private static String stream(ExecutionOrigin execution) {
    return "states/"
        + execution.machine().name()
        + "/"
        + MINUTE.format(execution.started())
        + "/"
        + String.format("%08x", execution.machine().arn().hashCode());
  }

  private static ObjectNode entry(
      ExecutionOrigin execution, HistoryEvent event, int redriveCount, boolean withData) {
    ObjectNode json = Json.object();
    json.put("id", String.valueOf(event.id()));
    json.put("type", event.type().aws());
    EventDetails details = event.details();
    ObjectNode logged = details == null ? Json.object() : details.toJson();
    if (!withData) {
      withoutData(logged);
    }
    json.set("details", logged);
    json.put("previous_event_id", String.valueOf(event.previousEventId()));
    json.put("event_timestamp", String.valueOf(event.timestamp().toEpochMilli()));
    json.put("execution_arn", execution.arn());
    json.put("redrive_count", String.valueOf(redriveCount));
    return json;
  }

  /** Leaves the data of an execution out of an event's details. */
  static void withoutData(JsonNode details) {
    if (details instanceof ObjectNode object) {
      for (String field : DATA) {
        object.remove(field);
        object.remove(field + "Details");
      }
    }
  }
}
