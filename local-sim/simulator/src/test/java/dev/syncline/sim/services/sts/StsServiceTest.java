// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.testing.PortClient;
import dev.syncline.sim.testing.WholeSimulatorFixture;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sessions, as the API reference of STS has them. */
class StsServiceTest extends WholeSimulatorFixture {
  @Test
  void theCallerIsTheSessionOfTheRoleItAssumed() {
    JsonNode session = assume("arn:aws:iam::111111111111:role/path/MyRole");

    HttpResponse<byte[]> identity = identity(key(session));

    assertThat(PortClient.element(identity, "Arn"))
        .isEqualTo("arn:aws:sts::111111111111:assumed-role/MyRole/sess");
    assertThat(PortClient.element(identity, "UserId")).matches("AROA[A-Z0-9]{17}:sess");
    assertThat(PortClient.element(identity, "UserId"))
        .isEqualTo(session.path("AssumedRoleUser").path("AssumedRoleId").asText());
  }

  @Test
  void theSessionHasTheIdOfItsRole() {
    String trust =
        "{\\\"Version\\\":\\\"2012-10-17\\\",\\\"Statement\\\":[{\\\"Effect\\\":\\\"Allow\\\"}]}";
    JsonNode role =
        whole.call(
            "iam",
            "CreateRole",
            "{'RoleName': 'MyRole', 'AssumeRolePolicyDocument': '" + trust + "'}");

    JsonNode session = assume("arn:aws:iam::111111111111:role/MyRole");

    assertThat(session.path("AssumedRoleUser").path("AssumedRoleId").asText())
        .isEqualTo(role.path("Role").path("RoleId").asText() + ":sess");
  }

  @Test
  void aRoleKeepsItsIdFromOneSessionToTheNext() {
    String role = "arn:aws:iam::111111111111:role/none";

    assertThat(assume(role).path("AssumedRoleUser"))
        .isEqualTo(assume(role).path("AssumedRoleUser"));
  }

  @Test
  void anyOtherKeyIsTheUser() {
    assertThat(PortClient.element(identity("AKIAIOSFODNN7EXAMPLE"), "Arn"))
        .isEqualTo("arn:aws:iam::111111111111:user/local");
    String own = key(whole.call("sts", "GetSessionToken", "{}"));
    assertThat(PortClient.element(identity(own), "Arn"))
        .isEqualTo("arn:aws:iam::111111111111:user/local");
  }

  @Test
  void aFederatedUserIsItself() {
    JsonNode federated = whole.call("sts", "GetFederationToken", "{'Name': 'ann'}");

    HttpResponse<byte[]> identity = identity(key(federated));

    assertThat(PortClient.element(identity, "Arn"))
        .isEqualTo("arn:aws:sts::111111111111:federated-user/ann");
    assertThat(PortClient.element(identity, "UserId")).isEqualTo("111111111111:ann");
  }

  @Test
  void aSessionThatIsOverIsRefused() throws Exception {
    String key = key(assume("arn:aws:iam::111111111111:role/MyRole"));

    whole
        .simulator
        .clock()
        .call(
            () -> {
              whole.simulator.clock().pause(Duration.ofMinutes(16));
              return null;
            });

    HttpResponse<byte[]> refused = identity(key);
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(PortClient.element(refused, "Code")).isEqualTo("ExpiredToken");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RoleArn=arn:aws:iam::111111111111:role/R&RoleSessionName=s | 1 validation error detected:"
            + " Value 's' at 'roleSessionName' failed to satisfy constraint: Member must have"
            + " length greater than or equal to 2",
        "RoleArn=arn:aws:iam::111111111111:role/R&RoleSessionName=ss&DurationSeconds=1 | 1"
            + " validation error detected: Value '1' at 'durationSeconds' failed to satisfy"
            + " constraint: Member must have value greater than or equal to 900",
        "RoleArn=arn:aws:iam::111111111111:user/R&RoleSessionName=ss |"
            + " arn:aws:iam::111111111111:user/R is invalid",
      })
  void inputThatAwsRefusesIsRefused(String input, String message) {
    HttpResponse<byte[]> refused =
        post("Action=AssumeRole&Version=2011-06-15&" + input, "AKIAIOSFODNN7EXAMPLE");

    assertThat(PortClient.element(refused, "Code")).isEqualTo("ValidationError");
    assertThat(PortClient.element(refused, "Message").replace("&apos;", "'")).isEqualTo(message);
  }

  private JsonNode assume(String role) {
    return whole.call(
        "sts",
        "AssumeRole",
        "{'RoleArn': '" + role + "', 'RoleSessionName': 'sess', 'DurationSeconds': 900}");
  }

  private static String key(JsonNode answer) {
    return answer.path("Credentials").path("AccessKeyId").asText();
  }

  private HttpResponse<byte[]> identity(String key) {
    return post("Action=GetCallerIdentity&Version=2011-06-15", key);
  }

  private HttpResponse<byte[]> post(String form, String key) {
    return port.send(
        "POST",
        "/",
        form,
        "Content-Type",
        "application/x-www-form-urlencoded",
        "Authorization",
        "AWS4-HMAC-SHA256 Credential="
            + key
            + "/20260101/us-east-1/sts/aws4_request, SignedHeaders=host, Signature=0");
  }
}
