// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.services.secretsmanager.RandomPassword;
import dev.syncline.sim.testing.CoreServices;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The services through the dispatcher, as those inside call them. */
class CoreServicesTest {
  @AutoClose private final CoreServices services = new CoreServices(new ClockMode.Manual());

  @Test
  void aDeletedSecretIsGoneWhenItsRecoveryWindowHasPassed() {
    services.call("secretsmanager", "CreateSecret", "{'Name':'s','SecretString':'x'}");
    services.call("secretsmanager", "DeleteSecret", "{'SecretId':'s','RecoveryWindowInDays':7}");
    services.clock.advance(Duration.ofDays(6));
    JsonNode planned = services.call("secretsmanager", "DescribeSecret", "{'SecretId':'s'}");
    assertThat(planned.has("DeletedDate")).isTrue();
    services.clock.advance(Duration.ofDays(1));
    assertError(
        "ResourceNotFoundException",
        () -> services.call("secretsmanager", "RestoreSecret", "{'SecretId':'s'}"));
    services.call("secretsmanager", "CreateSecret", "{'Name':'s','SecretString':'y'}");
  }

  @Test
  void aRepeatedTokenIsTheSameVersionAndAnotherValueUnderItIsRefused() {
    String token = "0123456789abcdef0123456789abcdef";
    services.call("secretsmanager", "CreateSecret", "{'Name':'s','SecretString':'x'}");
    String put = "{'SecretId':'s','SecretString':'%s','ClientRequestToken':'" + token + "'}";
    services.call("secretsmanager", "PutSecretValue", put.formatted("y"));
    services.call("secretsmanager", "PutSecretValue", put.formatted("y"));
    assertError(
        "ResourceExistsException",
        () -> services.call("secretsmanager", "PutSecretValue", put.formatted("z")));
    assertThat(
            services
                .call("secretsmanager", "GetSecretValue", "{'SecretId':'s'}")
                .path("VersionId")
                .asText())
        .isEqualTo(token);
  }

  @Test
  void aGeneratedSecretFollowsItsRules() throws Exception {
    var rules =
        new Input(
            Json.object()
                .put("SecretStringTemplate", "{\"user\":\"u\"}")
                .put("GenerateStringKey", "password")
                .put("PasswordLength", 40)
                .put("ExcludeLowercase", true)
                .put("ExcludePunctuation", true));
    JsonNode secret = Json.MAPPER.readTree(RandomPassword.secretString(services.ids, rules));
    assertThat(secret.path("user").asText()).isEqualTo("u");
    assertThat(secret.path("password").asText()).matches("[A-Z0-9]{40}");
  }

  @Test
  void logLinesOfOtherServicesCanBeReadAndTheOldestGoFirst() {
    for (int i = 0; i < 50_100; i++) {
      services.logs.append("/aws/lambda/f", "s", services.clock.now(), "line " + i);
    }
    JsonNode first =
        services.call(
            "logs",
            "GetLogEvents",
            "{'logGroupName':'/aws/lambda/f','logStreamName':'s','startFromHead':true,'limit':1}");
    assertThat(first.path("events").path(0).path("message").asText()).isEqualTo("line 100");
  }

  @Test
  void logEventsPastTheirRetentionAreGone() {
    services.logs.append("g", "s", services.clock.now(), "old");
    services.call("logs", "PutRetentionPolicy", "{'logGroupName':'g','retentionInDays':1}");
    services.clock.advance(Duration.ofDays(2));
    services.logs.append("g", "s", services.clock.now(), "new");
    assertThat(
            services
                .call("logs", "FilterLogEvents", "{'logGroupName':'g'}")
                .path("events")
                .findValuesAsText("message"))
        .isEqualTo(List.of("new"));
  }

  @Test
  void anUnknownMemberIsRefusedByName() {
    assertThatThrownBy(
            () -> services.call("secretsmanager", "CreateSecret", "{'Name':'s','Colour':'red'}"))
        .hasMessageContaining("Colour");
  }

  private static void assertError(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            AwsException.class, error -> assertThat(error.code()).isEqualTo(code));
  }
}
