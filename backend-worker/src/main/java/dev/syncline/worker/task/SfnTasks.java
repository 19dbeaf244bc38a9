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
   * Tasks of one activity.
   *
   * @param clients makes the client when it is first needed, which most functions never do; it must
   *     wait at least 65 s for an answer, since the service holds a poll for 60 s
   * @param activityArn the activity; empty if only tokens are told
   * @param workerName the name that histories show, at most 80 characters
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
    // An answer without a token says that the minute is over.
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
  public boolean beat(String token) {
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
