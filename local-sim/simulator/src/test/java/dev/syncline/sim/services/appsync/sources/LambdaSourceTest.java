// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.sources;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.services.appsync.datasource.DataSource;
import dev.syncline.sim.testing.WholeSimulator.JsonFunction;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LambdaSourceTest extends SourceFixture {
  private void function(String name, JsonFunction code) {
    whole.function(name, "", code);
    functionSource(name);
  }

  private void functionSource(String name) {
    String arn = whole.simulator.internalCall().arn("lambda", "function:" + name);
    source(
        name, DataSource.Type.AWS_LAMBDA, "{'lambdaConfig':{'lambdaFunctionArn':'" + arn + "'}}");
  }

  @Test
  void theFunctionGetsThePayloadOnly() {
    function("echo", JsonNode::toString);
    assertThat(value("echo", "{'version':'2017-02-28','operation':'Invoke','payload':{'a':1}}"))
        .isEqualTo(json("{'a':1}"));
    assertThat(value("echo", "{'operation':'Invoke','payload':null}").isNull()).isTrue();
    assertThat(value("echo", "{'operation':'Invoke'}")).isEqualTo(json("{}"));
  }

  @Test
  void anEventIsNotWaitedFor() throws Exception {
    BlockingQueue<JsonNode> got = new LinkedBlockingQueue<>();
    function(
        "later",
        event -> {
          got.add(event);
          return "'ignored'".replace('\'', '"');
        });
    assertThat(
            value("later", "{'operation':'Invoke','invocationType':'Event','payload':{'b':2}}")
                .isNull())
        .isTrue();
    assertThat(got.poll(30, TimeUnit.SECONDS)).isEqualTo(json("{'b':2}"));
  }

  @Test
  void aBatchIsOneCall() {
    function("doubles", LambdaSourceTest::doubled);
    assertThat(
            results(
                "doubles",
                "[{'operation':'BatchInvoke','payload':1},{'operation':'BatchInvoke','payload':2}]"))
        .extracting(result -> result.value().toString())
        .containsExactly("2", "4");
  }

  private static String doubled(JsonNode batch) {
    var answer = array("[]");
    batch.forEach(one -> answer.add(one.asInt() * batch.size()));
    return answer.toString();
  }

  @Test
  void aBatchWithoutAnEntryForEachRequestFailsEachOfThem() {
    function("short", event -> "[1]");
    assertThat(
            results(
                "short",
                "[{'operation':'BatchInvoke','payload':1},{'operation':'BatchInvoke','payload':2}]"))
        .hasSize(2)
        .allSatisfy(
            result -> assertThat(errorOf(result).errorType()).isEqualTo("Lambda:IllegalArgument"));
    function("object", event -> "{}");
    assertThat(failure("object", "{'operation':'BatchInvoke','payload':1}"))
        .startsWith("Lambda:IllegalArgument");
  }

  @Test
  void anErrorOfTheFunctionLosesItsClass() {
    function(
        "fails",
        event -> {
          throw new IllegalStateException("no stock");
        });
    assertThat(failure("fails", "{'operation':'Invoke'}")).isEqualTo("Lambda:Unhandled: no stock");
    assertThat(failure("fails", "{'operation':'BatchInvoke'}"))
        .isEqualTo("Lambda:Unhandled: no stock");
  }

  @Test
  void anAnswerThatIsNotJsonIsIllegal() {
    function("text", event -> "plain text");
    assertThat(failure("text", "{'operation':'Invoke'}")).startsWith("Lambda:IllegalArgument: ");
  }

  @Test
  void aFunctionThatDoesNotExistIsNamed() {
    functionSource("absent");
    assertThat(failure("absent", "{'operation':'Invoke'}"))
        .startsWith("Lambda:ResourceNotFoundException: ")
        .contains("function:absent", "(Service: Lambda, Status Code: 404, Request ID: ");
  }

  @Test
  void aDocumentThatIsWrongIsAnErrorOfTheTemplate() {
    function("echo", JsonNode::toString);
    assertThat(failure("echo", "{'payload':1}"))
        .isEqualTo("MappingTemplate: Value for field '$[operation]' not found.");
    assertThat(failure("echo", "{'operation':'Call'}"))
        .isEqualTo("MappingTemplate: Unsupported operation 'Call'.");
    assertThat(failure("echo", "{'operation':'BatchInvoke','invocationType':'Event'}"))
        .startsWith("MappingTemplate: ");
    assertThat(failure("echo", "{'operation':'Invoke','invocationType':'Soon'}"))
        .startsWith("MappingTemplate: Value for field '$[invocationType]' must be");
  }

  @Test
  void aFunctionThatTakesMoreThanThirtySecondsIsNotAwaited() {
    function(
        "slow",
        event -> {
          whole.simulator.clock().pause(Duration.ofSeconds(40));
          return "1";
        });
    whole.call("lambda", "UpdateFunctionConfiguration", "{'FunctionName':'slow','Timeout':60}");
    assertThat(failure("slow", "{'operation':'Invoke'}"))
        .isEqualTo("Lambda:ExecutionTimeoutException: Execution timed out.");
  }

  @Test
  void aFunctionThatExceedsItsOwnTimeoutIsUnhandled() {
    function(
        "slow",
        event -> {
          whole.simulator.clock().pause(Duration.ofSeconds(20));
          return "1";
        });
    assertThat(failure("slow", "{'operation':'Invoke'}"))
        .startsWith("Lambda:Unhandled: ")
        .contains("Task timed out after 5.00 seconds");
  }

  @Test
  void anAnswerHasAtMostSixMebibytes() {
    function("large", event -> '"' + "x".repeat(6 * 1024 * 1024 + 1) + '"');
    assertThat(failure("large", "{'operation':'Invoke'}")).startsWith("Lambda:");
  }

  @Test
  void theRoleMustAllowTheInvocation() {
    function("guarded", JsonNode::toString);
    role("nothing", "appsync.amazonaws.com");
    String account = whole.simulator.internalCall().account();
    String arn = whole.simulator.internalCall().arn("lambda", "function:guarded");
    source(
        "guarded",
        DataSource.Type.AWS_LAMBDA,
        "{'serviceRoleArn':'arn:aws:iam::"
            + account
            + ":role/nothing','lambdaConfig':{'lambdaFunctionArn':'"
            + arn
            + "'}}");
    assertThat(failure("guarded", "{'operation':'Invoke'}"))
        .contains("is not authorized to perform: lambda:InvokeFunction on resource: " + arn);
  }
}
