// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.simulator.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.Fault;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.settings.FunctionExecutor;
import dev.syncline.sim.service.state.DataDirectoryException;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.SimulatorConfig;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a simulator finds again, service by service, on a clock that only the test moves. */
@Timeout(120)
class SimulatorDataTest {
  private static final String QUEUE = "http://127.0.0.1/111111111111/jobs";
  private static final String STATES = "arn:aws:states:us-east-1:111111111111:";

  @TempDir Path scratch;
  private Simulator simulator;

  @BeforeEach
  void start() {
    simulator = Simulator.start(config());
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private SimulatorConfig config() {
    return SimulatorConfig.defaults(scratch.resolve("work"))
        .withPort(0, -1)
        .withClock(new ClockMode.Manual())
        .withExecutor(FunctionExecutor.IN_PROCESS, 20)
        .withProactive(false)
        .withData(scratch.resolve("data"));
  }

  private void restart() {
    simulator.close();
    simulator = Simulator.start(config());
  }

  @Test
  void aMessageIsAsVisibleAsItWas() {
    call("sqs", "CreateQueue", "{'QueueName': 'jobs', 'Attributes': {'VisibilityTimeout': '60'}}");
    send("taken", "");
    JsonNode taken = receive();
    send("visible", "");
    send("delayed", ", 'DelaySeconds': 100");

    restart();

    assertThat(receive().at("/Messages/0/Body").asText()).isEqualTo("visible");
    assertThat(receive().has("Messages")).isFalse();
    simulator.clock().advance(Duration.ofSeconds(61));
    assertThat(receive().at("/Messages/0/Body").asText()).isEqualTo("taken");
    simulator.clock().advance(Duration.ofSeconds(40));
    // The visible one is back by now, too; it was sent first.
    assertThat(receive().at("/Messages/0/Body").asText()).isEqualTo("visible");
    assertThat(receive().at("/Messages/0/Body").asText()).isEqualTo("delayed");
    assertThat(taken.at("/Messages/0/Body").asText()).isEqualTo("taken");
  }

  @Test
  void whatIsDamagedIsNamedAndSkippedOnRequestOnly() throws Exception {
    call("s3", "CreateBucket", "{'Bucket': 'bbb'}");
    put("bbb", "precious", "p");
    put("bbb", "other", "o");
    call("logs", "CreateLogGroup", "{'logGroupName': 'lost'}");
    call("logs", "CreateLogGroup", "{'logGroupName': 'found'}");
    call("sqs", "CreateQueue", "{'QueueName': 'jobs'}");
    simulator.close();
    empty("p");
    empty("\"name\":\"lost\"");

    assertThatThrownBy(() -> Simulator.start(config()))
        .isInstanceOf(DataDirectoryException.class)
        .hasMessageContaining("2 parts cannot be read")
        .hasMessageContaining("the object 'precious' of bucket 'bbb' (")
        .hasMessageContaining("it is empty")
        .hasMessageContaining("the log group lost (")
        .hasMessageContaining("--skip-damaged")
        .hasMessageNotContaining("'other'")
        .hasMessageNotContaining("group found");

    simulator = Simulator.start(config().withSkipDamaged(true));
    assertThat(simulator.skippedState()).hasSize(2);
    assertThat(call("s3", "ListObjectsV2", "{'Bucket': 'bbb'}").path("Contents"))
        .extracting(object -> object.path("Key").asText())
        .containsExactly("other");
    assertThat(call("logs", "DescribeLogGroups", "{}").path("logGroups"))
        .extracting(group -> group.path("logGroupName").asText())
        .containsExactly("found");
    assertThat(scratch.resolve("data/damaged").toFile().list()).hasSize(2);

    restart();
    assertThat(simulator.skippedState()).isEmpty();
    assertThat(call("sqs", "ListQueues", "{}").path("QueueUrls")).hasSize(1);
  }

  @Test
  void aServiceWhoseWholeStateIsDamagedStartsEmpty() throws Exception {
    call("sqs", "CreateQueue", "{'QueueName': 'jobs'}");
    call("logs", "CreateLogGroup", "{'logGroupName': 'g'}");
    simulator.close();
    empty("QueueName");
    empty("\"jobs\"");

    assertThatThrownBy(() -> Simulator.start(config()))
        .hasMessageContaining("the whole state of sqs (");

    simulator = Simulator.start(config().withSkipDamaged(true));
    assertThat(call("sqs", "ListQueues", "{}").has("QueueUrls")).isFalse();
    assertThat(call("logs", "DescribeLogGroups", "{}").path("logGroups")).hasSize(1);
  }

  @Test
  void aFunctionWhoseCodeIsDamagedIsNamedAndLeftOut() throws Exception {
    for (String name : new String[] {"f", "g"}) {
      call(
          "lambda",
          "CreateFunction",
          "{'FunctionName': '"
              + name
              + "', 'Runtime': 'java21', 'Handler': 'x.Y', 'Code': {'ZipFile': '"
              + zipped(name)
              + "'}, 'Role': 'arn:aws:iam::111111111111:role/r'}");
    }
    simulator.close();
    empty("f.txt");

    assertThatThrownBy(() -> Simulator.start(config()))
        .hasMessageContaining("the code of the function f (");

    simulator = Simulator.start(config().withSkipDamaged(true));
    assertThat(call("lambda", "ListFunctions", "{}").path("Functions"))
        .extracting(function -> function.path("FunctionName").asText())
        .containsExactly("g");
  }

  /** Empties the blobs that contain the text, as a file system does that lost them. */
  private void empty(String text) throws Exception {
    try (var blobs = Files.list(scratch.resolve("data/blobs"))) {
      for (Path blob : blobs.toList()) {
        String content = Files.readString(blob, StandardCharsets.ISO_8859_1);
        if (content.equals(text) || (text.length() > 1 && content.contains(text))) {
          Files.write(blob, new byte[0]);
        }
      }
    }
  }

  private void put(String bucket, String key, String content) {
    simulator
        .dispatcher()
        .call(
            "s3",
            "PutObject",
            Json.object().put("Bucket", bucket).put("Key", key),
            new CallContext(
                "111111111111", "us-east-1", "r", "", content.getBytes(StandardCharsets.UTF_8)));
  }

  private static String zipped(String name) throws Exception {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name + ".txt"));
      zip.closeEntry();
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  @Test
  void aReceiptHandleStaysGood() {
    call("sqs", "CreateQueue", "{'QueueName': 'jobs'}");
    send("done", "");
    String handle = receive().at("/Messages/0/ReceiptHandle").asText();

    restart();
    call(
        "sqs", "DeleteMessage", "{'QueueUrl': '" + QUEUE + "', 'ReceiptHandle': '" + handle + "'}");
    simulator.clock().advance(Duration.ofMinutes(1));

    assertThat(receive().has("Messages")).isFalse();
  }

