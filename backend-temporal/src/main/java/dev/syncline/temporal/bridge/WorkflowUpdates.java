// SPDX-License-Identifier: Apache-2.0
package dev.syncline.temporal.bridge;

import dev.syncline.bridge.backend.StartResult;
import dev.syncline.temporal.EventDigest;
import dev.syncline.temporal.JobRequest;
import dev.syncline.temporal.JobResult;
import dev.syncline.temporal.JobWorkflow;
import io.grpc.Status;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateHandle;
import io.temporal.client.WorkflowUpdateStage;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gets answers without a channel: Update-with-Start starts the workflow and waits for its end.
 * Thread-safe.
 *
 * @param ids supplies a unique id for each update
 */
record WorkflowUpdates(WorkflowClient client, Executor io, Supplier<String> ids) {
  /**
   * The time limit for the update's acceptance, which needs a running worker. After it, the
   * workflow is looked up, because it exists also without a worker.
   */
  private static final Duration ACCEPTANCE = Duration.ofSeconds(2);

  /** Starts the workflow, or joins the running one; null if the workflow exists already. */
  @Nullable StartResult start(JobRequest job, WorkflowOptions options) {
    JobWorkflow workflow = client.newWorkflowStub(JobWorkflow.class, options);
    CompletableFuture<WorkflowUpdateHandle<JobResult>> accepted =
        CompletableFuture.supplyAsync(
            () ->
                WorkflowClient.startUpdateWithStart(
                    workflow::answer,
                    EventDigest.of(job.event()),
                    updateOptions(),
                    new WithStartWorkflowOperation<>(workflow::run, job)),
            io);
    return accepted(job, accepted);
  }

  /** Waits for a running workflow. */
  StartResult join(WorkflowStub workflow, JobRequest job) {
    CompletableFuture<JobResult> result = workflow.getResultAsync(JobResult.class);
    return new StartResult.Promised(result.thenApply(TemporalBackend::outcome));
  }

  private UpdateOptions<JobResult> updateOptions() {
    return UpdateOptions.newBuilder(JobResult.class)
        .setUpdateName(JobWorkflow.ANSWER)
        // Each caller waits separately; all get the same result.
        .setUpdateId(ids.get())
        .setWaitForStage(WorkflowUpdateStage.ACCEPTED)
        .build();
  }

  private @Nullable StartResult accepted(
      JobRequest job, CompletableFuture<WorkflowUpdateHandle<JobResult>> accepted) {
    try {
      WorkflowUpdateHandle<JobResult> handle =
          accepted.get(ACCEPTANCE.toMillis(), TimeUnit.MILLISECONDS);
      CompletableFuture<JobResult> result = handle.getResultAsync();
      if (result.isCompletedExceptionally()) {
        // The response has reported already that the workflow refuses the update.
        return failed(result.exceptionNow());
      }
      return new StartResult.Promised(result.thenApply(TemporalBackend::outcome));
    } catch (TimeoutException e) {
      if (isThere(job.id())) {
        // The caller can wait for its end without the update.
        return null;
      }
      return new StartResult.Unconfirmed(
          "Temporal.timeout", "The start was not confirmed within " + ACCEPTANCE);
    } catch (ExecutionException e) {
      return failed(e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new StartResult.Unconfirmed("Temporal.interrupted", "The start was interrupted");
    }
  }

  private boolean isThere(String id) {
    try {
      client.newUntypedWorkflowStub(id).describe();
      return true;
    } catch (WorkflowNotFoundException | WorkflowServiceException e) {
      return false;
    }
  }

  private static @Nullable StartResult failed(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    // A workflow refuses an update for another event; the caller looks up the workflow's event.
    if (cause instanceof WorkflowExecutionAlreadyStarted
        || cause instanceof WorkflowUpdateException
        || TemporalErrors.code(cause) == Status.Code.ALREADY_EXISTS) {
      return null;
    }
    return TemporalErrors.start(cause);
  }
}
