// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.secretsmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.testing.PortClient;
import dev.syncline.sim.testing.WholeSimulator;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Refusals and deletions as AWS answers them: its recorded answers and its API reference. */
class SecretsManagerServiceTest {
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";

  @TempDir Path work;
  @AutoClose private WholeSimulator whole;

  @BeforeEach
  void start() {
    whole = new WholeSimulator(work);
    call(
        "CreateSecret",
        "{'Name': 's', 'SecretString': 'one', 'ClientRequestToken': '" + TOKEN + "'}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'VersionStages': [] | ValidationException | 1 validation error detected: Value '[]' at"
            + " 'versionStages' failed to satisfy constraint: Member must have length greater than"
            + " or equal to 1",
        "'VersionStages': [''] | ValidationException | 1 validation error detected: Value '[]' at"
            + " 'versionStages' failed to satisfy constraint: Member must satisfy constraint:"
            + " [Member must have length less than or equal to 256, Member must have length"
            + " greater than or equal to 1]",
        "'VersionStages': {} | SerializationException | Start of structure or map found where not"
            + " expected.",
        "'VersionStages': [{}] | SerializationException | Start of structure or map found where"
            + " not expected.",
        "'SecretString': '' | ValidationException | 1 validation error detected: Value at"
            + " 'secretString' failed to satisfy constraint: Member must have length greater than"
            + " or equal to 1",
        "'SecretString': null | InvalidRequestException | You must provide either SecretString or"
            + " SecretBinary.",
        "'ClientRequestToken': 'short' | ValidationException | 1 validation error detected: Value"
            + " 'short' at 'clientRequestToken' failed to satisfy constraint: Member must have"
            + " length greater than or equal to 32",
      })
  void aRefusedValueIsNotStored(String members, String code, String message) {
    ObjectNode input = read("{'SecretId': 's', 'SecretString': 'two'}");
    input.setAll(read("{" + members + "}"));

    HttpResponse<byte[]> answer = post("PutSecretValue", input);

    assertThat(answer.statusCode()).isEqualTo(400);
    JsonNode error = read(PortClient.text(answer));
    assertThat(error.path("__type").asText()).isEqualTo(code);
    assertThat(error.path("message").asText(error.path("Message").asText())).isEqualTo(message);
    assertThat(call("DescribeSecret", "{'SecretId': 's'}").path("VersionIdsToStages"))
        .isEqualTo(read("{'" + TOKEN + "': ['AWSCURRENT']}"));
  }

  @Test
  void aRepeatedPutMovesNoStage() {
    call("PutSecretValue", "{'SecretId': 's', 'SecretString': 'two'}");

    call(
        "PutSecretValue",
        "{'SecretId': 's', 'SecretString': 'one', 'ClientRequestToken': '" + TOKEN + "'}");

    assertThat(call("GetSecretValue", "{'SecretId': 's'}").path("SecretString").asText())
        .isEqualTo("two");
    assertThat(call("ListSecretVersionIds", "{'SecretId': 's'}").path("Versions")).hasSize(2);
  }

  @Test
  void aTokenMatchesOneValueOnly() {
    refused(
        "PutSecretValue",
        "{'SecretId': 's', 'SecretString': 'two', 'ClientRequestToken': '" + TOKEN + "'}",
        "ResourceExistsException");
  }

  @Test
  void missingSecretsAreDeletedByForce() {
    JsonNode deleted =
        call("DeleteSecret", "{'SecretId': 'never-was', 'ForceDeleteWithoutRecovery': true}");

    assertThat(deleted.path("Name").asText()).isEqualTo("never-was");
    assertThat(deleted.path("DeletionDate").isNumber()).isTrue();
    refused("DeleteSecret", "{'SecretId': 'never-was'}", "ResourceNotFoundException");
    refused(
        "DeleteSecret",
        "{'SecretId': 'x', 'ForceDeleteWithoutRecovery': true, 'RecoveryWindowInDays': 7}",
        "InvalidParameterException");
  }

