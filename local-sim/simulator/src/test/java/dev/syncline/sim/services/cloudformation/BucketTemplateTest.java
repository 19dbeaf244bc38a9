// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.testing.WholeSimulator;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A stack with a bucket, its policy, and a queue and a function that it notifies. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BucketTemplateTest {
  private static final String TEMPLATE =
      """
      Resources:
        Queue:
          Type: AWS::SQS::Queue
          Properties: {QueueName: jobs}
        QueuePolicy:
          Type: AWS::SQS::QueuePolicy
          Properties:
            Queues: [!Ref Queue]
            PolicyDocument:
              Statement:
                - Effect: Allow
                  Principal: {Service: s3.amazonaws.com}
                  Action: sqs:SendMessage
                  Resource: !GetAtt Queue.Arn
                  Condition: {ArnLike: {"aws:SourceArn": "arn:aws:s3:::data-of-stack"}}
        Permission:
          Type: AWS::Lambda::Permission
          Properties:
            FunctionName: f
            Action: lambda:InvokeFunction
            Principal: s3.amazonaws.com
            SourceArn: arn:aws:s3:::data-of-stack
        Bucket:
          Type: AWS::S3::Bucket
          DependsOn: [QueuePolicy, Permission]
          Properties:
            BucketName: data-of-stack
      %s
        Policy:
          Type: AWS::S3::BucketPolicy
          Properties:
            Bucket: !Ref Bucket
            PolicyDocument:
              Statement:
                - {Effect: Deny, Principal: "*", Action: "s3:*", Resource: !Sub "${Bucket.Arn}/%s/*"}
      Outputs:
        Name: {Value: !Ref Bucket}
        Arn: {Value: !GetAtt Bucket.Arn}
        Domain: {Value: !GetAtt Bucket.DomainName}
        Regional: {Value: !GetAtt Bucket.RegionalDomainName}
        DualStack: {Value: !GetAtt Bucket.DualStackDomainName}
        Website: {Value: !GetAtt Bucket.WebsiteURL}
      """;

  private static final String FIRST =
      """
            AccessControl: Private
            BucketEncryption:
              ServerSideEncryptionConfiguration:
                - BucketKeyEnabled: true
                  ServerSideEncryptionByDefault: {SSEAlgorithm: AES256}
            CorsConfiguration:
              CorsRules:
                - {Id: c, AllowedMethods: [GET], AllowedOrigins: ["*"], ExposedHeaders: [ETag], MaxAge: 60}
            LifecycleConfiguration:
              Rules:
                - {Id: old, Status: Enabled, Prefix: old/, ExpirationInDays: 7, NoncurrentVersionExpirationInDays: 3}
                - Id: tagged
                  Status: Enabled
                  TagFilters: [{Key: a, Value: b}, {Key: c, Value: d}]
                  Transitions: [{StorageClass: GLACIER, TransitionInDays: 30}]
            LoggingConfiguration: {LogFilePrefix: logs/}
            NotificationConfiguration:
              EventBridgeConfiguration: {EventBridgeEnabled: true}
              QueueConfigurations:
                - Event: s3:ObjectCreated:*
                  Queue: !GetAtt Queue.Arn
                  Filter: {S3Key: {Rules: [{Name: suffix, Value: .json}]}}
              LambdaConfigurations:
                - {Event: "s3:ObjectRemoved:*", Function: "arn:aws:lambda:us-east-1:111111111111:function:f"}
            OwnershipControls: {Rules: [{ObjectOwnership: BucketOwnerEnforced}]}
            PublicAccessBlockConfiguration: {BlockPublicAcls: true, BlockPublicPolicy: true}
            Tags: [{Key: a, Value: b}]
            VersioningConfiguration: {Status: Enabled}
            WebsiteConfiguration: {IndexDocument: index.html, ErrorDocument: error.html}
      """;

  private static final String SECOND =
      """
            LifecycleConfiguration:
              Rules:
                - {Id: uploads, Status: Enabled, AbortIncompleteMultipartUpload: {DaysAfterInitiation: 1}}
            Tags: [{Key: a, Value: c}]
            WebsiteConfiguration: {RedirectAllRequestsTo: {HostName: example.com, Protocol: https}}
      """;

  @TempDir Path work;

  @Test
  void aBucketIsMadeChangedAndDeletedOnceItIsEmpty() throws Exception {
    try (var aws = new WholeSimulator(work)) {
      var notified = new CompletableFuture<JsonNode>();
      aws.function(
          "f",
          "",
          event -> {
            notified.complete(event);
            return "{}";
          });
      JsonNode made = stack(aws, "CreateStack", TEMPLATE.formatted(FIRST, "a"), "CREATE_COMPLETE");
      assertThat(made.path("Outputs").findValuesAsText("OutputValue"))
          .containsExactlyInAnyOrder(
              "data-of-stack",
              "arn:aws:s3:::data-of-stack",
              "data-of-stack.s3.amazonaws.com",
              "data-of-stack.s3.us-east-1.amazonaws.com",
              "data-of-stack.s3.dualstack.us-east-1.amazonaws.com",
              "http://data-of-stack.s3-website-us-east-1.amazonaws.com");
      assertThat(read(aws, "GetBucketVersioning").path("Status").asText()).isEqualTo("Enabled");
      assertThat(read(aws, "GetBucketLifecycleConfiguration").at("/Rules/0/Filter").toString())
          .isEqualTo("{\"Prefix\":\"old/\"}");
      assertThat(read(aws, "GetBucketLifecycleConfiguration").at("/Rules/1/Filter/And/Tags"))
          .hasSize(2);
      assertThat(read(aws, "GetBucketCors").at("/CORSRules/0/MaxAgeSeconds").asInt()).isEqualTo(60);
      assertThat(read(aws, "GetBucketLogging").at("/LoggingEnabled/TargetBucket").asText())
          .isEqualTo("data-of-stack");
      assertThat(read(aws, "GetBucketWebsite").at("/ErrorDocument/Key").asText())
          .isEqualTo("error.html");
      assertThat(read(aws, "GetPublicAccessBlock").findValue("IgnorePublicAcls").asBoolean())
          .isFalse();
      assertThat(read(aws, "GetBucketPolicy").path("Policy").asText()).contains("/a/*");

      aws.call("s3", "PutObject", "{'Bucket':'data-of-stack','Key':'in/1.json'}");
      assertThat(message(aws)).contains("s3:TestEvent");
      assertThat(message(aws)).contains("\"eventName\":\"ObjectCreated:Put\"", "in/1.json");

      String marker =
          aws.call("s3", "DeleteObject", "{'Bucket':'data-of-stack','Key':'gone'}")
              .path("VersionId")
              .asText();
      JsonNode event = notified.get(30, TimeUnit.SECONDS).at("/Records/0");
      assertThat(event.path("eventName").asText()).isEqualTo("ObjectRemoved:DeleteMarkerCreated");
      assertThat(event.at("/s3/object/versionId").asText()).isEqualTo(marker);
      aws.call(
          "s3",
          "DeleteObject",
          "{'Bucket':'data-of-stack','Key':'gone','VersionId':'" + marker + "'}");

      stack(aws, "UpdateStack", TEMPLATE.formatted(SECOND, "b"), "UPDATE_COMPLETE");
      assertThat(read(aws, "GetBucketVersioning").path("Status").asText()).isEqualTo("Suspended");
      assertThat(read(aws, "GetBucketTagging").at("/TagSet/0/Value").asText()).isEqualTo("c");
      assertThat(read(aws, "GetBucketNotificationConfiguration")).isEmpty();
      assertThat(read(aws, "GetBucketLogging")).isEmpty();
      assertThat(read(aws, "GetBucketPolicy").path("Policy").asText()).contains("/b/*");
      assertThat(read(aws, "GetBucketLifecycleConfiguration").at("/Rules/0/ID").asText())
          .isEqualTo("uploads");

      assertThat(deleted(aws)).isEqualTo("DELETE_FAILED");
      JsonNode versions = read(aws, "ListObjectVersions").path("Versions");
      assertThat(versions).hasSize(1);
      aws.call(
          "s3",
          "DeleteObject",
          "{'Bucket':'data-of-stack','Key':'in/1.json','VersionId':'"
              + versions.at("/0/VersionId").asText()
              + "'}");
      assertThat(deleted(aws)).isEqualTo("DELETE_COMPLETE");
      assertThat(aws.call("s3", "ListBuckets", "{}").path("Buckets")).isEmpty();
    }
  }

  @Test
  void aBucketThatCannotBeConfiguredIsNotLeftOver() {
    try (var aws = new WholeSimulator(work)) {
      for (String property :
          List.of(
              "NotificationConfiguration: {QueueConfigurations: [{Event: 's3:ObjectCreated:*',"
                  + " Queue: 'arn:aws:sqs:us-east-1:111111111111:none'}]}",
              "AccessControl: PublicRead",
              "ReplicationConfiguration: {Role: r, Rules: []}")) {
        String template =
            "Resources:\n  B:\n    Type: AWS::S3::Bucket\n    Properties:\n      "
                + property
                + "\n";
        String status = created(aws, template);
        assertThat(status).as(property).isNotEqualTo("CREATE_COMPLETE");
        assertThat(aws.call("s3", "ListBuckets", "{}").path("Buckets")).isEmpty();
      }
    }
  }

  private static String created(WholeSimulator aws, String template) {
    try {
      String name = "s" + Integer.toHexString(template.hashCode());
      CallContext context = aws.simulator.internalCall();
      ObjectNode input = Json.object().put("StackName", name).put("TemplateBody", template);
      aws.simulator
          .clock()
          .run(
              () ->
                  aws.simulator.dispatcher().call("cloudformation", "CreateStack", input, context));
      return finished(aws, name);
    } catch (RuntimeException refused) {
      return String.valueOf(refused.getMessage());
    }
  }

  private static JsonNode read(WholeSimulator aws, String operation) {
    return aws.call("s3", operation, "{'Bucket':'data-of-stack'}");
  }

  private static String message(WholeSimulator aws) {
    String url = aws.call("sqs", "GetQueueUrl", "{'QueueName':'jobs'}").path("QueueUrl").asText();
    JsonNode received =
        aws.call("sqs", "ReceiveMessage", "{'QueueUrl':'" + url + "','WaitTimeSeconds':20}");
    return received.at("/Messages/0/Body").asText();
  }

  private static String deleted(WholeSimulator aws) {
    String id =
        aws.call("cloudformation", "DescribeStacks", "{'StackName':'s'}")
            .at("/Stacks/0/StackId")
            .asText();
    aws.call("cloudformation", "DeleteStack", "{'StackName':'s'}");
    return finished(aws, id);
  }

  private static String finished(WholeSimulator aws, String stack) {
    String status;
    do {
      Thread.onSpinWait();
      status =
          aws.call("cloudformation", "DescribeStacks", "{'StackName':'" + stack + "'}")
              .at("/Stacks/0/StackStatus")
              .asText();
    } while (status.endsWith("_IN_PROGRESS"));
    return status;
  }

  private static JsonNode stack(
      WholeSimulator aws, String operation, String template, String status) {
    ObjectNode input = Json.object().put("StackName", "s").put("TemplateBody", template);
    CallContext context = aws.simulator.internalCall();
    aws.simulator
        .clock()
        .run(() -> aws.simulator.dispatcher().call("cloudformation", operation, input, context));
    assertThat(finished(aws, "s"))
        .as(
            aws.call("cloudformation", "DescribeStackEvents", "{'StackName':'s'}")
                .findValuesAsText("ResourceStatusReason")
                .toString())
        .isEqualTo(status);
    return aws.call("cloudformation", "DescribeStacks", "{'StackName':'s'}").at("/Stacks/0");
  }
}
