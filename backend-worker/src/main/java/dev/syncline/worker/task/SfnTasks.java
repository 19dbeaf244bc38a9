// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker.task;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.GetActivityTaskResponse;
import software.amazon.awssdk.services.sfn.model.TaskDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

/** Step Functions over the AWS SDK. Thread-safe; closes the client. */
public final class SfnTasks implements Tasks {
  private final Supplier<SfnClient> clients;
  private final String activityArn;
  private final String workerName;
  private @Nullable SfnClient made;

  /**
   * The tasks of one activity.
   *
   * @param clients creates the client at its first use, which most functions never need; its
   *     time-out must be at least 65 s, because the service holds a poll for 60 s
   * @param activityArn the activity; empty if only task tokens are used
   * @param workerName the worker's name in execution histories, at most 80 characters
   */
  public SfnTasks(Supplier<SfnClient> clients, String activityArn, String workerName) {
    this.clients = clients;
    this.activityArn = activityArn;
    this.workerName = workerName;
  }

  private synchronized SfnClient client() {
    SfnClient client = made == null ? clients.get() : made;
    made = client;
    return client;
  }

  @Override
  public @Nullable Task next() {
    GetActivityTaskResponse task =
        client()
            .getActivityTask(request -> request.activityArn(activityArn).workerName(workerName));
    String token = task.taskToken();
    // A response without a token means that the poll timed out.
    return token == null || token.isEmpty() ? null : new Task(token, task.input());
  }

  @Override
  public boolean succeed(String token, String output) {
    return told(() -> client().sendTaskSuccess(request -> request.taskToken(token).output(output)));
  }

  @Override
  public boolean fail(String token, String error, String cause) {
    return told(
        () ->
            client()
                .sendTaskFailure(request -> request.taskToken(token).error(error).cause(cause)));
  }

  @Override
  public boolean heartbeat(String token) {
    return told(() -> client().sendTaskHeartbeat(request -> request.taskToken(token)));
  }

  private static boolean told(Runnable call) {
    try {
      call.run();
      return true;
    } catch (TaskTimedOutException | TaskDoesNotExistException e) {
      return false;
    }
  }

  @Override
  public synchronized void close() {
    if (made != null) {
      made.close();
    }
  }
}
