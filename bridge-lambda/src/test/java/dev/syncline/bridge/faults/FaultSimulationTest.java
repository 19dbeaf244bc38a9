// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The fault matrix: thousands of requests of every kind under faults drawn from a seed. Each client
 * gets its own correct answer once, within its deadline, directly or at {@code Location}. A failing
 * run prints the command that repeats it.
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
  void eachClientGetsItsOwnRightAnswerUnderFaults(String backend) throws Exception {
    FaultSimulation.Report report =
        FaultSimulation.run(new FaultSimulation.Settings(SEED, backend, REQUESTS));

    System.out.println(report);
    assertThat(report.violations()).as("%s", report).isEmpty();
    assertThat(report.faultsInAll()).as("faults that struck").isGreaterThan(REQUESTS / 8);
    assertThat(report.answers()).containsKey("POST 200");
  }

  @Test
  void oneSeedIsOneCourseOfEvents() throws Exception {
    var settings = new FaultSimulation.Settings(7, "stepfunctions", 200);
    FaultSimulation.Report first = FaultSimulation.run(settings);
    FaultSimulation.Report again = FaultSimulation.run(settings);
    FaultSimulation.Report other =
        FaultSimulation.run(new FaultSimulation.Settings(8, "stepfunctions", 200));

    assertThat(again).isEqualTo(first);
    assertThat(other.course()).isNotEqualTo(first.course());
  }

  /**
   * A call of each kind is held for longer than its client's default time-out. The clients'
   * time-outs use real time, hence the real pause.
   */
  @ParameterizedTest
  @ValueSource(strings = {"stepfunctions", "lambda", "http"})
  void aMachineThatStallsDoesNotChangeTheCourse(String backend) throws Exception {
    var settings = new FaultSimulation.Settings(3, backend, 60);
    FaultSimulation.Report first = FaultSimulation.run(settings);

    FaultSimulation.Report stalled =
        FaultSimulation.run(
            settings,
            call -> {
              if (call >= 10 && call < 13) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(3_200));
              }
            });

    assertThat(stalled).isEqualTo(first);
  }
}
