// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.asl.ExecutionStatus;
import dev.syncline.sim.asl.Payload;
import dev.syncline.sim.asl.internal.expr.Json;
import dev.syncline.sim.asl.internal.expr.Timestamps;
import java.util.ArrayList;
import java.util.List;

/** The files a ResultWriter leaves: results by status, and a manifest that lists them. */
final class ResultFiles {
  private final String mapRunArn;
  private final String bucket;
  private final String manifestKey;
  private final List<ObjectNode> puts = new ArrayList<>();

  ResultFiles(MapRunOf run, ObjectNode arguments) {
    this.mapRunArn = run.arn();
    this.bucket = arguments.path("Bucket").asText();
    String prefix = arguments.path("Prefix").asText("");
    String folder =
        (prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/")
            + mapRunArn.substring(mapRunArn.lastIndexOf(':') + 1);
    this.manifestKey = folder + "/manifest.json";
    ObjectNode manifest = JsonNodeFactory.instance.objectNode();
    manifest.put("DestinationBucket", bucket).put("MapRunArn", mapRunArn);
    ObjectNode files = manifest.putObject("ResultFiles");
    for (String status : new String[] {"FAILED", "PENDING", "SUCCEEDED"}) {
      ArrayNode results = results(run, status);
      ArrayNode listed = files.putArray(status);
      if (!results.isEmpty()) {
        String body = Json.write(results);
        String key = folder + "/" + status + "_0.json";
        puts.add(put(key, body));
        listed.addObject().put("Key", key).put("Size", Json.utf8Length(body));
      }
    }
    puts.add(put(manifestKey, Json.write(manifest)));
  }

  private static ArrayNode results(MapRunOf run, String status) {
    ArrayNode results = JsonNodeFactory.instance.arrayNode();
    for (ExecutionRun child : run.children()) {
      String its =
          child.status() == ExecutionStatus.SUCCEEDED
              ? "SUCCEEDED"
              : child.status() == ExecutionStatus.RUNNING ? "PENDING" : "FAILED";
      if (its.equals(status)) {
        results.add(result(child));
      }
    }
    return results;
  }

  private static ObjectNode result(ExecutionRun child) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    Payload output = child.output();
    if (child.error() != null) {
      result.put("Error", child.error());
    }
    if (child.cause() != null) {
      result.put("Cause", child.cause());
    }
    result.put("ExecutionArn", child.context().arn());
    result.put("Input", child.input().text());
    result.putObject("InputDetails").put("Included", true);
    result.put("Name", child.context().name());
    if (output != null) {
      result.put("Output", output.text());
      result.putObject("OutputDetails").put("Included", true);
    }
    result.put("StartDate", Timestamps.format(child.startTime()));
    result.put("StateMachineArn", child.context().stateMachineArn());
    result.put("Status", child.status().name());
    if (child.stopTime() != null) {
      result.put("StopDate", Timestamps.format(child.stopTime()));
    }
    return result;
  }

  private ObjectNode put(String key, String body) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("Bucket", bucket)
        .put("Key", key)
        .put("Body", body);
  }

  /** The arguments of the calls to make. */
  List<ObjectNode> puts() {
    return puts;
  }

  /** The state's result. */
  Payload output() {
    ObjectNode output = JsonNodeFactory.instance.objectNode().put("MapRunArn", mapRunArn);
    output.putObject("ResultWriterDetails").put("Bucket", bucket).put("Key", manifestKey);
    return Payload.of(output);
  }
}
