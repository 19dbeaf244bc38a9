// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the end of a runtime's process is told. */
class RuntimeErrorsTest {
  @ParameterizedTest
  @CsvSource({
    "0, Runtime exited without providing a reason",
    "3, Runtime exited with error: exit status 3",
    "134, Runtime exited with error: signal: aborted (core dumped)",
    "137, Runtime exited with error: signal: killed",
    "139, Runtime exited with error: signal: segmentation fault (core dumped)",
    "143, Runtime exited with error: signal: terminated",
    "163, Runtime exited with error: signal: signal 35"
  })
  void aSignalIsNamedAsOnAws(int status, String how) {
    FunctionOutcome outcome = RuntimeErrors.exited("id", status);

    assertThat(new String(outcome.payload(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"errorType\":\"Runtime.ExitError\",\"errorMessage\":\"RequestId: id Error: "
                + how
                + "\"}");
  }
}
