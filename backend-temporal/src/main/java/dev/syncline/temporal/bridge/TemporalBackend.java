// SPDX-License-Identifier: Apache-2.0
package dev.syncline.temporal.bridge;

import dev.syncline.bridge.backend.Backend;
import dev.syncline.bridge.backend.FindResult;
import dev.syncline.bridge.backend.StartResult;
import dev.syncline.bridge.backend.WorkRequest;
import dev.syncline.bridge.correlate.CorrelationId;
import dev.syncline.bridge.correlate.WorkOutcome;
import dev.syncline.publisher.Channel;
import dev.syncline.temporal.EventDigest;
import dev.syncline.temporal.JobRequest;
import dev.syncline.temporal.JobResult;
import dev.syncline.temporal.JobWorkflow;
import dev.syncline.temporal.TemporalConfig;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowStub;
import io.temporal.serviceclient.RpcRetryOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Work as a Temporal workflow whose id is the correlation id. A repeat joins the running workflow,
 * or gets the result of the ended one; another event is refused.
 *
 * <p>A server that has lost its state, such as a killed test server, does not know its accepted
 * jobs. Polling such a job starts it again, under its id and so at most once. Thread-safe.
 */
record TemporalBackend(
    WorkflowServiceStubs service,
    WorkflowClient client,
    String taskQueue,
    @Nullable WorkflowUpdates updates,
    AcceptedJobs accepted)
    implements Backend {
  private static final Duration CALL = Duration.ofMillis(1_500);
  private static final String REPLY_TO = "replyTo";
  private static final String EVENT = "eventSha256";

  /** Connects at the first use. */
  static TemporalBackend connect(
      TemporalConfig config,
      boolean onChannel,
      Executor io,
      Clock clock,
      Supplier<String> updateIds) {
    // The bridge retries by its own clock, so the SDK must not retry.
    RpcRetryOptions once =
        RpcRetryOptions.newBuilder()
            .setInitialInterval(Duration.ofMillis(50))
            .setBackoffCoefficient(1)
            .setMaximumAttempts(1)
            .setExpiration(CALL)
            .validateBuildWithDefaults();
    WorkflowServiceStubs service =
        WorkflowServiceStubs.newServiceStubs(
            config.connection().setRpcTimeout(CALL).setRpcRetryOptions(once).build());
    WorkflowClient client =
        WorkflowClient.newInstance(
            service, WorkflowClientOptions.newBuilder().setNamespace(config.namespace()).build());
    return new TemporalBackend(
        service,
        client,
        config.taskQueue(),
        onChannel ? null : new WorkflowUpdates(client, io, updateIds),
        new AcceptedJobs(clock));
  }

  @Override
  public StartResult start(WorkRequest request) {
    JobRequest job =
        new JobRequest(
            request.id().value(),
            request.replyTo().map(Channel::path).orElse(null),
            request.event());
    StartResult result = start(job);
    switch (result) {
      case StartResult.Started started -> accepted.add(job);
      case StartResult.Joined joined -> accepted.add(job);
      case StartResult.Promised promised -> {
        accepted.add(job);
        promised
            .answer()
            .whenComplete(
                (outcome, failure) -> {
                  if (failure == null) {
                    accepted.forget(job.id());
                  }
                });
      }
      case StartResult.Finished finished -> accepted.forget(job.id());
      case StartResult.OtherEvent other -> {}
      case StartResult.NotStarted not -> {}
      case StartResult.Unconfirmed lost -> {}
      case StartResult.Leased leased -> {}
      case StartResult.InDoubt doubtful -> {}
      case StartResult.Unrecorded told -> {}
    }
    return result;
  }

  private StartResult start(JobRequest job) {
    try {
      if (updates != null) {
        StartResult started =
            updates.start(
                job,
                options(job, WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING));
        return started == null ? existing(job) : started;
      }
      startOnly(job);
      return new StartResult.Started();
    } catch (WorkflowExecutionAlreadyStarted e) {
      return existing(job);
    } catch (WorkflowServiceException | StatusRuntimeException e) {
      return TemporalErrors.start(e);
    }
  }

  private void startOnly(JobRequest job) {
    JobWorkflow workflow =
        client.newWorkflowStub(
            JobWorkflow.class,
            options(job, WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL));
    WorkflowClient.start(workflow::run, job);
  }

  private WorkflowOptions options(JobRequest job, WorkflowIdConflictPolicy conflict) {
    String replyTo = job.replyTo();
    return WorkflowOptions.newBuilder()
        .setWorkflowId(job.id())
        .setTaskQueue(taskQueue)
        .setWorkflowIdConflictPolicy(conflict)
        .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
        .setMemo(
            Map.of(REPLY_TO, replyTo == null ? "" : replyTo, EVENT, EventDigest.of(job.event())))
        .build();
  }

  /** The result for an existing workflow, for this event or another. */
  private StartResult existing(JobRequest job) {
    try {
      WorkflowStub workflow = client.newUntypedWorkflowStub(job.id());
      WorkflowExecutionDescription about = workflow.describe();
      if (!EventDigest.of(job.event()).equals(about.getMemo(EVENT, String.class))) {
        return new StartResult.OtherEvent();
      }
      if (about.getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING) {
        Object replyTo = about.getMemo(REPLY_TO, String.class);
        return updates != null
            ? updates.join(workflow, job)
            : new StartResult.Joined(replyTo == null ? "" : replyTo.toString());
      }
      return new StartResult.Finished(ended(workflow, about.getStatus()));
    } catch (WorkflowNotFoundException e) {
      // The server lost its state after it had reported the workflow.
      return new StartResult.Unconfirmed("Temporal.lost", TemporalErrors.describe(e));
    } catch (WorkflowServiceException | StatusRuntimeException e) {
      return TemporalErrors.start(e);
    }
  }

  /** Workflow ids are unique, so a repeat starts nothing. */
  @Override
  public boolean repeatable(WorkRequest request) {
    return true;
  }

  @Override
  public FindResult find(CorrelationId id) {
    WorkflowStub workflow = client.newUntypedWorkflowStub(id.value());
    try {
      WorkflowExecutionStatus status = workflow.describe().getStatus();
      if (status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING) {
        return new FindResult.Running();
      }
      WorkOutcome outcome = ended(workflow, status);
      accepted.forget(id.value());
      return new FindResult.Finished(outcome);
    } catch (WorkflowNotFoundException e) {
      return startedAgain(id);
    } catch (WorkflowServiceException | StatusRuntimeException e) {
      return new FindResult.Unavailable(TemporalErrors.describe(e));
    }
  }

  /** Starts a job again that the server accepted recently and does not know any more. */
  private FindResult startedAgain(CorrelationId id) {
    JobRequest job = accepted.find(id.value());
    if (job == null) {
      return new FindResult.NotFound();
    }
    try {
      startOnly(job);
      return new FindResult.Running();
    } catch (WorkflowExecutionAlreadyStarted e) {
      // Another request has started it in the meantime.
      return new FindResult.Running();
    } catch (WorkflowServiceException | StatusRuntimeException e) {
      return new FindResult.Unavailable(TemporalErrors.describe(e));
    }
  }

  private static WorkOutcome ended(WorkflowStub workflow, WorkflowExecutionStatus status) {
    if (status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED) {
      return outcome(result(workflow));
    }
    String name = status.name().replace("WORKFLOW_EXECUTION_STATUS_", "");
    return new WorkOutcome.Failed("Temporal." + name, "The workflow ended as " + name);
  }

  /** Reads the result of an ended workflow, with a time limit. */
  private static JobResult result(WorkflowStub workflow) {
    try {
      return workflow.getResult(CALL.toMillis(), TimeUnit.MILLISECONDS, JobResult.class);
    } catch (TimeoutException e) {
      throw Status.DEADLINE_EXCEEDED.withCause(e).asRuntimeException();
    }
  }

  static WorkOutcome outcome(JobResult result) {
    return switch (result.outcome()) {
      case dev.syncline.worker.JobOutcome.Completed done ->
          new WorkOutcome.Completed(done.result());
      case dev.syncline.worker.JobOutcome.Failed failed ->
          new WorkOutcome.Failed(failed.error(), failed.cause());
    };
  }

  @Override
  public void close() {
    service.shutdownNow();
  }
}
