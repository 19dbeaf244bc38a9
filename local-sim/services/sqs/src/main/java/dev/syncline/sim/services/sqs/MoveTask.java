// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A redrive of a dead-letter queue. Guarded by {@link MoveTaskStore}.
 *
 * <p>The status is RUNNING, COMPLETED, CANCELLED or FAILED; a cancelled task ends at once, where
 * the service passes through CANCELLING.
 */
final class MoveTask {
  final String handle;
  final String sourceArn;
  final @Nullable String destinationArn;
  final @Nullable Integer perSecond;
  final int toMove;
  final Instant started;
  String status = "RUNNING";
  long moved;
  @Nullable String failure;

  MoveTask(
      String handle,
      String sourceArn,
      @Nullable String destinationArn,
      @Nullable Integer perSecond,
      int toMove,
      Instant started) {
    this.handle = handle;
    this.sourceArn = sourceArn;
    this.destinationArn = destinationArn;
    this.perSecond = perSecond;
    this.toMove = toMove;
    this.started = started;
  }

  /** A task as it is saved. */
  record Saved(
      String handle,
      String sourceArn,
      @Nullable String destinationArn,
      @Nullable Integer perSecond,
      int toMove,
      Instant started,
      String status,
      long moved,
      @Nullable String failure) {}

  Saved saved() {
    return new Saved(
        handle, sourceArn, destinationArn, perSecond, toMove, started, status, moved, failure);
  }

  /** The task that {@link #saved} gave. */
  static MoveTask of(Saved saved) {
    var task =
        new MoveTask(
            saved.handle,
            saved.sourceArn,
            saved.destinationArn,
            saved.perSecond,
            saved.toMove,
            saved.started);
    task.status = saved.status;
    task.moved = saved.moved;
    task.failure = saved.failure;
    return task;
  }

  boolean running() {
    return status.equals("RUNNING");
  }

  ObjectNode json() {
    ObjectNode json = Json.object();
    if (running()) {
      json.put("TaskHandle", handle);
    }
    json.put("Status", status).put("SourceArn", sourceArn);
    Json.putIfPresent(json, "DestinationArn", destinationArn);
    Json.putIfPresent(json, "MaxNumberOfMessagesPerSecond", perSecond);
    json.put("ApproximateNumberOfMessagesMoved", moved);
    json.put("ApproximateNumberOfMessagesToMove", toMove);
    Json.putIfPresent(json, "FailureReason", failure);
    return json.put("StartedTimestamp", started.toEpochMilli());
  }
}
