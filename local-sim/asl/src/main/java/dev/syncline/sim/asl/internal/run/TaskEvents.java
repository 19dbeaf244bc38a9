// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.run;

import dev.syncline.sim.asl.EventDetails;
import dev.syncline.sim.asl.HistoryEventType;
import dev.syncline.sim.asl.Payload;
import dev.syncline.sim.asl.TaskPhase;
import dev.syncline.sim.asl.TaskResource;
import dev.syncline.sim.asl.TaskResource.Kind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Writes a task's events in the family its resource belongs to. */
record TaskEvents(Branch branch, TaskResource resource) {

  private boolean service() {
    return resource.kind() == Kind.SERVICE;
  }

  private HistoryEventType type(String what) {
    String family =
        switch (resource.kind()) {
          case LAMBDA -> "LAMBDA_FUNCTION_";
          case ACTIVITY -> "ACTIVITY_";
          case SERVICE -> "TASK_";
        };
    return HistoryEventType.valueOf(family + what);
  }

  void scheduled(
      Payload parameters,
      @Nullable Duration timeout,
      @Nullable Duration heartbeat,
      @Nullable String role) {
    Long timeoutSeconds = timeout == null ? null : timeout.toSeconds();
    Long heartbeatSeconds = heartbeat == null ? null : heartbeat.toSeconds();
    branch.chain(
        type("SCHEDULED"),
        service()
            ? new EventDetails.TaskScheduled(
                resource.service(),
                resource.historyName(),
                branch.execution().context().region(),
                parameters.text(),
                timeoutSeconds,
                heartbeatSeconds,
                role)
            : new EventDetails.ResourceScheduled(
                resource.arn(), parameters, timeoutSeconds, heartbeatSeconds, role));
  }

  void started(@Nullable String worker) {
    branch.chain(
        type("STARTED"),
        switch (resource.kind()) {
          case SERVICE -> new EventDetails.TaskStarted(resource.service(), resource.historyName());
          case ACTIVITY -> new EventDetails.ActivityStarted(worker);
          case LAMBDA -> null;
        });
  }

  void submitted(Payload output) {
    branch.chain(
        HistoryEventType.TASK_SUBMITTED,
        new EventDetails.TaskOutput(resource.service(), resource.historyName(), output));
  }

  void succeeded(Payload output) {
    branch.chain(
        type("SUCCEEDED"),
        service()
            ? new EventDetails.TaskOutput(resource.service(), resource.historyName(), output)
            : new EventDetails.Output(output));
  }

  void failed(TaskPhase phase, StateError error) {
    branch.chain(failureType(phase), failure(error));
  }

  void timedOut(StateError error) {
    branch.chain(type("TIMED_OUT"), failure(error));
  }

  private HistoryEventType failureType(TaskPhase phase) {
    return switch (resource.kind()) {
      case SERVICE ->
          switch (phase) {
            case SCHEDULE, START -> HistoryEventType.TASK_START_FAILED;
            case SUBMIT -> HistoryEventType.TASK_SUBMIT_FAILED;
            case RUN -> HistoryEventType.TASK_FAILED;
          };
      case LAMBDA ->
          switch (phase) {
            case SCHEDULE -> HistoryEventType.LAMBDA_FUNCTION_SCHEDULE_FAILED;
            case START -> HistoryEventType.LAMBDA_FUNCTION_START_FAILED;
            case SUBMIT, RUN -> HistoryEventType.LAMBDA_FUNCTION_FAILED;
          };
      case ACTIVITY ->
          phase == TaskPhase.SCHEDULE
              ? HistoryEventType.ACTIVITY_SCHEDULE_FAILED
              : HistoryEventType.ACTIVITY_FAILED;
    };
  }

  private EventDetails failure(StateError error) {
    return service()
        ? new EventDetails.TaskFailure(
            resource.service(), resource.historyName(), error.error(), error.cause())
        : new EventDetails.Failure(error.error(), error.cause());
  }
}
