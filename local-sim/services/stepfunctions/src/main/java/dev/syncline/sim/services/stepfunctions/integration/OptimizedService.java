// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions.integration;

import dev.syncline.sim.asl.TaskResource.Pattern;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A service with an optimized integration. Which actions and patterns: the Step Functions guide;
 * the names in errors: as recorded.
 *
 * @param name in resources and in history
 * @param signingName where its operations are registered
 * @param errorPrefix of error names
 * @param sdkName the name of the service in causes, as its SDK shows it
 * @param actions the operations that may be called
 * @param patterns how they may be waited for
 * @param required parameters without which the task cannot start
 * @param supported top-level parameters, empty to leave that to the service
 * @param texts members that are texts for the service and may be any JSON in a state machine
 * @param metadata whether the answer has metadata of the HTTP exchange
 */
record OptimizedService(
    String name,
    String signingName,
    String errorPrefix,
    String sdkName,
    Map<String, String> actions,
    Set<Pattern> patterns,
    List<String> required,
    Set<String> supported,
    Set<String> texts,
    boolean metadata) {
  private static final Set<Pattern> ANSWER = EnumSet.of(Pattern.REQUEST_RESPONSE);
  private static final Set<Pattern> ANSWER_OR_TOKEN =
      EnumSet.of(Pattern.REQUEST_RESPONSE, Pattern.WAIT_FOR_TASK_TOKEN);

  private static final List<OptimizedService> ALL =
      List.of(
          new OptimizedService(
              "dynamodb",
              "dynamodb",
              "DynamoDB",
              "AmazonDynamoDBv2",
              Map.of(
                  "getItem", "GetItem",
                  "putItem", "PutItem",
                  "updateItem", "UpdateItem",
                  "deleteItem", "DeleteItem"),
              ANSWER,
              List.of(),
              Set.of(),
              Set.of(),
              true),
          new OptimizedService(
              "events",
              "events",
              "EventBridge",
              "AmazonEventBridge",
              Map.of("putEvents", "PutEvents"),
              ANSWER_OR_TOKEN,
              List.of("Entries"),
              Set.of("Entries"),
              Set.of("Detail"),
              false),
          new OptimizedService(
              "sns",
              "sns",
              "SNS",
              "AmazonSNS",
              Map.of("publish", "Publish"),
              ANSWER_OR_TOKEN,
              List.of("Message"),
              Set.of(
                  "Message",
                  "MessageAttributes",
                  "MessageDeduplicationId",
                  "MessageGroupId",
                  "MessageStructure",
                  "PhoneNumber",
                  "Subject",
                  "TargetArn",
                  "TopicArn"),
              Set.of("Message"),
              true),
          new OptimizedService(
              "sqs",
              "sqs",
              "SQS",
              "AmazonSQS",
              Map.of("sendMessage", "SendMessage"),
              ANSWER_OR_TOKEN,
              List.of("MessageBody", "QueueUrl"),
              Set.of(
                  "DelaySeconds",
                  "MessageAttributes",
                  "MessageBody",
                  "MessageDeduplicationId",
                  "MessageGroupId",
                  "QueueUrl"),
              Set.of("MessageBody"),
              true),
          new OptimizedService(
              "states",
              "states",
              "StepFunctions",
              "AWSStepFunctions",
              Map.of("startExecution", "StartExecution"),
              EnumSet.allOf(Pattern.class),
              List.of("StateMachineArn"),
              Set.of("Input", "Name", "StateMachineArn", "TraceHeader"),
              Set.of("Input"),
              true));

  static @Nullable OptimizedService of(String name) {
    for (OptimizedService service : ALL) {
      if (service.name.equals(name)) {
        return service;
      }
    }
    return null;
  }
}
