// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** API keys, and what usage plans let through. Expected: API Gateway's gateway response types. */
class UsagePlanTest extends GatewayFixture {
  private static final String VALUE = "a-key-of-twenty-or-more-characters";

  private String api = "";
  private String key = "";

  @BeforeEach
  void start() {
    api = gateway.api("");
    String resource = gateway.resource(api, "event");
    for (String method : new String[] {"POST", "PUT"}) {
      gateway.invoking(api, resource, method, ", 'apiKeyRequired': true");
    }
    gateway.invoking(api, resource, "GET", "");
    gateway.deploy(api);
    key =
        gateway
            .gateway("CreateApiKey", "{'name': 'k', 'enabled': true, 'value': '" + VALUE + "'}")
            .get("id")
            .asText();
  }

  @Test
  void withoutAKeyTheAnswerIs403Forbidden() {
    plan("");

    HttpResponse response = gateway.send(api, "POST", "/event", "{}");

    assertForbidden(response);
    assertThat(gateway.send(api, "GET", "/event", "").status()).isEqualTo(200);
  }

  @Test
  void aKeyThatIsWrongOrDisabledOrInNoPlanOfTheStageIs403Forbidden() {
    assertForbidden(post("wrong"));
    assertForbidden(post(VALUE));
    plan("");
    assertThat(post(VALUE).status()).isEqualTo(200);
    gateway.gateway(
        "UpdateApiKey",
        "{'apiKey': '"
            + key
            + "', 'patchOperations': [{'op': 'replace', 'path': '/enabled', 'value': 'false'}]}");

    assertForbidden(post(VALUE));
  }

  @Test
  void theFunctionIsToldWhichKeyItWas() {
    plan("");

    assertThat(post(VALUE).status()).isEqualTo(200);

    JsonNode identity = event.get("requestContext").get("identity");
    assertThat(identity.get("apiKey").asText()).isEqualTo(VALUE);
    assertThat(identity.get("apiKeyId").asText()).isEqualTo(key);
    gateway.send(api, "GET", "/event", "", "x-api-key", VALUE);
    assertThat(event.get("requestContext").get("identity").has("apiKey")).isFalse();
  }

  @Test
  void aQuotaThatIsUsedUpIs429UntilItsPeriodIsOver() {
    plan(", 'quota': {'limit': 2, 'period': 'DAY'}");

    assertThat(post(VALUE).status()).isEqualTo(200);
    assertThat(post(VALUE).status()).isEqualTo(200);
    assertRefusedWith429("Limit Exceeded", "LimitExceededException");
    pass(Duration.ofDays(1));
    assertThat(post(VALUE).status()).isEqualTo(200);
  }

  @Test
  void aPlansRateIs429UntilTimeHasPassed() {
    plan(", 'throttle': {'burstLimit': 1, 'rateLimit': 0.001}");

    assertThat(post(VALUE).status()).isEqualTo(200);
    assertRefusedWith429("Too Many Requests", "TooManyRequestsException");
    pass(Duration.ofSeconds(1001));
    assertThat(post(VALUE).status()).isEqualTo(200);
  }

  @Test
  void aPlansLimitForOneMethodIsThatMethodsOnly() {
    String plan = plan("");
    gateway.gateway(
        "UpdateUsagePlan",
        "{'usagePlanId': '"
            + plan
            + "', 'patchOperations': [{'op': 'replace', 'path': '/apiStages/"
            + api
            + ":dev/throttle/~1event~1POST/rateLimit', 'value': '0.001'}, {'op': 'replace',"
            + " 'path': '/apiStages/"
            + api
            + ":dev/throttle/~1event~1POST/burstLimit', 'value': '1'}]}");

    assertThat(post(VALUE).status()).isEqualTo(200);
    assertThat(post(VALUE).status()).isEqualTo(429);
    assertThat(gateway.send(api, "PUT", "/event", "{}", "x-api-key", VALUE).status())
        .isEqualTo(200);
  }

  private HttpResponse post(String value) {
    return gateway.send(api, "POST", "/event", "{}", "x-api-key", value);
  }

  private String plan(String members) {
    String plan =
        gateway
            .gateway(
                "CreateUsagePlan",
                "{'name': 'p', 'apiStages': [{'apiId': '"
                    + api
                    + "', 'stage': 'dev'}]"
                    + members
                    + "}")
            .get("id")
            .asText();
    gateway.gateway(
        "CreateUsagePlanKey",
        "{'usagePlanId': '" + plan + "', 'keyId': '" + key + "', 'keyType': 'API_KEY'}");
    return plan;
  }

  private void pass(Duration span) {
    var over = new CompletableFuture<Boolean>();
    gateway.clock.schedule(span, () -> over.complete(true));
    over.join();
  }

  private void assertRefusedWith429(String message, String errorType) {
    assertErrorResponse(post(VALUE), 429, message, errorType);
  }

  private static void assertForbidden(HttpResponse response) {
    assertErrorResponse(response, 403, "Forbidden", "ForbiddenException");
  }
}
