// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.trigger;

import static dev.syncline.sim.services.cognito.token.TokenFixture.error;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallPrincipal;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.cognito.pool.TriggerCalls;
import dev.syncline.sim.services.cognito.token.TokenFixture;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls of triggers and the errors that they lead to, in AWS's words. */
class LambdaTriggersTest {
  private final TokenFixture pool = new TokenFixture();

  @AfterEach
  void close() {
    pool.close();
  }

  private Optional<ObjectNode> call() {
    ObjectNode settings = Json.object();
    settings.putObject("LambdaConfig").put("PreSignUp", TokenFixture.FUNCTION);
    var call =
        new TriggerCalls.TriggerCall(
            pool.pool(settings),
            "PreSignUp",
            "PreSignUp_AdminCreateUser",
            null,
            "bob",
            Map.of("email", "bob@example.com"),
            null,
            Json.object(),
            Json.object().put("autoConfirmUser", false));
    return pool.call(() -> pool.triggers.call(call));
  }

  @Test
  void callsAsCognitoForThePool() {
    pool.function =
        event -> {
          ((ObjectNode) event.path("response")).put("autoConfirmUser", true);
          return TokenFixture.returned(event);
        };
    assertThat(call().orElseThrow().path("autoConfirmUser").asBoolean()).isTrue();
    assertThat(pool.callers)
        .containsExactly(
            new CallPrincipal.Service(
                "cognito-idp.amazonaws.com", pool.pool().arn(), TokenFixture.ACCOUNT));
    ObjectNode event = pool.events.get(0);
    assertThat(event.at("/callerContext/clientId").asText()).isEqualTo("CLIENT_ID_NOT_APPLICABLE");
    assertThat(event.at("/request/userAttributes").toString())
        .isEqualTo("{\"email\":\"bob@example.com\"}");
  }

  @Test
  void aPoolWithoutTheTriggerCallsNothing() {
    var call =
        new TriggerCalls.TriggerCall(
            pool.pool(Json.object()),
            "PostConfirmation",
            "PostConfirmation_ConfirmSignUp",
            null,
            "bob",
            Map.of(),
            null,
            Json.object(),
            Json.object());
    assertThat(pool.triggers.call(call)).isEmpty();
    assertThat(pool.events).isEmpty();
  }

  @Test
  void triggersThatWouldNeedAKeyAreRefusedByName() {
    assertThat(
            error(
                () -> {
                  ObjectNode config = Json.object();
                  config.putObject("CustomEmailSender").put("LambdaArn", TokenFixture.FUNCTION);
                  LambdaTriggers.requireSupported(config);
                  return config;
                }))
        .startsWith("InvalidParameterException: ")
        .contains("CustomEmailSender");
  }

  @Test
  void anErrorOfTheFunctionIsTold() {
    pool.function = event -> TokenFixture.failed("Only friends");
    assertThat(error(this::call))
        .isEqualTo("UserLambdaValidationException: PreSignUp failed with error Only friends.");
  }

  @Test
  void otherOutputIsRefused() {
    for (String output : new String[] {"null", "\"ok\"", "{}", "[1]", "", "{\"response\":null}"}) {
      pool.function = event -> Output.raw(200, Map.of(), output.getBytes(StandardCharsets.UTF_8));
      assertThat(error(this::call))
          .isEqualTo("InvalidLambdaResponseException: Unrecognizable lambda output");
    }
  }

  @Test
  void aMissingPermissionIsTold() {
    pool.permitted = false;
    assertThat(error(this::call))
        .isEqualTo(
            "UnexpectedLambdaException: PreSignUp invocation failed due to error"
                + " AccessDeniedException.");
    assertThat(pool.events).isEmpty();
  }

  @Test
  void anErrorOfLambdaIsTold() {
    pool.function =
        event -> {
          throw new AwsException("TooManyRequestsException", 429, "Rate Exceeded.");
        };
    assertThat(error(this::call))
        .isEqualTo(
            "UnexpectedLambdaException: PreSignUp invocation failed due to error"
                + " TooManyRequestsException.");
  }

  @Test
  void aSlowFunctionIsCalledThreeTimes() throws Exception {
    var never = new CompletableFuture<Output>();
    pool.function = event -> pool.clock.await(never);
    var result = new CompletableFuture<String>();
    Thread caller = Thread.ofVirtual().start(() -> result.complete(error(this::call)));
    while (!result.isDone()) {
      pool.clock.advance(Duration.ofSeconds(1));
      Thread.yield();
    }
    caller.join();
    assertThat(result.get())
        .isEqualTo(
            "UnexpectedLambdaException: PreSignUp invocation failed due to error Socket timeout"
                + " while invoking Lambda function.");
    assertThat(pool.events).hasSize(3);
    never.complete(Output.empty());
  }
}
