// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import static dev.syncline.sim.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.testing.PortClient;
import dev.syncline.sim.testing.WholeSimulator;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings of a function beside its code, as recorded on AWS. */
class FunctionSettingsTest {
  private static final String ARN = "arn:aws:lambda:us-east-1:111111111111:function:f";
  private static final String QUEUE = "arn:aws:sqs:us-east-1:111111111111:";
  private static final String STALE =
      "The Revision Id provided does not match the latest Revision Id. Call the GetPolicy API to"
          + " retrieve the latest Revision Id";

  @TempDir Path work;
  @AutoClose private WholeSimulator whole;

  @BeforeEach
  void start() {
    whole = new WholeSimulator(work);
    whole.function("f", "", event -> "{}");
  }

  @Test
  void thePackageIsThereUnderItsLocationForTenMinutes() throws Exception {
    JsonNode function = call("GetFunction", "{'FunctionName': 'f'}");
    String location = function.path("Code").path("Location").asText();
    var port = new PortClient(whole.simulator);

    HttpResponse<byte[]> got = port.send("GET", location, "");
    HttpResponse<byte[]> other =
        port.send("GET", location.replaceFirst("[0-9a-f]{32}", "0".repeat(32)), "");
    whole
        .simulator
        .clock()
        .call(
            () -> {
              whole.simulator.clock().pause(Duration.ofMinutes(10));
              return null;
            });
    HttpResponse<byte[]> late = port.send("GET", location, "");

    assertThat(got.statusCode()).isEqualTo(200);
    assertThat(
            Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(got.body())))
        .isEqualTo(function.path("Configuration").path("CodeSha256").asText());
    assertThat(other.statusCode()).isEqualTo(403);
    assertThat(late.statusCode()).isEqualTo(403);
  }

  @Test
  void aPolicyIsChangedOnlyAtTheRevisionThatTheCallerSaw() {
    refused(
        "AddPermission",
        permission("a") + ", 'RevisionId': 'x'}",
        "PreconditionFailedException",
        STALE);
    call("AddPermission", permission("a") + "}");
    String revision = call("GetPolicy", "{'FunctionName': 'f'}").path("RevisionId").asText();
    refused(
        "AddPermission",
        permission("b") + ", 'RevisionId': 'x'}",
        "PreconditionFailedException",
        STALE);
    call("AddPermission", permission("b") + ", 'RevisionId': '" + revision + "'}");
    refused(
        "RemovePermission",
        "{'FunctionName': 'f', 'StatementId': 'b', 'RevisionId': '" + revision + "'}",
        "PreconditionFailedException",
        STALE);

    assertThat(call("GetPolicy", "{'FunctionName': 'f'}").path("Policy").asText())
        .contains("\"Sid\":\"a\"", "\"Sid\":\"b\"");
  }

  @Test
  void thePolicyOfOneQualifierHasItsOwnRevision() {
    call("PublishVersion", "{'FunctionName': 'f'}");
    call("AddPermission", permission("a") + ", 'Qualifier': '1'}");
    String revision =
        call("GetPolicy", "{'FunctionName': 'f', 'Qualifier': '1'}").path("RevisionId").asText();
    call("AddPermission", permission("a") + "}");

    call(
        "AddPermission", permission("b") + ", 'Qualifier': '1', 'RevisionId': '" + revision + "'}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "AddPermission | 'StatementId': 'a', 'Action': 'lambda:InvokeFunction', 'Principal':"
            + " 's3.amazonaws.com', 'Qualifier': '$LATEST' | InvalidParameterValueException | We"
            + " currently do not support adding policies for $LATEST.",
        "RemovePermission | 'StatementId': 'a' | ResourceNotFoundException | No policy is"
            + " associated with the given resource.",
        "GetPolicy | 'Qualifier': '$LATEST' | ResourceNotFoundException | The resource you"
            + " requested does not exist.",
        "PutFunctionRecursionConfig | 'RecursiveLoop': 'Maybe' | ValidationException | 1"
            + " validation error detected: Value 'Maybe' at 'recursiveLoop' failed to satisfy"
            + " constraint: Member must satisfy enum value set: [Allow, Terminate]",
        "PutProvisionedConcurrencyConfig | 'Qualifier': '$LATEST',"
            + " 'ProvisionedConcurrentExecutions': 1 | InvalidParameterValueException | Provisioned"
            + " Concurrency Configs cannot be applied to unpublished function versions.",
      })
  void inputThatAwsRefusesIsRefused(String operation, String members, String code, String message) {
    refused(operation, "{'FunctionName': 'f', " + members + "}", code, message);
  }

  @Test
  void recursionAndRuntimeManagementAreKept() {
    assertThat(call("GetFunctionRecursionConfig", "{'FunctionName': 'f'}").toString())
        .isEqualTo("{\"RecursiveLoop\":\"Terminate\"}");
    call("PutFunctionRecursionConfig", "{'FunctionName': 'f', 'RecursiveLoop': 'Allow'}");
    assertThat(call("GetFunctionRecursionConfig", "{'FunctionName': 'f'}").toString())
        .isEqualTo("{\"RecursiveLoop\":\"Allow\"}");
    assertThat(call("GetRuntimeManagementConfig", "{'FunctionName': 'f'}").toString())
        .isEqualTo("{\"UpdateRuntimeOn\":\"Auto\",\"FunctionArn\":\"" + ARN + "\"}");
    call(
        "PutRuntimeManagementConfig", "{'FunctionName': 'f', 'UpdateRuntimeOn': 'FunctionUpdate'}");
    assertThat(
            call("GetRuntimeManagementConfig", "{'FunctionName': 'f', 'Qualifier': '$LATEST'}")
                .path("UpdateRuntimeOn")
                .asText())
        .isEqualTo("FunctionUpdate");
  }

  @Test
  void concurrencyIsProvisionedOnceForAVersion() {
    call("PublishVersion", "{'FunctionName': 'f'}");
    call("CreateAlias", "{'FunctionName': 'f', 'Name': 'live', 'FunctionVersion': '1'}");
    String one = "{'FunctionName': 'f', 'Qualifier': '1'";
    String missing = "No Provisioned Concurrency Config found for this function";
    refused(
        "GetProvisionedConcurrencyConfig",
        one + "}",
        "ProvisionedConcurrencyConfigNotFoundException",
        missing);

    JsonNode accepted =
        call("PutProvisionedConcurrencyConfig", one + ", 'ProvisionedConcurrentExecutions': 1}");

    assertThat(accepted.path("Status").asText()).isEqualTo("IN_PROGRESS");
    assertThat(accepted.path("AllocatedProvisionedConcurrentExecutions").asInt()).isZero();
    JsonNode ready = call("GetProvisionedConcurrencyConfig", one + "}");
    assertThat(ready.path("Status").asText()).isEqualTo("READY");
    assertThat(ready.path("AvailableProvisionedConcurrentExecutions").asInt()).isEqualTo(1);
    refused(
        "PutProvisionedConcurrencyConfig",
        "{'FunctionName': 'f', 'Qualifier': 'live', 'ProvisionedConcurrentExecutions': 1}",
        "ResourceConflictException",
        "Alias can't be used for Provisioned Concurrency configuration on an already Provisioned"
            + " version");
    refused(
        "PutFunctionConcurrency",
        "{'FunctionName': 'f', 'ReservedConcurrentExecutions': 0}",
        "InvalidParameterValueException",
        " ReservedConcurrentExecutions  0 should not be lower than function's total provisioned"
            + " concurrency [1].");
    assertThat(
            call("ListProvisionedConcurrencyConfigs", "{'FunctionName': 'f'}")
                .at("/ProvisionedConcurrencyConfigs/0/FunctionArn")
                .asText())
        .isEqualTo(ARN + ":1");
    call("DeleteProvisionedConcurrencyConfig", one + "}");
    refused(
        "GetProvisionedConcurrencyConfig",
        one + "}",
        "ProvisionedConcurrencyConfigNotFoundException",
        missing);
  }

  @Test
  void aVersionKeepsTheDeadLetterQueueItWasPublishedWith() {
    whole.call("sqs", "CreateQueue", "{'QueueName': 'a'}");
    whole.call("sqs", "CreateQueue", "{'QueueName': 'b'}");
    deadLetters("{'TargetArn': '" + QUEUE + "a'}");
    call("PublishVersion", "{'FunctionName': 'f'}");
    deadLetters("{'TargetArn': '" + QUEUE + "b'}");

    assertThat(target("$LATEST")).isEqualTo(QUEUE + "b");
    assertThat(target("1")).isEqualTo(QUEUE + "a");
    deadLetters("{}");
    assertThat(target("$LATEST")).isEqualTo(QUEUE + "b");
    deadLetters("{'TargetArn': ''}");
    assertThat(target("$LATEST")).isEmpty();
    assertThat(target("1")).isEqualTo(QUEUE + "a");
    assertThat(call("PublishVersion", "{'FunctionName': 'f'}").path("Version").asText())
        .isEqualTo("2");
    assertThat(target("2")).isEmpty();
  }

  private void deadLetters(String config) {
    call(
        "UpdateFunctionConfiguration", "{'FunctionName': 'f', 'DeadLetterConfig': " + config + "}");
  }

  private String target(String qualifier) {
    return call(
            "GetFunctionConfiguration", "{'FunctionName': 'f', 'Qualifier': '" + qualifier + "'}")
        .path("DeadLetterConfig")
        .path("TargetArn")
        .asText();
  }

  private static String permission(String id) {
    return "{'FunctionName': 'f', 'StatementId': '"
        + id
        + "', 'Action': 'lambda:InvokeFunction', 'Principal': 's3.amazonaws.com'";
  }

  private void refused(String operation, String input, String code, String message) {
    assertRefused(() -> call(operation, input), code, message);
  }

  private JsonNode call(String operation, String input) {
    return whole.call("lambda", operation, input);
  }
}
