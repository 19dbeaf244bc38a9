// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.lambda.inprocess.InProcessFunctions;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.settings.FunctionExecutor;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.SimulatorConfig;
import dev.syncline.sim.testing.Workflows;
import dev.syncline.testing.TestDigests;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Error names and causes are those that AWS records, request ids apart. */
@Timeout(120)
class ServiceTaskTest {
  private static final String WAIT =
      "{\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Wait\",\"Seconds\":600,\"Next\":\"P\"},"
          + "\"P\":{\"Type\":\"Pass\",\"Parameters\":{\"done\":true},\"End\":true}}}";

  @TempDir private Path directory;
  private Simulator simulator;
  private Workflows workflows;

  @BeforeEach
  void start() {
    simulator =
        Simulator.start(
            SimulatorConfig.defaults(directory).withExecutor(FunctionExecutor.IN_PROCESS, 10));
    workflows = new Workflows(simulator);
  }

  @AfterEach
  void stop() throws Exception {
    workflows.close();
    simulator.close();
  }

  @Test
  void anAwsSdkTaskTakesAndGivesPascalCaseForEveryWireFormat() throws Exception {
    String machine =
        workflows.task("m", "arn:aws:states:::aws-sdk:sfn:listStateMachines", "{'MaxResults':5}");

    JsonNode listed = workflows.output(machine, "a", "{}").path("StateMachines").path(0);

    assertThat(listed.path("StateMachineArn").asText()).isEqualTo(machine);
    assertThat(listed.path("CreationDate").asText()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
  }

  @Test
  void anErrorThatTheModelDoesNotHaveIsTheServicesGeneralOne() throws Exception {
    String machine =
        workflows.task(
            "m",
            "arn:aws:states:::aws-sdk:secretsmanager:createSecret",
            "{'Name':'Invalid Name','SecretString':'s'}");

    JsonNode failed = workflows.run(machine, "a", "{}");

    assertThat(failed.path("error").asText()).isEqualTo("SecretsManager.SecretsManagerException");
    assertThat(failed.path("cause").asText())
        .matches(
            "(?s)Invalid name\\. Must be a valid name containing alphanumeric characters, or any of"
                + " the following: -/_\\+=\\.@!.*\\(Service: SecretsManager, Status Code: 400,"
                + " Request ID: [-0-9a-f]{36}\\)");
  }

  @Test
  void anObjectTravelsAsMembersOfTheAnswer() throws Exception {
    workflows.call("s3", "CreateBucket", Json.object().put("Bucket", "bucket"));
    String put =
        workflows.task(
            "put",
            "arn:aws:states:::aws-sdk:s3:putObject",
            "{'Bucket':'bucket','Key':'k','Body':{'a':[1,true]}}");
    String get =
        workflows.task(
            "get", "arn:aws:states:::aws-sdk:s3:getObject", "{'Bucket':'bucket','Key.$':'$.key'}");

    JsonNode written = workflows.output(put, "a", "{}");
    JsonNode read = workflows.output(get, "b", "{\"key\":\"k\"}");
    JsonNode missing = workflows.run(get, "c", "{\"key\":\"none\"}");

    assertThat(written.path("ETag").asText()).matches("\"[0-9a-f]{32}\"");
    assertThat(read.path("Body").asText()).isEqualTo("{\"a\":[1,true]}");
    assertThat(read.path("ContentLength").asInt()).isEqualTo(14);
    assertThat(missing.path("error").asText()).isEqualTo("S3.NoSuchKeyException");
    assertThat(missing.path("cause").asText())
        .matches(
            "The specified key does not exist\\. \\(Service: S3, Status Code: 404, Request ID:"
                + " \\w+, Extended Request ID: \\w+\\)");
  }

  @Test
  void aFunctionThatIsNotThereFailsInTheOldSdksWords() throws Exception {
    String machine =
        workflows.task("m", "arn:aws:states:::lambda:invoke", "{'FunctionName':'none'}");

    JsonNode failed = workflows.run(machine, "a", "{}");

    assertThat(failed.path("error").asText()).isEqualTo("Lambda.ResourceNotFoundException");
    assertThat(failed.path("cause").asText())
        .matches(
            "Function not found: arn:aws:lambda:us-east-1:111111111111:function:none(:\\$LATEST)?"
                + " \\(Service: AWSLambda; Status Code: 404; Error Code: ResourceNotFoundException;"
                + " Request ID: [-0-9a-f]{36}; Proxy: null\\)");
  }

  @Test
  void aFunctionsAnswerComesWithItsHttpExchangeOrAlone() throws Exception {
    simulator
        .contracts()
        .get(InProcessFunctions.class)
        .register("echo", environment -> (in, out, context) -> in.transferTo(out));
    workflows.function("echo");
    String invoke =
        workflows.task(
            "invoke",
            "arn:aws:states:::lambda:invoke",
            "{'FunctionName':'echo','Payload':{'a':1},'LogType':'Tail'}");
    String alone =
        workflows.task("alone", "arn:aws:lambda:us-east-1:111111111111:function:echo", "{'b':2}");

    JsonNode whole = workflows.output(invoke, "a", "{}");

    assertThat(whole.path("Payload")).hasToString("{\"a\":1}");
    assertThat(whole.path("ExecutedVersion").asText()).isEqualTo("$LATEST");
    assertThat(whole.path("LogResult").asText()).isNotEmpty();
    assertThat(whole.at("/SdkHttpMetadata/HttpHeaders/Content-Length").asText()).isEqualTo("7");
    assertThat(whole.at("/SdkHttpMetadata/AllHttpHeaders/Content-Length/0").asText())
        .isEqualTo("7");
    assertThat(whole.at("/SdkResponseMetadata/RequestId").asText())
        .isEqualTo(whole.at("/SdkHttpMetadata/HttpHeaders/x-amzn-RequestId").asText());
    assertThat(workflows.output(alone, "b", "{}")).hasToString("{\"b\":2}");
  }

  @Test
  void aStartedExecutionIsWaitedForAndItsOutputIsTextOrJson() throws Exception {
    String child = workflows.create("child", WAIT);
    String parameters = "{'StateMachineArn':'" + child + "','Input':{'x':1},'Name.$':'$.n'}";
    String text = workflows.task("text", "arn:aws:states:::states:startExecution.sync", parameters);
    String json =
        workflows.task("json", "arn:aws:states:::states:startExecution.sync:2", parameters);
    String only = workflows.task("only", "arn:aws:states:::states:startExecution", parameters);

    JsonNode asText = workflows.output(text, "a", "{\"n\":\"c1\"}");
    JsonNode asJson = workflows.output(json, "b", "{\"n\":\"c2\"}");
    JsonNode started = workflows.output(only, "c", "{\"n\":\"c3\"}");

    assertThat(asText.path("Output").asText()).isEqualTo("{\"done\":true}");
    assertThat(asText.path("Input").asText()).isEqualTo("{\"x\":1}");
    assertThat(asText.path("StopDate").asLong() - asText.path("StartDate").asLong())
        .isBetween(600_000L, 630_000L);
    assertThat(asJson.path("Output").path("done").asBoolean()).isTrue();
    assertThat(started.path("ExecutionArn").asText()).endsWith(":execution:child:c3");
    assertThat(started.at("/SdkHttpMetadata/HttpStatusCode").asInt()).isEqualTo(200);
    assertThat(types("text", "a"))
        .containsSubsequence("TaskScheduled", "TaskStarted", "TaskSubmitted", "TaskSucceeded");
  }

  @Test
  void aFailedChildIsTheCauseAndAMissingMachineIsRefused() throws Exception {
    String child =
        workflows.create(
            "child", "{\"StartAt\":\"F\",\"States\":{\"F\":{\"Type\":\"Fail\",\"Error\":\"E\"}}}");
    String resource = "arn:aws:states:::states:startExecution.sync";
    String parent = workflows.task("p", resource, "{'StateMachineArn':'" + child + "'}");
    String lost = workflows.task("q", resource, "{'StateMachineArn':'" + child + "x'}");

    JsonNode failed = workflows.run(parent, "a", "{}");
    JsonNode refused = workflows.run(lost, "b", "{}");

    assertThat(failed.path("error").asText()).isEqualTo("States.TaskFailed");
    JsonNode cause = Json.MAPPER.readTree(failed.path("cause").asText());
    assertThat(cause.path("Status").asText()).isEqualTo("FAILED");
    assertThat(cause.path("Error").asText()).isEqualTo("E");
    assertThat(refused.path("error").asText())
        .isEqualTo("StepFunctions.StateMachineDoesNotExistException");
    assertThat(refused.path("cause").asText())
        .startsWith("State Machine Does Not Exist: '" + child + "x' (Service: AWSStepFunctions;")
        .contains("Error Code: StateMachineDoesNotExist;");
  }

  @Test
  void aParentThatTimesOutStopsItsChild() throws Exception {
    String child = workflows.create("child", WAIT);
    String parent =
        workflows.create(
            "p",
            "{\"StartAt\":\"T\",\"TimeoutSeconds\":60,\"States\":{\"T\":{\"Type\":\"Task\","
                + "\"Resource\":\"arn:aws:states:::states:startExecution.sync\",\"Parameters\":"
                + "{\"StateMachineArn\":\""
                + child
                + "\",\"Name\":\"c\"},\"End\":true}}}");

    assertThat(workflows.run(parent, "a", "{}").path("status").asText()).isEqualTo("TIMED_OUT");
    assertThat(workflows.ended("child", "c").path("status").asText()).isEqualTo("ABORTED");
  }

  @Test
  void parametersThatAnIntegrationDoesNotTakeAreNamed() throws Exception {
    String unknown =
        workflows.task(
            "u", "arn:aws:states:::lambda:invoke", "{'FunctionName':'f','TaskToken':'t'}");
    String missing = workflows.task("v", "arn:aws:states:::states:startExecution", "{}");

    assertThat(workflows.run(unknown, "a", "{}").path("cause").asText())
        .contains("could not be used to start the Task")
        .contains("The field \"TaskToken\" is not supported by Step Functions");
    assertThat(workflows.run(missing, "b", "{}").path("cause").asText())
        .contains("The field 'StateMachineArn' is required but was missing");
  }

  @Test
  void aMessageIsSentAndAnEmptyOneRefusedInTheOldSdksWords() throws Exception {
    String queue =
        workflows.text("sqs", "CreateQueue", Json.object().put("QueueName", "q"), "QueueUrl");
    String machine =
        workflows.task(
            "m",
            "arn:aws:states:::sqs:sendMessage",
            "{'QueueUrl':'" + queue + "','MessageBody.$':'$.body'}");

    JsonNode sent = workflows.output(machine, "a", "{\"body\":{\"x\":1}}");
    JsonNode refused = workflows.run(machine, "b", "{\"body\":\"\"}");

    assertThat(sent.path("MD5OfMessageBody").asText()).isEqualTo(TestDigests.md5("{\"x\":1}"));
    assertThat(sent.at("/SdkHttpMetadata/HttpHeaders/Content-Length").asText()).isEqualTo("106");
    assertThat(sent.at("/SdkHttpMetadata/HttpHeaders/Content-Type").asText())
        .isEqualTo("application/x-amz-json-1.0");
    assertThat(refused.path("error").asText()).isEqualTo("SQS.AmazonSQSException");
    assertThat(refused.path("cause").asText())
        .startsWith(
            "The request must contain the parameter MessageBody. (Service: AmazonSQS; Status Code:"
                + " 400; Error Code: MissingParameter; Request ID: ")
        .endsWith("; Proxy: null)");
  }

  @Test
  void anEventIsPutAndAMalformedOneFailsTheTask() throws Exception {
    String machine =
        workflows.task("m", "arn:aws:states:::events:putEvents", "{'Entries.$':'$.entries'}");
    String entry = "{\"Source\":\"s\",\"DetailType\":\"t\",\"Detail\":%s}";

    JsonNode put =
        workflows.output(machine, "a", "{\"entries\":[" + entry.formatted("{\"x\":1}") + "]}");
    JsonNode failed =
        workflows.run(machine, "b", "{\"entries\":[" + entry.formatted("\"text\"") + "]}");

    assertThat(put.path("FailedEntryCount").asInt()).isZero();
    assertThat(put.at("/Entries/0/EventId").asText()).hasSize(36);
    assertThat(failed.path("error").asText()).isEqualTo("EventBridge.FailedEntry");
    assertThat(failed.path("cause").asText())
        .isEqualTo(
            "{\"Entries\":[{\"ErrorCode\":\"MalformedDetail\",\"ErrorMessage\":\"Detail is"
                + " malformed.\"}],\"FailedEntryCount\":1}");
  }

  @Test
  void aTokenInAMessageEndsItsTask() throws Exception {
    String queue =
        workflows.text("sqs", "CreateQueue", Json.object().put("QueueName", "q"), "QueueUrl");
    String machine =
        workflows.task(
            "m",
            "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
            "{'QueueUrl':'" + queue + "','MessageBody':{'t.$':'$$.Task.Token'}}");
    workflows.call(
        "states",
        "StartExecution",
        Json.object().put("stateMachineArn", machine).put("name", "a").put("input", "{}"));

    JsonNode message =
        workflows
            .call(
                "sqs",
                "ReceiveMessage",
                Json.object().put("QueueUrl", queue).put("WaitTimeSeconds", 20))
            .path("Messages")
            .path(0);
    String token = Json.MAPPER.readTree(message.path("Body").asText()).path("t").asText();
    workflows.call(
        "states",
        "SendTaskSuccess",
        Json.object().put("taskToken", token).put("output", "{\"by\":\"token\"}"));

    assertThat(workflows.ended("m", "a").path("output").asText()).isEqualTo("{\"by\":\"token\"}");
    assertThat(types("m", "a"))
        .containsSubsequence("TaskScheduled", "TaskStarted", "TaskSubmitted", "TaskSucceeded");
  }

  @Test
  void aDistributedMapReadsAnObjectAndWritesItsResults() throws Exception {
    workflows.object(
        "the-input", "items.json", "[{\"n\":1},{\"n\":2}]".getBytes(StandardCharsets.UTF_8));
    workflows.call("s3", "CreateBucket", Json.object().put("Bucket", "the-output"));
    String machine =
        workflows.create(
            "m",
            """
            {"StartAt":"M","States":{"M":{"Type":"Map","MaxConcurrency":1,
              "ItemReader":{"Resource":"arn:aws:states:::s3:getObject",
                "ReaderConfig":{"InputType":"JSON"},
                "Parameters":{"Bucket":"the-input","Key":"items.json"}},
              "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
                "StartAt":"P","States":{"P":{"Type":"Pass","End":true}}},
              "ResultWriter":{"Resource":"arn:aws:states:::s3:putObject",
                "Parameters":{"Bucket":"the-output","Prefix":"r"}},
              "End":true}}}
            """);

    JsonNode output = workflows.output(machine, "a", "{}");

    assertThat(output.at("/ResultWriterDetails/Bucket").asText()).isEqualTo("the-output");
    assertThat(
            workflows
                .call("s3", "ListObjectsV2", Json.object().put("Bucket", "the-output"))
                .path("Contents")
                .toString())
        .contains("manifest.json")
        .contains("SUCCEEDED_0.json");
  }

  /** By AWS's guide, and as measured: the names differ from those of the SDK. */
  @Test
  void aDistributedMapShowsTheEntriesOfAListingAsAwsDoes() throws Exception {
    workflows.object("the-input", "in/0.txt", "ab".getBytes(StandardCharsets.UTF_8));
    String machine =
        workflows.create(
            "m",
            """
            {"StartAt":"M","States":{"M":{"Type":"Map",
              "ItemReader":{"Resource":"arn:aws:states:::s3:listObjectsV2",
                "Parameters":{"Bucket":"the-input","Prefix":"in/"}},
              "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
                "StartAt":"P","States":{"P":{"Type":"Pass","End":true}}},
              "End":true}}}
            """);

    JsonNode item = workflows.output(machine, "a", "{}").path(0);

    assertThat(item.propertyStream().map(java.util.Map.Entry::getKey))
        .containsExactly("Etag", "Key", "LastModified", "Size", "StorageClass");
    assertThat(item.path("Etag").asText()).isEqualTo("\"187ef4436122d1cc2f40dc2b92f0eba0\"");
    assertThat(item.path("LastModified").isNumber()).isTrue();
    assertThat(item.path("Size").asInt()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:states:::glue:startJobRun",
        "arn:aws:states:::aws-sdk:glue:getJob",
        "arn:aws:states:::aws-sdk:s3:restoreObject",
        "arn:aws:states:::aws-sdk:sfn:startExecution.sync",
        "arn:aws:states:::http:invoke.waitForTaskToken",
        "arn:aws:states:::s3:getObject",
      })
  void unsupportedResourcesAreRefusedAtCreationByName(String resource) {
    assertThatThrownBy(() -> workflows.task("m", resource, "{}"))
        .hasMessageContaining(resource)
        .hasMessageContaining("/States/T/Resource");
  }

  private Iterable<String> types(String machine, String execution) {
    String arn = "arn:aws:states:us-east-1:111111111111:execution:" + machine + ":" + execution;
    return StreamSupport.stream(workflows.history(arn).spliterator(), false)
        .map(event -> event.path("type").asText())
        .toList();
  }
}
