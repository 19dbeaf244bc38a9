// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.asl.ExecutionStatus;
import dev.syncline.sim.asl.Payload;
import dev.syncline.sim.asl.internal.expr.AslJson;
import dev.syncline.sim.asl.internal.expr.Timestamps;
import dev.syncline.sim.asl.internal.model.State;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The output of a ResultWriter for a Map Run: files with results by status and a manifest that
 * lists them, or the state's result alone. The fields of a result are those recorded on AWS.
 */
final class ResultFiles {
  private final MapRunChildren run;
  private final State.Writer writer;
  private final ObjectNode arguments;
  private final Deque<ObjectNode> puts = new ArrayDeque<>();
  private final String manifestKey;

  ResultFiles(MapRunChildren run, State.Writer writer, ObjectNode arguments) {
    this.run = run;
    this.writer = writer;
    this.arguments = arguments;
    String arn = run.arn();
    String prefix = arguments.path("Prefix").asText("");
    String folder =
        (prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/")
            + arn.substring(arn.lastIndexOf(':') + 1);
    this.manifestKey = folder + "/manifest.json";
    ObjectNode manifest = JsonNodeFactory.instance.objectNode();
    manifest.put("DestinationBucket", bucket()).put("MapRunArn", arn);
    ObjectNode files = manifest.putObject("ResultFiles");
    for (String status : new String[] {"FAILED", "PENDING", "SUCCEEDED"}) {
      ArrayNode results = results(status);
      ArrayNode listed = files.putArray(status);
      if (!results.isEmpty()) {
        String body = body(results);
        String key = folder + "/" + status + "_0." + (writer.lines() ? "jsonl" : "json");
        puts.add(put(key, body));
        listed.addObject().put("Key", key).put("Size", AslJson.utf8Length(body));
      }
    }
    puts.add(put(manifestKey, AslJson.write(manifest)));
  }

  private String bucket() {
    return arguments.path("Bucket").asText();
  }

  /** Puts the files, one after the other. */
  void write(TransferRun calls, Consumer<Payload> done) {
    ObjectNode next = puts.poll();
    if (next == null || writer.resource() == null) {
      done.accept(output());
    } else {
      calls.call(writer.resource(), next, answer -> write(calls, done));
    }
  }

  private Payload output() {
    if (writer.resource() == null) {
      ArrayNode all = JsonNodeFactory.instance.arrayNode();
      run.children().forEach(child -> add(all, child));
      return Payload.of(all);
    }
    ObjectNode output = JsonNodeFactory.instance.objectNode().put("MapRunArn", run.arn());
    output.putObject("ResultWriterDetails").put("Bucket", bucket()).put("Key", manifestKey);
    return Payload.of(output);
  }

  private ArrayNode results(String status) {
    ArrayNode results = JsonNodeFactory.instance.arrayNode();
    for (ExecutionRun child : run.children()) {
      if (group(child).equals(status)) {
        add(results, child);
      }
    }
    return results;
  }

  private static String group(ExecutionRun child) {
    return switch (child.status()) {
      case SUCCEEDED -> "SUCCEEDED";
      case RUNNING -> "PENDING";
      case FAILED, TIMED_OUT, ABORTED -> "FAILED";
    };
  }

  private String body(ArrayNode results) {
    if (!writer.lines()) {
      return AslJson.write(results);
    }
    StringBuilder lines = new StringBuilder();
    results.forEach(result -> lines.append(AslJson.write(result)).append('\n'));
    return lines.toString();
  }

  /** Only the results of successful children are transformed (documented). */
  private void add(ArrayNode results, ExecutionRun child) {
    Payload output = child.output();
    String how = writer.transformation() == null ? "NONE" : writer.transformation();
    if (output == null || how.equals("NONE")) {
      results.add(result(child));
    } else if (how.equals("FLATTEN") && output.json().isArray()) {
      output.json().forEach(results::add);
    } else {
      results.add(output.json());
    }
  }

  private JsonNode result(ExecutionRun child) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    putText(result, "Cause", child.cause());
    putText(result, "Error", child.error());
    result.put("ExecutionArn", child.context().arn());
    result.put("Input", child.input().text());
    result.putObject("InputDetails").put("Included", true);
    result.put("Name", child.context().name());
    Payload output = child.output();
    putText(result, "Output", output == null ? null : output.text());
    result.putObject("OutputDetails").put("Included", true);
    result.put("RedriveCount", child.redriveCount());
    boolean pending = child.historySize() == 0;
    if (!pending) {
      boolean succeeded = child.status() == ExecutionStatus.SUCCEEDED;
      result.put("RedriveStatus", succeeded ? "NOT_REDRIVABLE" : "REDRIVABLE_BY_MAP_RUN");
      if (succeeded) {
        result.put("RedriveStatusReason", "Execution is SUCCEEDED and cannot be redriven");
      }
      result.put("StartDate", Timestamps.format(child.startTime()));
    }
    result.put("StateMachineArn", child.context().stateMachineArn());
    result.put("Status", pending ? "PENDING" : child.status().name());
    if (child.stopTime() != null) {
      result.put("StopDate", Timestamps.format(child.stopTime()));
    }
    return result;
  }

  private static void putText(ObjectNode object, String field, @Nullable String text) {
    if (text != null) {
      object.put(field, text);
    }
  }

  private ObjectNode put(String key, String body) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("Bucket", bucket())
        .put("Key", key)
        .put("Body", body);
  }
}
