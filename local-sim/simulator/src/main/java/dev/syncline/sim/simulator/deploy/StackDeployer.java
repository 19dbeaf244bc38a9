// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.simulator.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.kernel.TimerKind;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Dispatcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Uploads artifacts and creates stacks, with the published operations. Thread-safe.
 *
 * <p>It waits for a stack in real time, in every mode of the clock, so that it also works with a
 * manual clock.
 *
 * @param context the account and region to deploy for
 * @param pollClock paces the waiting; a real clock
 */
public record StackDeployer(Dispatcher dispatcher, CallContext context, SimClock pollClock) {
  private static final Duration POLL = Duration.ofMillis(20);

  /** One line of a stack's progress. */
  public record Progress(String logicalId, String type, String status, String reason) {}

  /** Puts an object into a bucket, and creates the bucket if it does not exist. */
  public void upload(String bucket, String key, byte[] content) {
    ObjectNode create = JsonNodeFactory.instance.objectNode().put("Bucket", bucket);
    try {
      dispatcher.call("s3", "CreateBucket", create, context);
    } catch (AwsException present) {
      if (!present.code().startsWith("BucketAlready")) {
        throw present;
      }
    }
    ObjectNode put = JsonNodeFactory.instance.objectNode().put("Bucket", bucket).put("Key", key);
    dispatcher.call(
        "s3",
        "PutObject",
        put,
        new CallContext(
            context.account(), context.region(), context.requestId(), context.host(), content));
  }

  /**
   * Creates a stack and waits until it is complete.
   *
   * @return its outputs
   * @throws StackFailedException when it is refused or rolled back
   */
  public Map<String, String> create(
      String stackName,
      String template,
      Map<String, String> parameters,
      Consumer<Progress> progress)
      throws StackFailedException {
    return run("CreateStack", stackName, template, parameters, progress);
  }

  /**
   * Creates or updates a stack, and waits until it is complete. A stack whose creation failed is
   * deleted first.
   *
   * @return its outputs
   * @throws StackFailedException when it is refused or rolled back, or is in a state in which a
   *     person must decide
   */
  public Map<String, String> deploy(
      String stackName,
      String template,
      Map<String, String> parameters,
      Consumer<Progress> progress)
      throws StackFailedException {
    String status = status(stackName);
    return switch (status) {
      case "" -> create(stackName, template, parameters, progress);
      case "CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_FAILED", "UPDATE_ROLLBACK_COMPLETE" ->
          run("UpdateStack", stackName, template, parameters, progress);
      case "CREATE_FAILED", "ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "REVIEW_IN_PROGRESS" -> {
        delete(stackName, progress);
        yield create(stackName, template, parameters, progress);
      }
      default ->
          throw new StackFailedException(
              "stack "
                  + stackName
                  + " is "
                  + status
                  + "; delete it (aws cloudformation delete-stack), or give another name");
    };
  }

  private void delete(String stackName, Consumer<Progress> progress) throws StackFailedException {
    Set<String> seen = new HashSet<>();
    newEvents(stackName, seen);
    // A deleted stack is still found by its id, and no longer by its name.
    String stackId = describe(stackName).path("StackId").asText();
    dispatcher.call(
        "cloudformation",
        "DeleteStack",
        JsonNodeFactory.instance.objectNode().put("StackName", stackName),
        context);
    String status = status(stackId);
    while (!status.isEmpty() && !status.equals("DELETE_COMPLETE")) {
      newEvents(stackId, seen).forEach(progress);
      if (status.equals("DELETE_FAILED")) {
        throw new StackFailedException("stack " + stackName + " ended as DELETE_FAILED");
      }
      pause();
      status = status(stackId);
    }
    newEvents(stackId, seen).forEach(progress);
  }

  /** The stack's status, empty if the stack does not exist. */
  private String status(String stackName) {
    try {
      return describe(stackName).path("StackStatus").asText();
    } catch (AwsException none) {
      if (none.text().endsWith("does not exist")) {
        return "";
      }
      throw none;
    }
  }

  private Map<String, String> run(
      String operation,
      String stackName,
      String template,
      Map<String, String> parameters,
      Consumer<Progress> progress)
      throws StackFailedException {
    Set<String> seen = new HashSet<>();
    if (operation.equals("UpdateStack")) {
      newEvents(stackName, seen);
    }
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    request.put("StackName", stackName);
    request.put("TemplateBody", template);
    ArrayNode list = request.putArray("Parameters");
    parameters.forEach(
        (key, value) -> list.addObject().put("ParameterKey", key).put("ParameterValue", value));
    request.putArray("Capabilities").add("CAPABILITY_NAMED_IAM");
    try {
      dispatcher.call("cloudformation", operation, request, context);
    } catch (AwsException refused) {
      if (refused.text().equals("No updates are to be performed.")) {
        return outputs(describe(stackName));
      }
      throw new StackFailedException(refused.text());
    }
    return await(stackName, seen, progress);
  }

  private Map<String, String> await(String stackName, Set<String> seen, Consumer<Progress> progress)
      throws StackFailedException {
    List<Progress> failures = new ArrayList<>();
    while (true) {
      JsonNode stack = describe(stackName);
      for (Progress step : newEvents(stackName, seen)) {
        progress.accept(step);
        if (step.status().endsWith("_FAILED")) {
          failures.add(step);
        }
      }
      String status = stack.path("StackStatus").asText();
      if (status.equals("CREATE_COMPLETE") || status.equals("UPDATE_COMPLETE")) {
        return outputs(stack);
      }
      if (!status.endsWith("_IN_PROGRESS")) {
        throw new StackFailedException(explain(stackName, status, failures));
      }
      pause();
    }
  }

  private void pause() {
    var over = new CompletableFuture<Boolean>();
    pollClock.schedule(TimerKind.WORK, POLL, () -> over.complete(true));
    over.join();
  }

  private JsonNode describe(String stackName) {
    ObjectNode request = JsonNodeFactory.instance.objectNode().put("StackName", stackName);
    return dispatcher
        .call("cloudformation", "DescribeStacks", request, context)
        .json()
        .path("Stacks")
        .path(0);
  }

  private List<Progress> newEvents(String stackName, Set<String> seen) {
    ObjectNode request = JsonNodeFactory.instance.objectNode().put("StackName", stackName);
    JsonNode events =
        dispatcher
            .call("cloudformation", "DescribeStackEvents", request, context)
            .json()
            .path("StackEvents");
    var fresh = new ArrayList<Progress>();
    // The service lists the newest first.
    for (int i = events.size() - 1; i >= 0; i--) {
      JsonNode event = events.get(i);
      if (seen.add(event.path("EventId").asText())) {
        fresh.add(
            new Progress(
                event.path("LogicalResourceId").asText(),
                event.path("ResourceType").asText(),
                event.path("ResourceStatus").asText(),
                event.path("ResourceStatusReason").asText()));
      }
    }
    return fresh;
  }

  private static Map<String, String> outputs(JsonNode stack) {
    var outputs = new LinkedHashMap<String, String>();
    for (JsonNode output : stack.path("Outputs")) {
      outputs.put(output.path("OutputKey").asText(), output.path("OutputValue").asText());
    }
    return outputs;
  }

  private static String explain(String stackName, String status, List<Progress> failures) {
    String reasons =
        failures.stream()
            .map(step -> step.logicalId() + " (" + step.type() + "): " + step.reason())
            .reduce((one, other) -> one + "; " + other)
            .orElse("no resource reported a reason");
    return "stack " + stackName + " ended as " + status + ": " + reasons;
  }
}
