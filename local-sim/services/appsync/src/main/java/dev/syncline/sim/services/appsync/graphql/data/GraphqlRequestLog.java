// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.graphql.FieldCall;
import dev.syncline.sim.graphql.RequestEffects.Effect.LogLine;
import dev.syncline.sim.service.CallPrincipal;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.contract.LogSink;
import dev.syncline.sim.services.appsync.datasource.AppSyncPrincipal;
import dev.syncline.sim.services.appsync.graphql.GraphqlApiSettings.LogConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The log lines of one request, as AppSync writes them to {@code /aws/appsync/apis/{apiId}}.
 * Sources: the guide's page on monitoring for the JSON lines, lines that users publish for the
 * others. Thread-safe.
 */
final class GraphqlRequestLog {
  /** More is cut off, as AppSync does. */
  private static final int MAX_CHARACTERS = 1_048_576;

  private final String apiId;
  private final String requestId;
  private final LogConfig config;
  private final Instant started;
  private final List<String> first = new ArrayList<>();
  private final List<String> fields = new ArrayList<>();
  private final List<String> tracing = new ArrayList<>();
  private long kept;

  GraphqlRequestLog(String apiId, String requestId, LogConfig config, Instant started) {
    this.apiId = apiId;
    this.requestId = requestId;
    this.config = config;
    this.started = started;
  }

  /** The evaluated part of a resolver or function. */
  record Mapping(
      FieldCall call,
      String logType,
      @Nullable String resolverArn,
      @Nullable String functionName,
      ObjectNode context,
      boolean fieldInError,
      @Nullable String evaluated) {}

  /** Whether evaluated parts of all fields are logged. */
  boolean all() {
    return config.fieldLogLevel().equals("ALL");
  }

  /** Whether anything is logged of fields. */
  boolean ofFields() {
    return !config.fieldLogLevel().equals("NONE");
  }

  /** The request was read. */
  synchronized void began(String query, @Nullable String operationName, JsonNode variables) {
    add(first, line("Begin Request"));
    add(
        first,
        line(
            "GraphQL Query: "
                + query
                + ", Operation: "
                + operationName
                + ", Variables: "
                + variables));
  }

  /** The execution of a field begins or ends. */
  synchronized void execution(FieldCall call, boolean begins) {
    if (all()) {
      add(
          fields,
          line(
              begins
                  ? "Begin Execution - Type Name: "
                      + call.parentType()
                      + " and Field Name: "
                      + call.fieldName()
                  : "End Field Execution"));
    }
  }

  /** A part of a resolver was evaluated. */
  synchronized void mapped(Mapping mapping) {
    if (!all() && !(ofFields() && mapping.fieldInError())) {
      return;
    }
    FieldCall call = mapping.call();
    ObjectNode line = Json.object().put("logType", mapping.logType());
    line.set("path", path(call));
    line.put("fieldName", call.fieldName());
    Json.putIfPresent(line, "resolverArn", mapping.resolverArn());
    Json.putIfPresent(line, "functionName", mapping.functionName());
    line.put("requestId", requestId);
    if (!config.excludeVerboseContent()) {
      line.set("context", mapping.context());
    }
    line.put("fieldInError", mapping.fieldInError()).put("parentType", call.parentType());
    line.put("graphQLAPIId", apiId);
    if (!config.excludeVerboseContent()) {
      Json.putIfPresent(line, "transformedTemplate", mapping.evaluated());
    }
    add(fields, Json.write(line));
  }

  /** A field has errors, in the form of the response. */
  synchronized void failed(FieldCall call, List<String> messages) {
    if (ofFields()) {
      ObjectNode line = Json.object().put("logType", "FieldError");
      line.set("path", path(call));
      line.put("fieldName", call.fieldName()).put("parentType", call.parentType());
      line.set("errors", Json.texts(messages));
      add(fields, Json.write(line.put("requestId", requestId).put("graphQLAPIId", apiId)));
    }
  }

