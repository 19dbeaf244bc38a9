// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BridgeConfigTest {

  private static Map<String, String> with(String name, String value) {
    Map<String, String> environment = new HashMap<>(BridgeFixture.ENVIRONMENT);
    environment.put(name, value);
    return environment;
  }

  @Test
  void unsetValuesHaveTheirDefaults() {
    BridgeConfig config = BridgeConfig.fromEnvironment(BridgeFixture.ENVIRONMENT);
    assertThat(config.waitBudgetMillis()).isEqualTo(29_000);
    assertThat(config.marginMillis()).isEqualTo(1_000);
    assertThat(config.reconcileLeadMillis()).isEqualTo(1_000);
    assertThat(config.replies().orElseThrow().subscribeTimeoutMillis()).isEqualTo(5_000);
    assertThat(config.maxBodyBytes()).isEqualTo(261_120);
  }

  @ParameterizedTest
  @ValueSource(strings = {"APPSYNC_HTTP_HOST", "APPSYNC_NAMESPACE", "BACKEND", "STATE_MACHINE_ARN"})
  void missingValuesAreNamed(String variable) {
    Map<String, String> environment = new HashMap<>(BridgeFixture.ENVIRONMENT);
    environment.remove(variable);
    assertThatThrownBy(() -> BridgeConfig.fromEnvironment(environment))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(variable + " is not set");
  }

  @Test
  void theLambdaBackendNeedsItsFunction() {
    assertThatThrownBy(() -> BridgeConfig.fromEnvironment(with("BACKEND", "lambda")))
        .hasMessageStartingWith("WORKER_FUNCTION_ARN is not set");
  }

  @ParameterizedTest
  @CsvSource({
    "BACKEND, mainframe",
    "APPSYNC_NAMESPACE, a/b",
    "APPSYNC_NAMESPACE, not_a_segment",
    "APPSYNC_HTTP_HOST, https://x/event",
    "STATE_MACHINE_ARN, names",
    "STATE_MACHINE_ARN, arn:aws:lambda:eu-west-1:0:function:names",
    "WAIT_BUDGET_MS, 29s",
    "WAIT_BUDGET_MS, 0",
    "WAIT_BUDGET_MS, 900001",
    "DEADLINE_MARGIN_MS, -1",
    "RECONCILE_LEAD_MS, x",
    "SUBSCRIBE_TIMEOUT_MS, 0",
    "MAX_BODY_BYTES, 262144"
  })
  void invalidInputIsNamed(String variable, String value) {
    assertThatThrownBy(() -> BridgeConfig.fromEnvironment(with(variable, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(variable);
  }

  @Test
  void aMissingKeyIsSaidAtOnce() {
    Map<String, String> environment = new HashMap<>(BridgeFixture.ENVIRONMENT);
    environment.remove("APPSYNC_API_KEY");
    assertThatThrownBy(() -> BridgeConfig.fromEnvironment(environment))
        .hasMessageContaining("APPSYNC_API_KEY_SECRET_ARN")
        .hasMessageContaining("neither is set");
    assertThatThrownBy(
            () -> BridgeConfig.fromEnvironment(with("APPSYNC_API_KEY_SECRET_ARN", "arn:x")))
        .hasMessageContaining("both are set");
  }

  @Test
  void aHandlerConnectsToNothingUntilItIsUsed() {
    ManualTime time = new ManualTime();
    try (BridgeHandler handler = new BridgeHandler(BridgeFixture.ENVIRONMENT, time.clock(), time)) {
      assertThat(handler.metrics().get(BridgeMetrics.Counter.REQUESTS)).isZero();
      assertThat(time.pendingTimers()).isZero();
    }
  }
}