  @Test
  void timeGoesOnFromWhereItWas() {
    simulator.clock().advance(Duration.ofDays(400));
    call("sqs", "CreateQueue", "{'QueueName': 'jobs'}");
    Instant before = simulator.clock().now();

    restart();

    assertThat(simulator.clock().now()).isAfterOrEqualTo(before);
  }

  @Test
  void idsAreNotGivenAgain() {
    String first = call("apigateway", "CreateRestApi", "{'name': 'a'}").path("id").asText();

    restart();
    String second = call("apigateway", "CreateRestApi", "{'name': 'a'}").path("id").asText();

    assertThat(second).isNotEqualTo(first);
    assertThat(call("apigateway", "GetRestApis", "{}").path("item")).hasSize(2);
  }

  @Test
  void anExecutionThatEndedIsToldOfAndOneThatRanIsAborted() {
    machine("quick", "{'StartAt':'A','States':{'A':{'Type':'Pass','Result':'ä','End':true}}}");
    machine("slow", "{'StartAt':'A','States':{'A':{'Type':'Wait','Seconds':60,'End':true}}}");
    execution("quick");
    execution("slow");
    JsonNode quick = history("quick");

    restart();

    assertThat(history("quick")).isEqualTo(quick);
    assertThat(describe("quick").path("output").asText()).isEqualTo("\"ä\"");
    assertThat(describe("slow").path("status").asText()).isEqualTo("ABORTED");
    assertThat(describe("slow").path("cause").asText()).contains("simulator was stopped");
    JsonNode last = history("slow").path("events").path(2);
    assertThat(last.path("type").asText()).isEqualTo("ExecutionAborted");
    simulator.clock().advance(Duration.ofMinutes(2));
    assertThat(history("slow").path("events")).hasSize(3);
    assertThatThrownBy(
            () ->
                call(
                    "states",
                    "RedriveExecution",
                    "{'executionArn': '" + STATES + "execution:slow:x'}"))
        .isInstanceOfSatisfying(
            AwsException.class,
            refused -> assertThat(refused.code()).isEqualTo("ExecutionNotRedrivable"));
    // The name is taken, now as before.
    assertThatThrownBy(() -> execution("quick")).isInstanceOf(AwsException.class);
  }

