// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.http.HttpResponse;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Patterns and schemas of a developer that need endless steps. The time-out only ends a test that
 * hangs.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class UserPatternsTest extends GatewayFixture {
  private static final String TEXT = "{\"e\":\"" + "a".repeat(60) + "!\"}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'properties':{'e':{'pattern':'^(.*a){20}$'}}}",
        "{'properties':{'e':{'pattern':'^(a+)+\\\\1z$'}}}",
        "{'patternProperties':{'e':{'anyOf':[{'pattern':'^(.*a){20}$'}]}}}"
      })
  void aPatternOfEndlessStepsAnswers400AndIsNamed(String schema) {
    String api = withModel(schema);

    HttpResponse answer = gateway.send(api, "POST", "/event", TEXT);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(Gateway.text(answer))
        .startsWith("{\"message\":\"Invalid request body. The regular expression '")
        .contains("takes too many steps on a text of 61 characters");
  }

  @Test
  void aPropertyNameIsMatchedWithinBoundsToo() {
    String api = withModel("{'patternProperties':{'^(.*a){20}$':{}}}");

    HttpResponse answer = gateway.send(api, "POST", "/event", "{\"" + "a".repeat(60) + "!\":1}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(Gateway.text(answer)).contains("^(.*a){20}$");
  }

  @Test
  void aTextThatOverflowsTheStackOfAPatternAnswers400AndNamesIt() {
    String api = withModel("{'properties':{'e':{'pattern':'^(a|b)*$'}}}");

    HttpResponse answer =
        gateway.send(api, "POST", "/event", "{\"e\":\"" + "ab".repeat(300_000) + "\"}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(Gateway.text(answer)).contains("'^(a|b)*$' needs too deep a stack");
  }

  @Test
  void aSchemaThatRefersToItselfManyTimesEnds() {
    String api =
        withModel(
            "{'$ref':'#/definitions/n','definitions':{'n':{'anyOf':[{'allOf':["
                + "{'$ref':'#/definitions/n'},{'$ref':'#/definitions/n'},{'type':'array'}]}]}}}");

    HttpResponse answer = gateway.send(api, "POST", "/event", "{}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(Gateway.text(answer)).contains("The model's schemas take too many steps");
  }

  @Test
  void aPatternThatNoBudgetCountsIsRefusedWithItsModel() {
    assertThatThrownBy(() -> withModel("{'properties':{'e':{'pattern':'((){9999}){9999}'}}}"))
        .isInstanceOf(AwsException.class)
        .hasMessageContaining("((){9999}){9999}")
        .hasMessageContaining("repeats what is empty too often");
  }

  @ParameterizedTest
  @ValueSource(strings = {"'minimum':1", "'maximum':1", "'multipleOf':3", "'type':'number'"})
  void aNumberBeyondTheRangeOfADoubleAnswers400(String rule) {
    String api = withModel("{'properties':{'e':{" + rule + "}}}");

    HttpResponse answer = gateway.send(api, "POST", "/event", "{\"e\":1e999999999}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(Gateway.text(answer)).contains("Invalid request body");
  }

  @ParameterizedTest
  @ValueSource(strings = {"'minimum':1e999", "'maximum':'x'", "'multipleOf':0", "'multipleOf':'1'"})
  void aBoundThatNoNumberMeetsIsRefusedWithTheModel(String rule) {
    assertThatThrownBy(() -> withModel("{'properties':{'e':{" + rule + "}}}"))
        .isInstanceOf(AwsException.class)
        .hasMessageContaining("Invalid model schema specified. '" + rule.split("'", 3)[1] + "' is");
  }

  @Test
  void manySuchRequestsAtOnceLeaveTheGatewayAnswering() throws Exception {
    String bad = withModel("{'properties':{'e':{'pattern':'^(.*a){20}$'}}}");
    var answers = new ArrayList<CompletableFuture<HttpResponse>>();
    for (int i = 0; i < 4 * Runtime.getRuntime().availableProcessors(); i++) {
      var answer = new CompletableFuture<HttpResponse>();
      answers.add(answer);
      Thread.startVirtualThread(() -> answer.complete(gateway.send(bad, "POST", "/event", TEXT)));
    }
    var other = new CompletableFuture<HttpResponse>();
    Thread.startVirtualThread(
        () -> other.complete(gateway.send(bad, "POST", "/event", "{\"e\":\"a\"}")));

    assertThat(other.get(60, TimeUnit.SECONDS).status()).isEqualTo(400);
    for (CompletableFuture<HttpResponse> answer : answers) {
      assertThat(answer.get(60, TimeUnit.SECONDS).status()).isEqualTo(400);
    }
  }

  @Test
  void aSelectionPatternIsMatchedWithinBounds() {
    assertThat(mocked("^([0-9]*[0-9]*[0-9]*[0-9]*){20}x$").status()).isEqualTo(500);
    assertThat(mocked("((){9999}){9999}").status()).isEqualTo(500);
    assertThatThrownBy(() -> mocked("["))
        .hasMessageContaining("Invalid selection pattern specified: [");
    assertThat(mocked("20\\\\d").status()).isEqualTo(204);
  }

  private HttpResponse mocked(String selectionPattern) {
    String api = gateway.api("");
    String id = gateway.resource(api, "mock");
    gateway.mock(
        api,
        id,
        "GET",
        ", 'requestTemplates': {'application/json': '{\\\"statusCode\\\": 204}'}",
        "204",
        Map.of(),
        ", 'selectionPattern': '" + selectionPattern + "'");
    gateway.deploy(api);
    return gateway.send(api, "GET", "/mock", "");
  }

  private String withModel(String schema) {
    String api = gateway.api("");
    gateway.model(api, "Event", schema);
    gateway.invoking(
        api, gateway.resource(api, "event"), "POST", gateway.checkedBy(api, "Event", ""));
    gateway.deploy(api);
    return api;
  }
}
