// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.backend;

import dev.syncline.bridge.correlate.WorkOutcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.StartSyncExecutionResponse;

/**
 * Work as a synchronous execution of an Express state machine: one call that lasts as long as the
 * work. The execution cannot be described afterwards, and its name does not deduplicate (Developer
 * Guide, "Choosing workflow type"). Within one environment the bridge joins repeats and keeps late
 * answers; across environments it cannot.
 *
 * <p>Thread-safe. Closes the client.
 */
record ExpressBackend(SfnClient client, String stateMachineArn, Executor io)
    implements UntrackedBackend {
  @Override
  public StartResult start(WorkRequest request) {
    CompletableFuture<WorkOutcome> answer = new CompletableFuture<>();
    io.execute(() -> run(request, answer));
    return new StartResult.Promised(answer);
  }

  private void run(WorkRequest request, CompletableFuture<WorkOutcome> answer) {
    try {
      answer.complete(
          outcome(
              client.startSyncExecution(
                  start ->
                      start
                          .stateMachineArn(stateMachineArn)
                          .name(request.id().value())
                          .input(request.toJson()))));
    } catch (SdkException e) {
      if (SdkErrors.start(e) instanceof StartResult.NotStarted not) {
        answer.complete(new WorkOutcome.Failed(not.error(), "The execution could not be started."));
      } else {
        answer.completeExceptionally(e);
      }
    }
  }

  private static WorkOutcome outcome(StartSyncExecutionResponse execution) {
    return switch (execution.status()) {
      case SUCCEEDED -> ExecutionOutcomes.result(execution.output());
      case TIMED_OUT ->
          ExecutionOutcomes.failure(execution.error(), execution.cause(), "States.Timeout");
      default ->
          ExecutionOutcomes.failure(execution.error(), execution.cause(), "States.TaskFailed");
    };
  }

  @Override
  public void close() {
    client.close();
  }
}
