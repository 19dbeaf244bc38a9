// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.CallPrincipal;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.contract.InvokePermissions;
import java.util.Optional;

/**
 * The queues, functions and the event bus that notifications go to. They are called as a client
 * calls them; whether S3 may use them is checked by their own policies. Thread-safe.
 */
record NotificationTargets(ServiceContext context) {
  private static final String S3 = "s3.amazonaws.com";

  /** Why S3 cannot send to the destination; empty if it can. */
  Optional<String> fault(String list, String arn, String bucket) {
    if (!Arn.isArn(arn) || arn.endsWith(":")) {
      throw S3Errors.invalidArgument(
          list.equals(NotificationRules.QUEUES) ? "Queue" : "CloudFunction",
          arn,
          "The ARN could not be parsed");
    }
    Arn parsed = Arn.parse(arn);
    if (!parsed.region().equals(context.region())) {
      throw S3Errors.invalidArgument(
          arn,
          arn,
          "The notification destination service region is not valid for the bucket location"
              + " constraint");
    }
    String bucketArn = Arn.aws("s3", "", "", bucket);
    return list.equals(NotificationRules.QUEUES)
        ? queueFault(parsed, bucketArn)
        : functionFault(arn, bucketArn);
  }

  private Optional<String> functionFault(String arn, String bucketArn) {
    boolean allowed =
        context
            .contracts()
            .get(InvokePermissions.class)
            .mayInvoke(arn, S3, bucketArn, context.account());
    return allowed
        ? Optional.empty()
        : Optional.of("Not authorized to invoke function [" + arn + "]");
  }

  private Optional<String> queueFault(Arn queue, String bucketArn) {
    if (queue.resource().endsWith(".fifo")) {
      return Optional.of("FIFO SQS queues are not supported");
    }
    try {
      ObjectNode input = Json.object().put("QueueUrl", queueUrl(queue));
      input.putArray("AttributeNames").add("Policy");
      JsonNode answer =
          context
              .dispatcher()
              .call("sqs", "GetQueueAttributes", input, context.internalCall())
              .json();
      JsonNode policy = read(answer.at("/Attributes/Policy").asText());
      return SendPermission.allows(policy, queue.toString(), bucketArn, context.account())
          ? Optional.empty()
          : Optional.of(
              "Permissions on the destination queue do not allow S3 to publish notifications from"
                  + " this bucket");
    } catch (AwsException noQueue) {
      return Optional.of("The destination queue does not exist");
    }
  }

  private static JsonNode read(String policy) {
    try {
      return policy.isEmpty() ? Json.object() : Json.MAPPER.readTree(policy);
    } catch (JsonProcessingException notJson) {
      return Json.object();
    }
  }

  private String queueUrl(Arn queue) {
    return context
        .dispatcher()
        .call(
            "sqs",
            "GetQueueUrl",
            Json.object().put("QueueName", queue.resource()),
            context.internalCall())
        .json()
        .path("QueueUrl")
        .asText();
  }

  /** S3 itself, which sends for a bucket: the policy of the destination decides. */
  private CallContext of(String bucket) {
    return context.callAs(
        new CallPrincipal.Service(S3, Arn.aws("s3", "", "", bucket), context.account()));
  }

  /** Sends a message to the queue. */
  void toQueue(String bucket, String arn, JsonNode message) {
    context
        .dispatcher()
        .call(
            "sqs",
            "SendMessage",
            Json.object()
                .put("QueueUrl", queueUrl(Arn.parse(arn)))
                .put("MessageBody", Json.write(message)),
            of(bucket));
  }

  /** Invokes the function asynchronously: Lambda repeats failed invocations. */
  void toFunction(String bucket, String arn, JsonNode event) {
    ObjectNode input = Json.object().put("FunctionName", arn).put("InvocationType", "Event");
    input.set("Payload", event);
    context.dispatcher().call("lambda", "Invoke", input, of(bucket));
  }

  /** Puts an event on the default event bus, for which AWS wants no permission. */
  void toEventBridge(String bucket, String detailType, JsonNode detail) {
    ObjectNode input = Json.object();
    ObjectNode entry =
        input
            .putArray("Entries")
            .addObject()
            .put("Source", "aws.s3")
            .put("DetailType", detailType)
            .put("Detail", Json.write(detail));
    entry.putArray("Resources").add(Arn.aws("s3", "", "", bucket));
    context.dispatcher().call("events", "PutEvents", input, context.internalCall());
  }
}