  /** A resolver of a field ended. */
  synchronized void traced(
      FieldCall call, String resolverArn, String returnType, Instant began, Instant ended) {
    if (!all()) {
      return;
    }
    ObjectNode line =
        Json.object()
            .put("duration", Duration.between(began, ended).toNanos())
            .put("logType", "Tracing");
    line.set("path", path(call));
    line.put("fieldName", call.fieldName())
        .put("startOffset", Duration.between(started, began).toNanos())
        .put("resolverArn", resolverArn)
        .put("requestId", requestId)
        .put("parentType", call.parentType())
        .put("returnType", returnType)
        .put("graphQLAPIId", apiId);
    add(tracing, Json.write(line));
  }

  /** {@code util.log} or {@code console.log}; the level decides whether it is logged. */
  synchronized void said(LogLine said) {
    boolean logged =
        switch (config.fieldLogLevel()) {
          case "ALL", "DEBUG" -> true;
          case "INFO" -> !said.level().equals("DEBUG");
          case "ERROR" -> said.level().equals("ERROR");
          default -> false;
        };
    if (logged) {
      add(fields, line(said.level() + " - " + said.text()));
    }
  }

  /** The request was answered; writes all lines. */
  synchronized void ended(
      LogSink sink,
      Instant now,
      int status,
      int tokens,
      Map<String, String> sent,
      Map<String, String> answered) {
    List<String> lines = new ArrayList<>(first);
    lines.addAll(fields);
    if (!tracing.isEmpty()) {
      lines.add(line("Begin Tracing"));
      lines.addAll(tracing);
      lines.add(line("End Tracing"));
    }
    lines.add(executionSummary(now));
    lines.add(
        Json.write(
            Json.object()
                .put("logType", "RequestSummary")
                .put("requestId", requestId)
                .put("graphQLAPIId", apiId)
                .put("statusCode", status)
                .put("latency", Duration.between(started, now).toNanos())));
    if (!config.excludeVerboseContent()) {
      lines.add(line("Request Headers: " + shown(sent)));
      lines.add(line("Response Headers: " + shown(answered)));
    }
    lines.add(line("Tokens Consumed: " + tokens));
    lines.add(line("End Request"));
    var role =
        new CallPrincipal.RoleSession(config.cloudWatchLogsRoleArn(), AppSyncPrincipal.SESSION);
    int left = MAX_CHARACTERS;
    for (String line : lines) {
      String fitting = line.length() > left ? line.substring(0, left) : line;
      // A role that may not write loses the lines, as on AWS.
      if (!sink.append(role, group(apiId), stream(apiId), now, fitting)
          || fitting.length() < line.length()) {
        return;
      }
      left -= line.length();
    }
  }

  /** The log group of an API. */
  static String group(String apiId) {
    return "/aws/appsync/apis/" + apiId;
  }

  private static String stream(String apiId) {
    return apiId + "-requests";
  }

  private String executionSummary(Instant now) {
    ObjectNode line =
        Json.object()
            .put("duration", Duration.between(started, now).toNanos())
            .put("logType", "ExecutionSummary")
            .put("requestId", requestId)
            .put("startTime", started.toString())
            .put("endTime", now.toString());
    line.putObject("parsing").put("startOffset", 0).put("duration", 0);
    line.put("version", 1).putObject("validation").put("startOffset", 0).put("duration", 0);
    return Json.write(line.put("graphQLAPIId", apiId));
  }

  private static JsonNode path(FieldCall call) {
    return Json.MAPPER.valueToTree(call.path());
  }

  private static String shown(Map<String, String> headers) {
    return headers.entrySet().stream()
        .map(header -> header.getKey() + "=[" + hidden(header) + "]")
        .collect(Collectors.joining(", ", "{", "}"));
  }

  /** AppSync hides credentials in the same way. */
  private static String hidden(Map.Entry<String, String> header) {
    return switch (header.getKey()) {
      case "x-api-key", "authorization" -> {
        String value = header.getValue();
        yield value.length() <= 4 ? "****" : "****" + value.substring(value.length() - 4);
      }
      default -> header.getValue();
    };
  }

  /** Lines that would be cut off anyway are not kept. */
  private void add(List<String> lines, String line) {
    if (kept <= MAX_CHARACTERS) {
      kept += line.length();
      lines.add(line);
    }
  }

  private String line(String text) {
    return requestId + " " + text;
  }
}
