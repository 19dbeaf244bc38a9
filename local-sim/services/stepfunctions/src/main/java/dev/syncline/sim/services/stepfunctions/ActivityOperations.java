// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.kernel.Timer;
import dev.syncline.sim.kernel.TimerKind;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The operations on activities. Error texts as recorded. Thread-safe. */
record ActivityOperations(SimClock clock, ActivityStore activities, TaskTokenRegistry tokens) {
  /** How long a worker's poll waits for a task. */
  static final Duration POLL = Duration.ofSeconds(60);

  private static final Pattern ARN =
      Pattern.compile("arn:aws[a-z-]*:states:[a-z0-9-]+:\\d{12}:activity:[^:/#\\s]{1,80}");

  List<Operation> operations() {
    return List.of(
        Operation.of("CreateActivity: name, tags, encryptionConfiguration", this::create),
        Operation.of("DescribeActivity: activityArn", this::describe),
        Operation.of("DeleteActivity: activityArn", this::delete),
        Operation.of("ListActivities: maxResults, nextToken", this::list),
        Operation.of("GetActivityTask: activityArn, workerName", this::poll));
  }

  private Output create(Input input, CallContext context) {
    String name = Names.require(input.requiredText("name"));
    Activity activity =
        activities.putIfAbsent(
            new Activity(
                context.arn("states", "activity:" + name),
                name,
                clock.now(),
                MachineInput.encryption(input),
                MachineInput.tags(input)));
    if (!encryption(activity.encryption()).equals(encryption(MachineInput.encryption(input)))) {
      // Documented; the words follow those for state machines.
      throw StepFunctionsErrors.activityExists(activity.arn());
    }
    ObjectNode json = Json.object();
    json.put("activityArn", activity.arn());
    json.set("creationDate", Json.epochSeconds(activity.created()));
    return Output.of(json);
  }

  /** The encryption in force: AWS's own key by default. */
  private static JsonNode encryption(@Nullable JsonNode configured) {
    return configured == null ? Json.object().put("type", "AWS_OWNED_KEY") : configured;
  }

  private Output describe(Input input, CallContext context) {
    Activity activity = activities.require(arn(input));
    ObjectNode json = item(activity);
    json.set("encryptionConfiguration", encryption(activity.encryption()));
    return Output.of(json);
  }

  private static ObjectNode item(Activity activity) {
    ObjectNode json = Json.object();
    json.put("activityArn", activity.arn());
    json.put("name", activity.name());
    json.set("creationDate", Json.epochSeconds(activity.created()));
    return json;
  }

  private Output delete(Input input, CallContext context) {
    activities.delete(arn(input));
    return Output.empty();
  }

  private Output list(Input input, CallContext context) {
    StepFunctionsPage.check(input, StepFunctionsPage.MAX_TOKEN_LENGTH);
    return StepFunctionsPage.of(input, activities.all(), "activities", ActivityOperations::item);
  }

  private Output poll(Input input, CallContext context) {
    String worker = input.text("workerName").orElse(null);
    if (worker != null) {
      Names.require(worker);
    }
    Activity activity = activities.require(arn(input));
    ObjectNode json = Json.object();
    Activity.Offer offer = next(activity, worker);
    if (offer != null) {
      json.put("taskToken", offer.token());
      json.put("input", offer.input());
    }
    return Output.of(json);
  }

  private Activity.@Nullable Offer next(Activity activity, @Nullable String worker) {
    var poll = new CompletableFuture<Boolean>();
    Timer limit = clock.schedule(TimerKind.LIMIT, POLL, () -> poll.complete(true));
    try {
      while (!poll.isDone()) {
        CompletableFuture<Activity.@Nullable Offer> waiting = activity.poll();
        if (waiting == null) {
          throw StepFunctionsErrors.tooManyWorkers(activity.arn());
        }
        poll.thenRun(() -> activity.stopPolling(waiting));
        Activity.@Nullable Offer offer = clock.await(waiting);
        if (offer == null) {
          return null;
        }
        TaskTokenRegistry.Task task = tokens.find(offer.token());
        if (task != null && task.execution().activityStarted(task.taskId(), worker)) {
          return offer;
        }
        // The task has ended before this worker got it: take the next one.
      }
      return null;
    } finally {
      limit.cancel();
    }
  }

  private static String arn(Input input) {
    String arn = input.requiredText("activityArn");
    if (!ARN.matcher(arn).matches()) {
      throw StepFunctionsErrors.invalidArn(arn, "activity");
    }
    return arn;
  }
}