  @Test
  void aStackThatWasWorkedOnHasFailed() {
    // The call that makes the queue does not come back.
    simulator
        .faults()
        .add(
            "call",
            details -> "CreateQueue".equals(details.get("operation")),
            1,
            1,
            new Fault.Delay(Duration.ofDays(1)));
    call(
        "cloudformation",
        "CreateStack",
        "{'StackName': 'app', 'TemplateBody': 'Resources: {Q: {Type: AWS::SQS::Queue}}'}");

    restart();

    JsonNode stack =
        call("cloudformation", "DescribeStacks", "{'StackName': 'app'}").at("/Stacks/0");
    assertThat(stack.path("StackStatus").asText()).isEqualTo("CREATE_FAILED");
    assertThat(stack.path("StackStatusReason").asText()).contains("simulator was stopped");
  }

  @Test
  void alarmsSecretsKeysRolesAndLogsAreThereAgain() {
    call(
        "monitoring",
        "PutMetricAlarm",
        "{'AlarmName': 'a', 'Namespace': 'n', 'MetricName': 'm', 'Statistic': 'Sum', 'Period': 60,"
            + " 'EvaluationPeriods': 1, 'Threshold': 1.5, 'ComparisonOperator':"
            + " 'GreaterThanThreshold', 'Tags': [{'Key': 'k', 'Value': 'v'}]}");
    call(
        "monitoring",
        "PutMetricData",
        "{'Namespace': 'n', 'MetricData': [{'MetricName': 'm', 'Value': 2.5}]}");
    call("secretsmanager", "CreateSecret", "{'Name': 's', 'SecretString': 'hush'}");
    call("logs", "CreateLogGroup", "{'logGroupName': 'g', 'tags': {'k': 'v'}}");
    call("logs", "CreateLogStream", "{'logGroupName': 'g', 'logStreamName': 's'}");
    long now = simulator.clock().millis();
    call(
        "logs",
        "PutLogEvents",
        "{'logGroupName': 'g', 'logStreamName': 's', 'logEvents': [{'timestamp': "
            + now
            + ", 'message': 'said'}]}");
    ObjectNode role = Json.object().put("RoleName", "r");
    role.put(
        "AssumeRolePolicyDocument",
        """
        {"Statement": [{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"},
          "Action": "sts:AssumeRole"}]}
        """);
    role.putArray("Tags").addObject().put("Key", "k").put("Value", "v");
    call("iam", "CreateRole", role);
    String plan = call("apigateway", "CreateUsagePlan", "{'name': 'p'}").path("id").asText();
    call("states", "CreateActivity", "{'name': 'act'}");
    JsonNode alarms = call("monitoring", "DescribeAlarms", "{}");
    JsonNode metrics = call("monitoring", "ListMetrics", "{}");
    JsonNode roles = call("iam", "ListRoles", "{}");

    restart();

    assertThat(call("monitoring", "DescribeAlarms", "{}").toString()).isEqualTo(alarms.toString());
    assertThat(call("monitoring", "ListMetrics", "{}")).isEqualTo(metrics);
    assertThat(call("iam", "ListRoles", "{}").toString()).isEqualTo(roles.toString());
    assertThat(
            call("secretsmanager", "GetSecretValue", "{'SecretId': 's'}")
                .path("SecretString")
                .asText())
        .isEqualTo("hush");
    assertThat(
            call("logs", "FilterLogEvents", "{'logGroupName': 'g'}")
                .at("/events/0/message")
                .asText())
        .isEqualTo("said");
    assertThat(call("apigateway", "GetUsagePlans", "{}").at("/item/0/id").asText()).isEqualTo(plan);
    assertThat(call("states", "ListActivities", "{}").at("/activities/0/name").asText())
        .isEqualTo("act");
  }

