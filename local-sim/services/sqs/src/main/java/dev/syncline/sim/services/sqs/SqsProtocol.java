// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

import dev.syncline.sim.service.FlatQuery;
import dev.syncline.sim.service.FlatQuery.Member;
import dev.syncline.sim.service.Protocol;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The two protocols of the service: AWS JSON 1.0, and the query protocol, which clients before
 * November 2023 and integrations of API Gateway speak. Names of the query protocol: the service's
 * published model before that date.
 */
final class SqsProtocol {
  private static final String API_VERSION = "2012-11-05";

  private static final List<Member> MEMBERS =
      List.of(
          Member.map("Attributes", "Attribute", "Name", "Value"),
          Member.map("MessageAttributes", "MessageAttribute", "Name", "Value"),
          Member.map("MessageSystemAttributes", "MessageSystemAttribute", "Name", "Value"),
          Member.map("Tags", "Tag", "Key", "Value"),
          Member.map("tags", "Tag", "Key", "Value"),
          Member.list("AttributeNames", "AttributeName"),
          Member.list("MessageAttributeNames", "MessageAttributeName"),
          Member.list("MessageSystemAttributeNames", "MessageSystemAttributeName"),
          Member.list("TagKeys", "TagKey"),
          Member.list("AWSAccountIds", "AWSAccountId"),
          Member.list("Actions", "ActionName"),
          Member.list("StringListValues", "StringListValue"),
          Member.list("BinaryListValues", "BinaryListValue"),
          Member.list("SendMessageBatch", "Entries", "SendMessageBatchRequestEntry"),
          Member.list("DeleteMessageBatch", "Entries", "DeleteMessageBatchRequestEntry"),
          Member.list(
              "ChangeMessageVisibilityBatch",
              "Entries",
              "ChangeMessageVisibilityBatchRequestEntry"),
          Member.list("SendMessageBatch", "Successful", "SendMessageBatchResultEntry"),
          Member.list("DeleteMessageBatch", "Successful", "DeleteMessageBatchResultEntry"),
          Member.list(
              "ChangeMessageVisibilityBatch",
              "Successful",
              "ChangeMessageVisibilityBatchResultEntry"),
          Member.list("Failed", "BatchResultErrorEntry"),
          Member.list("Messages", "Message"),
          Member.list("QueueUrls", "QueueUrl"),
          Member.list("queueUrls", "QueueUrl"),
          Member.list("Results", "ListMessageMoveTasksResultEntry"));

  private static final Set<String> WITHOUT_RESULT =
      Set.of(
          "AddPermission",
          "ChangeMessageVisibility",
          "DeleteMessage",
          "DeleteQueue",
          "PurgeQueue",
          "RemovePermission",
          "SetQueueAttributes",
          "TagQueue",
          "UntagQueue");

  private SqsProtocol() {}

  /**
   * Both protocols.
   *
   * @param jsonNeedsTarget whether a request of JSON without {@code X-Amz-Target} is refused
   */
  static Protocol of(boolean jsonNeedsTarget) {
    return new Protocol.AwsJsonOrQuery(
        new Protocol.AwsJson("AmazonSQS", "1.0", SqsErrors.QUERY_CODES),
        new Protocol.Query(
            API_VERSION,
            "http://queue.amazonaws.com/doc/" + API_VERSION + "/",
            Optional.of(new FlatQuery(MEMBERS, WITHOUT_RESULT, "QueueUrl", jsonNeedsTarget))));
  }
}
