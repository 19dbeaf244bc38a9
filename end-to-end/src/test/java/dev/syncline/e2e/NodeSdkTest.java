// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.service.settings.FunctionExecutor;
import dev.syncline.sim.service.settings.FunctionInterpreters;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.SimulatorConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Node.js functions that call the simulator by the AWS SDK for JavaScript v3, unmodified. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Execution(ExecutionMode.CONCURRENT)
class NodeSdkTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Writes the event to a bucket and tells a queue. */
  private static final String INLINE =
      """
      const { S3Client, PutObjectCommand } = require('@aws-sdk/client-s3');
      const { SQSClient, SendMessageCommand } = require('@aws-sdk/client-sqs');
      const s3 = new S3Client({});
      const sqs = new SQSClient({});
      exports.handler = async (event) => {
        await s3.send(new PutObjectCommand({
          Bucket: process.env.BUCKET, Key: 'event.json', Body: JSON.stringify(event),
        }));
        const sent = await sqs.send(new SendMessageCommand({
          QueueUrl: process.env.QUEUE, MessageBody: 'event.json',
        }));
        return typeof sent.MessageId;
      };
      """;

  /** Reads what the other wrote; an ES module, whose imports Node.js looks up differently. */
  private static final String MODULE =
      """
      import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
      import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
      const s3 = new S3Client();
      const received = await new SQSClient().send(
        new ReceiveMessageCommand({ QueueUrl: process.env.QUEUE }));
      export const handler = async () => {
        const object = await s3.send(new GetObjectCommand({
          Bucket: process.env.BUCKET, Key: received.Messages[0].Body,
        }));
        return JSON.parse(await object.Body.transformToString());
      };
      """;

  private static final String TEMPLATE =
      """
      {
        "Resources": {
          "Role": {
            "Type": "AWS::IAM::Role",
            "Properties": {
              "AssumeRolePolicyDocument": {
                "Version": "2012-10-17",
                "Statement": [{
                  "Effect": "Allow",
                  "Principal": {"Service": "lambda.amazonaws.com"},
                  "Action": "sts:AssumeRole"
                }]
              }
            }
          },
          "Queue": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "events"}},
          "Function": {
            "Type": "AWS::Lambda::Function",
            "Properties": {
              "FunctionName": "inline",
              "Runtime": "nodejs20.x",
              "Handler": "index.handler",
              "Timeout": 60,
              "MemorySize": 512,
              "Role": {"Fn::GetAtt": ["Role", "Arn"]},
              "Environment": {"Variables": {"BUCKET": "written", "QUEUE": {"Ref": "Queue"}}},
              "Code": {"ZipFile": ""}
            }
          }
        }
      }
      """;

  @TempDir Path work;
  private Simulator simulator;

  @BeforeEach
  void start() throws Exception {
    Path modules = NpmClients.installed().modules();
    simulator =
        Simulator.start(
            SimulatorConfig.defaults(work.resolve("sim"))
                .withPort(0, -1)
                .withClock(new ClockMode.Real())
                .withExecutor(FunctionExecutor.PROCESS, 4)
                .withSetting(new FunctionInterpreters(Map.of(), false, false, modules)));
  }

  @AfterEach
  void stop() {
    if (simulator != null) {
      simulator.close();
    }
  }

  private JsonNode call(String service, String operation, ObjectNode input) {
    return simulator.dispatcher().call(service, operation, input, simulator.internalCall()).json();
  }

  private static ObjectNode object() {
    return JSON.createObjectNode();
  }

  private void awaitStack() {
    String status = "CREATE_IN_PROGRESS";
    while (status.endsWith("_IN_PROGRESS")) {
      Thread.onSpinWait();
      status =
          call("cloudformation", "DescribeStacks", object().put("StackName", "node"))
              .at("/Stacks/0/StackStatus")
              .asText();
    }
    assertThat(status).isEqualTo("CREATE_COMPLETE");
  }

  private JsonNode invoke(String function, String event) throws IOException {
    ObjectNode input = object().put("FunctionName", function);
    input.set("Payload", JSON.readTree(event));
    var output = simulator.dispatcher().call("lambda", "Invoke", input, simulator.internalCall());
    return JSON.readTree(Objects.requireNonNull(output.raw()));
  }

  private static byte[] zip(String name, String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(text.getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
    }
    return bytes.toByteArray();
  }

  @Test
  void anInlineFunctionAndAnEsModuleUseTheSdkOfThisMachine() throws Exception {
    call("s3", "CreateBucket", object().put("Bucket", "written"));
    ObjectNode template = (ObjectNode) JSON.readTree(TEMPLATE);
    ((ObjectNode) template.at("/Resources/Function/Properties/Code")).put("ZipFile", INLINE);
    ObjectNode stack = object().put("StackName", "node");
    stack.put("TemplateBody", template.toString()).putArray("Capabilities").add("CAPABILITY_IAM");
    call("cloudformation", "CreateStack", stack);
    awaitStack();
    JsonNode function =
        call("lambda", "GetFunctionConfiguration", object().put("FunctionName", "inline"));

    assertThat(invoke("inline", "{\"n\":[1,\"é\"]}")).isEqualTo(JSON.readTree("\"string\""));

    ObjectNode module = object().put("FunctionName", "module").put("Runtime", "nodejs24.x");
    module.put("Handler", "index.handler").put("Timeout", 60).put("MemorySize", 512);
    module.set("Role", function.get("Role"));
    module.set("Environment", function.get("Environment"));
    module
        .putObject("Code")
        .put("ZipFile", Base64.getEncoder().encodeToString(zip("index.mjs", MODULE)));
    call("lambda", "CreateFunction", module);

    assertThat(invoke("module", "{}")).isEqualTo(JSON.readTree("{\"n\":[1,\"é\"]}"));
  }
}
