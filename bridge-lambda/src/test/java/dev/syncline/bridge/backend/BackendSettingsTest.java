// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackendSettingsTest {
  private static final Map<String, String> COMPLETE =
      Map.of(
          "STATE_MACHINE_ARN", "arn:aws:states:eu-west-1:000000000000:stateMachine:names",
          "WORKER_FUNCTION_ARN", "arn:aws:lambda:eu-west-1:000000000000:function:worker",
          "WORKER_QUEUE_URL", "https://sqs.eu-west-1.amazonaws.com/000000000000/work",
          "WORKER_URL", "http://127.0.0.1:9/jobs",
          "RESULT_BUCKET", "results",
          "AWS_REGION", "eu-west-1");

  @Test
  void timeoutsHaveDefaults() {
    assertThat(BackendSettings.findTimeout(Map.of())).isEqualTo(Duration.ofMillis(1_500));
    assertThat(BackendSettings.startTimeout(Map.of())).isEqualTo(Duration.ofSeconds(3));
    assertThat(BackendSettings.connectTimeout(Map.of())).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void connectingMayTakeAThirdOfAStartAndNeverNoTimeAtAll() {
    assertThat(BackendSettings.connectTimeout(Map.of("START_TIMEOUT_MS", "600")))
        .isEqualTo(Duration.ofMillis(200));
    // Zero would mean: without limit.
    assertThat(BackendSettings.connectTimeout(Map.of("START_TIMEOUT_MS", "2")))
        .isEqualTo(Duration.ofMillis(1));
  }

  static Stream<Arguments> timeouts() {
    return Stream.of(
        Arguments.of(new StepFunctionsFactory(), "START_TIMEOUT_MS"),
        Arguments.of(new StepFunctionsFactory(), "FIND_TIMEOUT_MS"),
        Arguments.of(new ExpressFactory(), "START_TIMEOUT_MS"),
        Arguments.of(new LambdaFactory(), "START_TIMEOUT_MS"),
        Arguments.of(new LambdaFactory(), "STORE_TIMEOUT_MS"),
        Arguments.of(new SqsFactory(), "START_TIMEOUT_MS"),
        Arguments.of(new SqsFactory(), "STORE_TIMEOUT_MS"),
        Arguments.of(new HttpFactory(), "START_TIMEOUT_MS"),
        Arguments.of(new HttpFactory(), "FIND_TIMEOUT_MS"),
        Arguments.of(new HttpFactory(), "STORE_TIMEOUT_MS"));
  }

  @ParameterizedTest
  @MethodSource("timeouts")
  void aTimeoutThatIsNotANumberIsRefusedByName(BackendFactory factory, String variable) {
    factory.check(COMPLETE);

    for (String value : new String[] {"0", "-1", "1.5", "3s", "1000000"}) {
      assertThatThrownBy(() -> factory.check(with(variable, value)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              variable
                  + " must be a number of milliseconds from 1 to 999999, but is \""
                  + value
                  + "\"");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", " 250 ", "999999"})
  void aNumberOfMillisecondsIsTaken(String value) {
    new HttpFactory().check(with("START_TIMEOUT_MS", value));

    assertThat(BackendSettings.startTimeout(Map.of("START_TIMEOUT_MS", value)))
        .isEqualTo(Duration.ofMillis(Long.parseLong(value.strip())));
  }

  private static Map<String, String> with(String variable, String value) {
    var all = new HashMap<>(COMPLETE);
    all.put(variable, value);
    return all;
  }
}
