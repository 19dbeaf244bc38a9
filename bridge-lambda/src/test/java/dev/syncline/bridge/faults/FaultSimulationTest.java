// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The fault matrix: thousands of requests of every kind under faults drawn from a seed. Each client
 * gets its own right answer once, within its deadline, at once or at {@code Location}. A failing
 * run tells the command that repeats it, step by step.
 */
@Timeout(900)
class FaultSimulationTest {
  private static final long SEED = 1;
  private static final int REQUESTS = 350;

  static List<String> backends() {
    return FaultSimulation.BACKENDS;
  }

  @ParameterizedTest
  @MethodSource("backends")
  void eachClientGetsItsOwnRightAnswerWhateverFails(String backend) throws Exception {
    FaultSimulation.Report report =
        FaultSimulation.run(new FaultSimulation.Settings(SEED, backend, REQUESTS));

    System.out.println(report);
    assumeUndisturbed(report);
    assertThat(report.violations()).as("%s", report).isEmpty();
    assertThat(report.faultsInAll()).as("faults that struck").isGreaterThan(REQUESTS / 8);
    assertThat(report.answers()).containsKey("POST 200");
  }

  /** On a machine that stands still the SDK's own time-outs, which are real, strike too. */
  private static void assumeUndisturbed(FaultSimulation.Report report) {
    assumeFalse(report.disturbed(), "the machine stood still for nearly a second or longer");
  }

  @Test
  void oneSeedIsOneCourseOfEvents() throws Exception {
    var settings = new FaultSimulation.Settings(7, "stepfunctions", 200);
    FaultSimulation.Report first = FaultSimulation.run(settings);
    FaultSimulation.Report again = FaultSimulation.run(settings);
    FaultSimulation.Report other =
        FaultSimulation.run(new FaultSimulation.Settings(8, "stepfunctions", 200));

    assumeUndisturbed(first);
    assumeUndisturbed(again);
    assertThat(again).isEqualTo(first);
    assertThat(other.course()).isNotEqualTo(first.course());
  }
}
