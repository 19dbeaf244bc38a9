// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.testing.WholeSimulator;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A stack with a queue, its dead-letter queue and what consumes it. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class QueueTemplateTest {
  private static final String TEMPLATE =
      """
      Resources:
        Dead:
          Type: AWS::SQS::Queue
          Properties:
            MessageRetentionPeriod: 1209600
        Queue:
          Type: AWS::SQS::Queue
          Properties:
            QueueName: jobs
            VisibilityTimeout: %s
            RedrivePolicy:
              deadLetterTargetArn: !GetAtt Dead.Arn
              maxReceiveCount: 5
            Tags: [{Key: a, Value: %s}]
        Policy:
          Type: AWS::SQS::QueuePolicy
          Properties:
            Queues: [!Ref Queue]
            PolicyDocument:
              Version: "2012-10-17"
              Statement: []
        Mapping:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            EventSourceArn: !GetAtt Queue.Arn
            FunctionName: f
            %s
      Outputs:
        Url: {Value: !Ref Queue}
        Mapping: {Value: !Ref Mapping}
      """;

  @TempDir Path work;

  @Test
  void aStackOfQueuesIsMadeChangedAndDeleted() {
    try (var aws = new WholeSimulator(work)) {
      aws.function("f", "", event -> "{}");
      JsonNode made =
          aws.stack(
              "CreateStack",
              TEMPLATE.formatted("30", "b", "FunctionResponseTypes: [ReportBatchItemFailures]"),
              "CREATE_COMPLETE");
      String url = made.at("/Outputs/0/OutputValue").asText();
      assertThat(url).endsWith("/111111111111/jobs");
      String queue = "{'QueueUrl':'" + url + "','AttributeNames':['All']}";
      JsonNode attributes = aws.call("sqs", "GetQueueAttributes", queue).path("Attributes");
      assertThat(attributes.path("VisibilityTimeout").asText()).isEqualTo("30");
      assertThat(attributes.path("Policy").asText()).contains("2012-10-17");
      assertThat(attributes.path("RedrivePolicy").asText()).contains("\"maxReceiveCount\":5");
      String mapping = "{'UUID':'" + made.at("/Outputs/1/OutputValue").asText() + "'}";
      assertThat(
              aws.call("lambda", "GetEventSourceMapping", mapping)
                  .at("/FunctionResponseTypes/0")
                  .asText())
          .isEqualTo("ReportBatchItemFailures");

      JsonNode changed =
          aws.stack(
              "UpdateStack", TEMPLATE.formatted("60", "c", "BatchSize: 3"), "UPDATE_COMPLETE");
      assertThat(changed.at("/Outputs/0/OutputValue").asText()).isEqualTo(url);
      assertThat(
              aws.call("sqs", "GetQueueAttributes", queue)
                  .at("/Attributes/VisibilityTimeout")
                  .asText())
          .isEqualTo("60");
      assertThat(
              aws.call("sqs", "ListQueueTags", "{'QueueUrl':'" + url + "'}").at("/Tags/a").asText())
          .isEqualTo("c");
      JsonNode updated = aws.call("lambda", "GetEventSourceMapping", mapping);
      assertThat(updated.path("BatchSize").asInt()).isEqualTo(3);
      assertThat(updated.path("FunctionResponseTypes")).isEmpty();

      aws.call("cloudformation", "DeleteStack", "{'StackName':'s'}");
      aws.until(
          entry ->
              StackEvent.STACK_TYPE.equals(entry.event().details().get("resourceType"))
                  && "DELETE_COMPLETE".equals(entry.event().details().get("status")));
      assertThat(aws.call("sqs", "ListQueues", "{}").has("QueueUrls")).isFalse();
      assertThat(aws.call("lambda", "ListEventSourceMappings", "{}").path("EventSourceMappings"))
          .isEmpty();
    }
  }
}
