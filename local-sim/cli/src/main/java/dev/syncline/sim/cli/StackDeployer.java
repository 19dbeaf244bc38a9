// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Deploys a template as anyone would: a bucket, the files in it, CreateStack, and then looking at
 * the stack's events until it is done. Not thread-safe.
 */
final class StackDeployer {
  private final Calls calls;
  private final Reporter reporter;
  private final StopSignal stop;
  private final Set<String> told = new HashSet<>();
  private @Nullable String firstFailure;

  StackDeployer(Calls calls, Reporter reporter, StopSignal stop) {
    this.calls = calls;
    this.reporter = reporter;
    this.stop = stop;
  }

  /**
   * Deploys it and waits until it is there.
   *
   * @throws Failure naming the resource and the reason when it fails, or when stopped meanwhile
   */
  Stack deploy(Deployment deployment) {
    upload(deployment);
    reporter.progress(
        "deploying",
        Json.object()
            .put("stack", deployment.stackName())
            .put("template", deployment.source())
            .set("parameters", Json.object(deployment.parameters())),
        "Deploying " + deployment.source() + " as stack " + deployment.stackName());
    create(deployment);
    while (true) {
      JsonNode stack = describe(deployment.stackName());
      tellEvents(deployment.stackName());
      String status = stack.path("StackStatus").asText();
      if (status.equals("CREATE_COMPLETE")) {
        return new Stack(deployment.stackName(), outputs(stack), resources(deployment.stackName()));
      }
      if (!status.endsWith("_IN_PROGRESS") || isFailing(status)) {
        throw failed(deployment, stack, status);
      }
      if (stop.await(StopSignal.POLL)) {
        throw new Failure("stopped while the stack was " + status);
      }
    }
  }

  private void upload(Deployment deployment) {
    calls.call("s3", "CreateBucket", Json.object().put("Bucket", Deployment.BUCKET));
    for (Map.Entry<String, Path> upload : deployment.uploads().entrySet()) {
      byte[] content;
      try {
        content = Files.readAllBytes(upload.getValue());
      } catch (IOException unreadable) {
        throw new Failure("cannot read " + upload.getValue() + ": " + Failure.reason(unreadable));
      }
      calls.call(
          "s3",
          "PutObject",
          Json.object().put("Bucket", Deployment.BUCKET).put("Key", upload.getKey()),
          content);
    }
  }

  private void create(Deployment deployment) {
    ArrayNode parameters = Json.array();
    deployment
        .parameters()
        .forEach(
            (name, value) ->
                parameters.addObject().put("ParameterKey", name).put("ParameterValue", value));
    ObjectNode input =
        Json.object()
            .put("StackName", deployment.stackName())
            .put("TemplateBody", deployment.template());
    input.set("Parameters", parameters);
    input.set("Capabilities", Json.array().add("CAPABILITY_IAM").add("CAPABILITY_NAMED_IAM"));
    calls.call("cloudformation", "CreateStack", input);
  }

  private JsonNode describe(String stackName) {
    return calls
        .call("cloudformation", "DescribeStacks", Json.object().put("StackName", stackName))
        .path("Stacks")
        .path(0);
  }

  private void tellEvents(String stackName) {
    JsonNode answer =
        calls.call(
            "cloudformation", "DescribeStackEvents", Json.object().put("StackName", stackName));
    var events = new ArrayList<JsonNode>();
    answer.path("StackEvents").forEach(events::add);
    // The service gives the newest first.
    Collections.reverse(events);
    for (JsonNode event : events) {
      if (told.add(event.path("EventId").asText())) {
        tell(event);
      }
    }
  }

  private void tell(JsonNode event) {
    String status = event.path("ResourceStatus").asText();
    String id = event.path("LogicalResourceId").asText();
    String type = event.path("ResourceType").asText();
    String reason = event.path("ResourceStatusReason").asText("");
    if (status.endsWith("_FAILED") && firstFailure == null) {
      firstFailure = id + " (" + type + ") " + status + ": " + reason;
    }
    ObjectNode fields = Json.object().put("resource", id).put("type", type).put("status", status);
    if (!reason.isEmpty()) {
      fields.put("reason", reason);
    }
    // A line when a resource begins and another when it is there says the same thing twice.
    if (!status.equals("CREATE_IN_PROGRESS")) {
      reporter.progress(
          "stack-event",
          fields,
          String.format(
              "  %-22s %-36s %s%s", status, type, id, reason.isEmpty() ? "" : ": " + reason));
    }
  }

  private static boolean isFailing(String status) {
    return status.endsWith("FAILED");
  }

  private Failure failed(Deployment deployment, JsonNode stack, String status) {
    String reason =
        firstFailure != null
            ? firstFailure
            : stack.path("StackStatusReason").asText("no reason given");
    return new Failure(
        "the stack " + deployment.stackName() + " ended as " + status + ": " + reason);
  }

  private static Map<String, String> outputs(JsonNode stack) {
    var outputs = new LinkedHashMap<String, String>();
    for (JsonNode output : stack.path("Outputs")) {
      outputs.put(output.path("OutputKey").asText(), output.path("OutputValue").asText());
    }
    return outputs;
  }

  private List<Stack.Resource> resources(String stackName) {
    var resources = new ArrayList<Stack.Resource>();
    JsonNode answer =
        calls.call(
            "cloudformation", "DescribeStackResources", Json.object().put("StackName", stackName));
    for (JsonNode resource : answer.path("StackResources")) {
      resources.add(
          new Stack.Resource(
              resource.path("LogicalResourceId").asText(),
              resource.path("ResourceType").asText(),
              resource.path("PhysicalResourceId").asText()));
    }
    return resources;
  }
}
