// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.service.AccessDenial;
import dev.syncline.sim.service.AccessRequest;
import dev.syncline.sim.service.AccessTable;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.RoomAccess;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The permissions of queues. A batch needs the permission of its single operation. Source: the
 * service authorization reference; the form of refusals is recorded.
 */
record SqsAccess(QueueStore queues, AccessTable table) implements RoomAccess {
  private static final String ROWS =
      """
      AddPermission RemovePermission SetQueueAttributes                 | {queue}
      CancelMessageMoveTask                                             | {task}
      ChangeMessageVisibility ChangeMessageVisibilityBatch | ChangeMessageVisibility | {queue}
      CreateQueue GetQueueUrl                                           | {QueueName}
      DeleteMessage DeleteMessageBatch | DeleteMessage                  | {queue}
      DeleteQueue GetQueueAttributes ListDeadLetterSourceQueues         | {queue}
      ListMessageMoveTasks StartMessageMoveTask                         | {SourceArn}
      ListQueueTags PurgeQueue ReceiveMessage TagQueue UntagQueue       | {queue}
      ListQueues                                                        | {none}
      SendMessage SendMessageBatch | SendMessage                        | {queue}
      """;

  private static final int ACCOUNT_LENGTH = 12;

  SqsAccess(QueueStore queues) {
    this(
        queues,
        AccessTable.of("sqs", ROWS)
            .naming("queue", SqsAccess::queue)
            .naming(
                "task",
                request -> MoveTaskStore.sourceOf(request.textOrAny("TaskHandle")).orElse("*"))
            // Refusals name the account's queues by an empty name.
            .naming("none", request -> "")
            .tagging("CreateQueue", "TagQueue")
            .tagsOf(arn -> tags(queues.byArn(arn))));
  }

  private static Map<String, String> tags(@Nullable Queue queue) {
    return queue == null ? Map.of() : queue.tags(all -> {});
  }

  /** The queue's name, or its ARN if it is another account's. */
  private static String queue(AccessRequest request) {
    String url = request.textOrAny("QueueUrl");
    int name = url.lastIndexOf('/') + 1;
    int owner = name < 2 ? 0 : url.lastIndexOf('/', name - 2) + 1;
    return name - owner == ACCOUNT_LENGTH + 1
        ? Arn.aws(
            "sqs", request.context().region(), url.substring(owner, name - 1), url.substring(name))
        : url.substring(name);
  }

  @Override
  public Optional<String> resourcePolicy(String resource) {
    return Optional.ofNullable(queues.byArn(resource))
        .map(queue -> queue.attributes().policy())
        .filter(policy -> !policy.isEmpty());
  }

  @Override
  public boolean takesAnonymous() {
    return true;
  }

  /** The action is in lower case. */
  @Override
  public AwsException denied(Protocol protocol, AccessDenial denial) {
    return SqsErrors.accessDenied(denial);
  }
}
