// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerConfigTest {
  private final Map<String, String> environment =
      new HashMap<>(Map.of("APPSYNC_HTTP_HOST", "events.example.com", "APPSYNC_API_KEY", "da2-a"));

  @Test
  void onlyHostAndKeyAreNeeded() {
    WorkerConfig config = WorkerConfig.fromEnvironment(environment);

    assertThat(config.endpoint().publishUri()).hasToString("https://events.example.com/event");
    assertThat(config.apiKey().current()).isEqualTo("da2-a");
    assertThat(config.delay()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.toString()).doesNotContain("da2-a");
  }

  @Test
  void theDelayIsInMilliseconds() {
    environment.put("WORKER_DELAY_MS", "900000");
    assertThat(WorkerConfig.fromEnvironment(environment).delay()).isEqualTo(Duration.ofMinutes(15));

    environment.put("WORKER_DELAY_MS", "0");
    assertThat(WorkerConfig.fromEnvironment(environment).delay()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "10s", "1.5", "900001", "99999999999999999999", "١٠"})
  void aDelayThatIsNoneIsRefusedByName(String delay) {
    environment.put("WORKER_DELAY_MS", delay);

    assertThatThrownBy(() -> WorkerConfig.fromEnvironment(environment))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("WORKER_DELAY_MS must be a whole number from 0 to 900000")
        .hasMessageContaining(delay);
  }

  @Test
  void missingValuesAreRefusedByName() {
    environment.remove("APPSYNC_API_KEY");
    assertThatThrownBy(() -> WorkerConfig.fromEnvironment(environment))
        .hasMessageContaining("APPSYNC_API_KEY_SECRET_ARN");

    environment.remove("APPSYNC_HTTP_HOST");
    assertThatThrownBy(() -> WorkerConfig.fromEnvironment(environment))
        .hasMessageContaining("APPSYNC_HTTP_HOST is not set");
  }
}
