// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.benchmarks.FaultMatrix;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The fault matrix over the wire: requests of every kind through gateway, functions, queue,
 * workflow and channel, with faults drawn from a seed. Each client gets its own correct answer,
 * immediately or at {@code Location}. Threads interleave differently in each run; {@code
 * FaultSimulationTest} of the bridge repeats them, for thousands of requests over every backend.
 * For longer runs use {@code FaultMatrix} in the benchmarks.
 *
 * <p>Its cases run one after another: a busy machine makes each jump of the skipping clock slower.
 */
@Timeout(600)
class FaultMatrixTest {

  @ParameterizedTest(name = "{0}, seed {1}")
  @CsvSource({"stepfunctions, 1, 120", "worker, 3, 40", "sqs, 4, 40"})
  void eachClientGetsItsOwnRightAnswerUnderFaults(String backend, long seed, int requests)
      throws Exception {
    FaultMatrix.Report report =
        FaultMatrix.run(
            new FaultMatrix.Settings(seed, backend, requests, FaultMatrix.inFlight(backend)));

    System.out.printf(
        "Fault matrix, %s: %d requests survived %d faults%n",
        backend, requests, report.faultsInAll());
    System.out.println(report);
    assertThat(report.violations()).as("%s", report).isEmpty();
    assertThat(report.faultsInAll()).as("faults that struck").isGreaterThan(5);
    assertThat(report.answers()).containsKey("answered");
  }
}
