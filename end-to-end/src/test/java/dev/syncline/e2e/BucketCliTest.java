// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.simulator.Simulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What is configured on a bucket, by the unmodified AWS CLI. */
@Timeout(600)
@Execution(ExecutionMode.CONCURRENT)
class BucketCliTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path scratch;

  @Test
  void aBucketIsConfiguredAndNotifiesAQueue() throws Exception {
    AwsCli.requireCommand("aws");
    try (Simulator simulator =
        Simulator.start(Deployed.config().withPort(0, -1).withClock(new ClockMode.Real()))) {
      var cli = new AwsCli(simulator, scratch);
      cli.run("s3", "mb", "s3://cli-bucket");
      cli.run("s3", "website", "s3://cli-bucket", "--index-document", "index.html");
      assertThat(read(cli, "get-bucket-website").at("/IndexDocument/Suffix").asText())
          .isEqualTo("index.html");
      set(cli, "put-bucket-tagging", "--tagging", "TagSet=[{Key=a,Value=b c}]");
      assertThat(read(cli, "get-bucket-tagging").at("/TagSet/0/Value").asText()).isEqualTo("b c");
      set(
          cli,
          "put-bucket-lifecycle-configuration",
          "--lifecycle-configuration",
          "{\"Rules\":[{\"ID\":\"r\",\"Status\":\"Enabled\",\"Filter\":{\"Prefix\":\"tmp/\"},"
              + "\"Expiration\":{\"Days\":1}}]}");
      JsonNode lifecycle = read(cli, "get-bucket-lifecycle-configuration");
      assertThat(lifecycle.at("/Rules/0/Filter/Prefix").asText()).isEqualTo("tmp/");
      assertThat(lifecycle.path("TransitionDefaultMinimumObjectSize").asText())
          .isEqualTo("all_storage_classes_128K");
      AwsCli.Run publicPolicy =
          cli.attempt(
              "s3api",
              "put-bucket-policy",
              "--bucket",
              "cli-bucket",
              "--policy",
              "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\","
                  + "\"Resource\":\"arn:aws:s3:::cli-bucket/*\"}]}");
      assertThat(publicPolicy.status()).isNotZero();
      assertThat(publicPolicy.output()).contains("AccessDenied", "BlockPublicPolicy");

      String queue = queueFor(cli);
      set(
          cli,
          "put-bucket-notification-configuration",
          "--notification-configuration",
          "{\"QueueConfigurations\":[{\"QueueArn\":\"arn:aws:sqs:us-east-1:111111111111:uploads\","
              + "\"Events\":[\"s3:ObjectCreated:*\"]}]}");
      Path file = Files.writeString(scratch.resolve("a b.txt"), "hello");
      cli.run("s3", "cp", file.toString(), "s3://cli-bucket/tmp/a b.txt");
      assertThat(body(cli, queue)).contains("s3:TestEvent");
      JsonNode record = JSON.readTree(body(cli, queue)).at("/Records/0");
      assertThat(record.path("eventName").asText()).isEqualTo("ObjectCreated:Put");
      assertThat(record.at("/s3/object/key").asText()).isEqualTo("tmp/a+b.txt");

      AwsCli.Run full = cli.attempt("s3", "rb", "s3://cli-bucket");
      assertThat(full.status()).isNotZero();
      assertThat(full.output()).contains("BucketNotEmpty");
      cli.run("s3", "rb", "s3://cli-bucket", "--force");
    }
  }

  private static void set(AwsCli cli, String operation, String option, String value)
      throws Exception {
    cli.run("s3api", operation, "--bucket", "cli-bucket", option, value);
  }

  private static JsonNode read(AwsCli cli, String operation) throws Exception {
    return cli.json("s3api", operation, "--bucket", "cli-bucket");
  }

  private static String queueFor(AwsCli cli) throws Exception {
    ObjectNode policy = JSON.createObjectNode();
    ObjectNode statement = policy.putArray("Statement").addObject();
    statement.put("Effect", "Allow").put("Action", "sqs:SendMessage").put("Resource", "*");
    statement.putObject("Principal").put("Service", "s3.amazonaws.com");
    String attributes = JSON.writeValueAsString(Map.of("Policy", JSON.writeValueAsString(policy)));
    return cli.json("sqs", "create-queue", "--queue-name", "uploads", "--attributes", attributes)
        .path("QueueUrl")
        .asText();
  }

  private static String body(AwsCli cli, String queue) throws Exception {
    return cli.json("sqs", "receive-message", "--queue-url", queue, "--wait-time-seconds", "20")
        .at("/Messages/0/Body")
        .asText();
  }
}
