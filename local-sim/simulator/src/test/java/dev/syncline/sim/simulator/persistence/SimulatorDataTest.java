// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.simulator.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Fault;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.simulator.Simulator;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** State that a simulator finds again after a restart, service by service. */
class SimulatorDataTest extends SimulatorDataFixture {
  private static final String QUEUE = "http://127.0.0.1/111111111111/jobs";
  private static final String STATES = "arn:aws:states:us-east-1:111111111111:";

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
  void timeContinuesFromTheSavedInstant() {
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
}
