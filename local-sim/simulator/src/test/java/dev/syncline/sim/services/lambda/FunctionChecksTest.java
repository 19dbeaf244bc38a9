// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.settings.FunctionExecutor;
import dev.syncline.sim.service.settings.FunctionRules;
import dev.syncline.sim.simulator.SimulatorConfig;
import dev.syncline.sim.testing.WholeSimulator;
import dev.syncline.testing.TestZip;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Configurations of functions that AWS refuses: for their role, their date or their log. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FunctionChecksTest {
  private static final String QUEUE = "arn:aws:sqs:us-east-1:111111111111:dead";
  private static final String NO_SENDING =
      "The provided execution role does not have permissions to call SendMessage on SQS";

  @TempDir Path work;

  private static void create(WholeSimulator aws, String name, String members) {
    aws.call(
        "lambda",
        "CreateFunction",
        "{'FunctionName':'"
            + name
            + "','Runtime':'java21','Handler':'x.Y','Role':'arn:aws:iam::111111111111:role/r',"
            + "'Code':{'ZipFile':'"
            + WholeSimulator.emptyPackage()
            + "'}"
            + members
            + "}");
  }

  private static void policy(WholeSimulator aws, String statements) {
    iam(
        aws,
        "PutRolePolicy",
        Json.object()
            .put("PolicyName", "p")
            .put("PolicyDocument", "{\"Statement\":[" + statements + "]}"));
  }

  private static void role(WholeSimulator aws) {
    iam(
        aws,
        "CreateRole",
        Json.object()
            .put(
                "AssumeRolePolicyDocument",
                "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":"
                    + "\"lambda.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}"));
  }

  private static void iam(WholeSimulator aws, String operation, ObjectNode input) {
    aws.simulator
        .dispatcher()
        .call("iam", operation, input.put("RoleName", "r"), aws.simulator.internalCall());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "true|{\"Effect\":\"Allow\",\"Action\":\"sqs:SendMessage\",\"Resource\":\"*\"}",
        "true|{\"Effect\":\"Allow\",\"Action\":[\"s3:*\",\"sqs:Send*\"],\"Resource\":[\""
            + QUEUE
            + "\"]}",
        "true|{\"Effect\":\"Allow\",\"NotAction\":\"iam:*\",\"Resource\":\"arn:aws:sqs:*:*:d?ad\"}",
        "true|{\"Effect\":\"Allow\",\"Action\":\"SQS:sendmessage\",\"Resource\":\"*\"},"
            + "{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\",\"Condition\":{}}",
        "false|{\"Effect\":\"Allow\",\"Action\":\"sqs:ReceiveMessage\",\"Resource\":\"*\"}",
        "false|{\"Effect\":\"Allow\",\"Action\":\"sqs:*\",\"Resource\":\"" + QUEUE + "2\"}",
        "false|{\"Effect\":\"Allow\",\"Action\":\"sqs:*\",\"Resource\":\"*\"},"
            + "{\"Effect\":\"Deny\",\"Action\":\"sqs:SendMessage\",\"Resource\":\"*\"}",
        "false|{\"Effect\":\"Allow\",\"Action\":\"*\",\"NotResource\":\"arn:aws:sqs:*\"}"
      })
  void aDeadLetterQueueNeedsARoleThatMaySend(boolean allowed, String statements) {
    try (var aws = new WholeSimulator(work)) {
      role(aws);
      policy(aws, statements);
      String config = ",'DeadLetterConfig':{'TargetArn':'" + QUEUE + "'}";
      if (allowed) {
        create(aws, "f", config);
        return;
      }
      assertThatThrownBy(() -> create(aws, "f", config))
          .isInstanceOfSatisfying(
              AwsException.class,
              refused -> assertThat(refused.code()).isEqualTo("InvalidParameterValueException"))
          .hasMessageContaining(NO_SENDING);
      assertThat(aws.call("lambda", "ListFunctions", "{}").path("Functions")).isEmpty();
      create(aws, "f", "");
      assertThatThrownBy(
              () ->
                  aws.call(
                      "lambda",
                      "UpdateFunctionConfiguration",
                      "{'FunctionName':'f'" + config + "}"))
          .hasMessageContaining(NO_SENDING);
    }
  }

  @Test
  void anAttachedPolicyCountsToo() {
    try (var aws = new WholeSimulator(work)) {
      role(aws);
      String config = ",'DeadLetterConfig':{'TargetArn':'arn:aws:sns:us-east-1:111111111111:dead'}";
      assertThatThrownBy(() -> create(aws, "f", config))
          .hasMessageContaining("does not have permissions to call Publish on SNS");
      aws.call(
          "iam",
          "AttachRolePolicy",
          "{'RoleName':'r','PolicyArn':'arn:aws:iam::aws:policy/AmazonSNSFullAccess'}");
      create(aws, "f", config);
    }
  }

  @Test
  void aRuntimeThatHasEndedIsTakenWithANotice() {
    try (var aws = new WholeSimulator(work)) {
      create(aws, "old", ",'Runtime':'python3.9','Handler':'a.b'");
      create(aws, "new", ",'Runtime':'python3.13','Handler':'a.b'");

      boolean ended = aws.simulator.clock().now().isAfter(Instant.parse("2026-06-01T00:00:00Z"));
      assertThat(aws.simulator.journal().select(entry -> entry.event() instanceof FunctionNotice))
          .hasSize(ended ? 1 : 0);
      assertThat(FunctionRuntimes.refusedSince("python3.9", true, at("2026-05-31"))).isEmpty();
      assertThat(FunctionRuntimes.refusedSince("python3.9", true, at("2026-06-01"))).isPresent();
      assertThat(FunctionRuntimes.refusedSince("python3.9", false, at("2026-06-30"))).isEmpty();
      assertThat(FunctionRuntimes.refusedSince("python3.11", true, at("2026-07-31"))).isPresent();
      assertThat(FunctionRuntimes.refusedSince("java21", true, at("2026-07-31"))).isEmpty();
    }
  }

  private static Instant at(String day) {
    return Instant.parse(day + "T00:00:00Z");
  }

  @Test
  void theRulesMayRefuseThatRuntimeAndNameStandInsOfLayers() throws Exception {
    String arn = "arn:aws:lambda:us-east-1:017000801446:layer:Powertools:7";
    Path zip = Files.write(work.resolve("layer.zip"), TestZip.of("python/p.py", "x = 1"));
    SimulatorConfig config =
        SimulatorConfig.defaults(work.resolve("work"))
            .withPort(0, -1)
            .withClock(new ClockMode.Skipping())
            .withExecutor(FunctionExecutor.IN_PROCESS, 20)
            .withProactive(false)
            .withSetting(new FunctionRules(true, false, Map.of(arn, zip)));
    try (var aws = new WholeSimulator(config)) {
      create(aws, "f", ",'Layers':['" + arn + "']");
      JsonNode shown = aws.call("lambda", "GetFunction", "{'FunctionName':'f'}");
      assertThat(shown.at("/Configuration/Layers/0/Arn").asText()).isEqualTo(arn);
      assertThat(shown.at("/Configuration/Layers/0/CodeSize").asLong()).isEqualTo(Files.size(zip));

      if (aws.simulator.clock().now().isAfter(at("2026-06-01"))) {
        assertThatThrownBy(() -> create(aws, "old", ",'Runtime':'nodejs18.x'"))
            .hasMessageContaining(
                "The runtime parameter of nodejs18.x is no longer supported for creating or"
                    + " updating AWS Lambda functions.");
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'LogFormat':'XML'|ValidationException|[JSON, Text]",
        "'LogFormat':'JSON','ApplicationLogLevel':'LOUD'|ValidationException|TRACE",
        "'LogFormat':'JSON','SystemLogLevel':'ERROR'|ValidationException|[DEBUG, INFO, WARN]",
        "'LogGroup':'a b'|ValidationException|logGroup",
        "'Level':'x'|ValidationException|Level",
        "'ApplicationLogLevel':'INFO'|InvalidParameterValueException|Log Level is not supported"
      })
  void wrongLoggingIsRefused(String logging, String code, String named) {
    try (var aws = new WholeSimulator(work)) {
      assertThatThrownBy(() -> create(aws, "f", ",'LoggingConfig':{" + logging + "}"))
          .isInstanceOfSatisfying(
              AwsException.class, refused -> assertThat(refused.code()).isEqualTo(code))
          .hasMessageContaining(named);
    }
  }

  @Test
  void jsonLogsHaveLevels() {
    try (var aws = new WholeSimulator(work)) {
      create(
          aws,
          "f",
          ",'LoggingConfig':{'LogFormat':'JSON','ApplicationLogLevel':'FATAL','LogGroup':'/g'}");
      String name = "{'FunctionName':'f'";
      JsonNode shown = aws.call("lambda", "GetFunctionConfiguration", name + "}");
      assertThat(shown.at("/LoggingConfig").toString())
          .isEqualTo(
              "{\"LogFormat\":\"JSON\",\"ApplicationLogLevel\":\"FATAL\",\"LogGroup\":\"/g\","
                  + "\"SystemLogLevel\":\"INFO\"}");

      JsonNode text =
          aws.call(
              "lambda",
              "UpdateFunctionConfiguration",
              name + ",'LoggingConfig':{'LogFormat':'Text'}}");
      assertThat(text.path("LoggingConfig").has("ApplicationLogLevel")).isFalse();
      assertThat(text.at("/LoggingConfig/LogGroup").asText()).isEqualTo("/g");
    }
  }
}