  @Test
  void aPlannedDeletionKeepsTheNameUntilItIsForced() {
    call("DeleteSecret", "{'SecretId': 's', 'RecoveryWindowInDays': 7}");

    refused("DeleteSecret", "{'SecretId': 's'}", "InvalidRequestException");
    refused("GetSecretValue", "{'SecretId': 's'}", "InvalidRequestException");
    refused("PutSecretValue", "{'SecretId': 's', 'SecretString': 'x'}", "InvalidRequestException");
    refused("CreateSecret", "{'Name': 's', 'SecretString': 'x'}", "InvalidRequestException");
    call("DeleteSecret", "{'SecretId': 's', 'ForceDeleteWithoutRecovery': true}");
    call("CreateSecret", "{'Name': 's', 'SecretString': 'x'}");
  }

  @ParameterizedTest
  @CsvSource({"6", "31"})
  void aRecoveryWindowHasItsBounds(int days) {
    refused(
        "DeleteSecret",
        "{'SecretId': 's', 'RecoveryWindowInDays': " + days + "}",
        "InvalidParameterException");
    call("GetSecretValue", "{'SecretId': 's'}");
  }

  @Test
  void theSecretOfAConnectionIsChangedByItsServiceOnly() {
    JsonNode connection =
        json(
            "events",
            "AWSEvents.CreateConnection",
            "{'Name': 'c', 'AuthorizationType': 'BASIC', 'AuthParameters': {'BasicAuthParameters':"
                + " {'Username': 'u', 'Password': 'p'}}}");
    String arn =
        json("events", "AWSEvents.DescribeConnection", "{'Name': 'c'}").path("SecretArn").asText();

    for (String operation : new String[] {"TagResource", "UpdateSecret", "DeleteSecret"}) {
      JsonNode error =
          json("secretsmanager", "secretsmanager." + operation, "{'SecretId': '" + arn + "'}");
      assertThat(error.path("Message").asText(error.path("message").asText()))
          .isEqualTo("Operation is not allowed on secret owned by events");
    }
    assertThat(connection.path("ConnectionArn").asText()).isNotEmpty();
    assertThat(json("events", "AWSEvents.DeleteConnection", "{'Name': 'c'}").path("ConnectionArn"))
        .isNotNull();
  }

  @Test
  void aPolicyIsKeptAndGivenBack() {
    String policy = "{\\\"Version\\\":\\\"2012-10-17\\\",\\\"Statement\\\":[]}";
    assertThat(call("GetResourcePolicy", "{'SecretId': 's'}").has("ResourcePolicy")).isFalse();

    call("PutResourcePolicy", "{'SecretId': 's', 'ResourcePolicy': '" + policy + "'}");

    assertThat(call("GetResourcePolicy", "{'SecretId': 's'}").path("ResourcePolicy").asText())
        .isEqualTo("{\"Version\":\"2012-10-17\",\"Statement\":[]}");
    call("DeleteResourcePolicy", "{'SecretId': 's'}");
    assertThat(call("GetResourcePolicy", "{'SecretId': 's'}").has("ResourcePolicy")).isFalse();
  }

  private JsonNode json(String service, String target, String input) {
    return read(
        PortClient.text(
            new PortClient(whole.simulator)
                .signed(
                    service,
                    "POST",
                    "/",
                    read(input).toString(),
                    "X-Amz-Target",
                    target,
                    "Content-Type",
                    "application/x-amz-json-1.1")));
  }

  private HttpResponse<byte[]> post(String operation, ObjectNode input) {
    return new PortClient(whole.simulator)
        .signed(
            "secretsmanager",
            "POST",
            "/",
            input.toString(),
            "X-Amz-Target",
            "secretsmanager." + operation,
            "Content-Type",
            "application/x-amz-json-1.1");
  }

  private void refused(String operation, String input, String code) {
    assertThatThrownBy(() -> call(operation, input))
        .isInstanceOfSatisfying(
            AwsException.class, refused -> assertThat(refused.code()).isEqualTo(code));
  }

  private JsonNode call(String operation, String input) {
    return whole.call("secretsmanager", operation, input);
  }

  private static ObjectNode read(String json) {
    try {
      return (ObjectNode)
          Json.MAPPER.readTree(json.startsWith("{\"") ? json : json.replace('\'', '"'));
    } catch (com.fasterxml.jackson.core.JsonProcessingException notJson) {
      throw new AssertionError(json, notJson);
    }
  }
}