  @Test
  void withoutTheDirectoryNothingIsThere() {
    call("sqs", "CreateQueue", "{'QueueName': 'jobs'}");
    simulator.close();
    simulator = Simulator.start(config().withData(null));

    assertThat(call("sqs", "ListQueues", "{}").path("QueueUrls")).isEmpty();
  }

  @Test
  void stateThatCannotBeReadIsRefusedAndNotWrittenOver() throws Exception {
    call("sqs", "CreateQueue", "{'QueueName': 'jobs'}");
    simulator.close();
    Path manifest = scratch.resolve("data/syncline.json");
    String before = Files.readString(manifest);
    Files.writeString(manifest, before.replace("\"sqs\":", "\"kinesis\":"));

    assertThatThrownBy(() -> Simulator.start(config()))
        .isInstanceOf(DataDirectoryException.class)
        .hasMessageContaining("kinesis")
        .hasMessageContaining("another directory");

    Files.writeString(manifest, before);
    simulator = Simulator.start(config());
    assertThat(call("sqs", "ListQueues", "{}").path("QueueUrls")).hasSize(1);
  }

  private void send(String body, String more) {
    call(
        "sqs",
        "SendMessage",
        "{'QueueUrl': '" + QUEUE + "', 'MessageBody': '" + body + "'" + more + "}");
  }

  private JsonNode receive() {
    return call("sqs", "ReceiveMessage", "{'QueueUrl': '" + QUEUE + "'}");
  }

  private void machine(String name, String definition) {
    ObjectNode input = Json.object().put("name", name);
    input.put("definition", definition.replace('\'', '"'));
    input.put("roleArn", "arn:aws:iam::111111111111:role/r");
    call("states", "CreateStateMachine", input);
  }

  private void execution(String machine) {
    call(
        "states",
        "StartExecution",
        "{'stateMachineArn': '" + STATES + "stateMachine:" + machine + "', 'name': 'x'}");
  }

  private JsonNode describe(String machine) {
    return call(
        "states",
        "DescribeExecution",
        "{'executionArn': '" + STATES + "execution:" + machine + ":x'}");
  }

  private JsonNode history(String machine) {
    return call(
        "states",
        "GetExecutionHistory",
        "{'executionArn': '" + STATES + "execution:" + machine + ":x'}");
  }

  private JsonNode call(String service, String operation, String input) {
    try {
      return call(service, operation, (ObjectNode) Json.MAPPER.readTree(input.replace('\'', '"')));
    } catch (JsonProcessingException notJson) {
      throw new AssertionError(notJson);
    }
  }

  private JsonNode call(String service, String operation, ObjectNode input) {
    CallContext context = simulator.internalCall();
    return simulator.dispatcher().call(service, operation, input, context).json();
  }
}
