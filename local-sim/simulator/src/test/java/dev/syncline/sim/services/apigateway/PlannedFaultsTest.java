// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.kernel.Fault;
import dev.syncline.sim.kernel.FaultRule;
import dev.syncline.sim.service.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Faults planned for Lambda strike the invocation, not the gateway's own permission check. */
class PlannedFaultsTest extends GatewayFixture {
  private String api = "";

  @BeforeEach
  void deploy() {
    answer = "{\"statusCode\": 201}";
    api = eventApi("");
  }

  @Test
  void aThrottleIsThatOfTheInvocationAndIsUsedUpByIt() {
    gateway.faults.add(
        new FaultRule("call", Map.of("service", "lambda"), 1, 1, new Fault.Throttle()));
    HttpResponse first = gateway.send(api, "POST", "/event", "{}");
    assertThat(first.status()).isEqualTo(500);
    assertThat(Gateway.text(first)).isEqualTo("{\"message\":\"Internal server error\"}");
    assertThat(reason()).isEqualTo("Lambda invocation failed with status: 429. Rate Exceeded.");
    assertThat(invocations).hasValue(0);
    assertThat(gateway.faults.rules()).isEmpty();
    assertThat(gateway.send(api, "POST", "/event", "{}").status()).isEqualTo(201);
    assertThat(invocations).hasValue(1);
  }

  @Test
  void noFaultStrikesThePermissionCheck() {
    gateway.faults.add(
        FaultRule.always("call", new Fault.Refuse(500, "ServiceException", "no"))
            .when("service", "lambda")
            .when("operation", "GetPolicy"));
    assertThat(gateway.send(api, "POST", "/event", "{}").status()).isEqualTo(201);
  }

  @Test
  void anErrorOfLambdaItselfIsABadGateway() {
    gateway.faults.add(
        FaultRule.always("call", new Fault.Refuse(500, "ServiceException", "no"))
            .when("operation", "Invoke"));
    assertThat(gateway.send(api, "POST", "/event", "{}").status()).isEqualTo(502);
    assertThat(reason()).isEqualTo("Lambda invocation failed with status: 500. no");
  }

  @Test
  void withoutPermissionNothingIsInvoked() {
    gateway.call("lambda", "RemovePermission", "{'FunctionName': 'f', 'StatementId': 's1'}");
    assertThat(gateway.send(api, "POST", "/event", "{}").status()).isEqualTo(500);
    assertThat(reason()).endsWith("Invalid permissions on Lambda function");
    assertThat(invocations).hasValue(0);
  }

  private String reason() {
    return ((GatewayEvent.Responded)
            gateway
                .journal
                .select(entry -> entry.event() instanceof GatewayEvent.Responded)
                .getLast()
                .event())
        .reason();
  }
}
