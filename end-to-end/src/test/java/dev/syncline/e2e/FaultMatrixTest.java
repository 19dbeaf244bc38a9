// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.benchmarks.FaultMatrix;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Hundreds of requests of every kind under faults drawn from a seed: each client gets its own right
 * answer, at once or at {@code Location}. For more than that run {@code FaultMatrix} of the
 * benchmarks with the seed that is printed here.
 */
@Timeout(600)
class FaultMatrixTest {

  @ParameterizedTest(name = "{0}, seed {1}")
  @CsvSource({"stepfunctions, 1, 300", "stepfunctions, 2, 300", "worker, 3, 80", "sqs, 4, 80"})
  void eachClientGetsItsOwnRightAnswerWhateverFails(String backend, long seed, int requests)
      throws Exception {
    FaultMatrix.Report report =
        FaultMatrix.run(
            new FaultMatrix.Settings(seed, backend, requests, FaultMatrix.inFlight(backend)));

    System.out.printf(
        "Fault matrix, %s: %d requests survived %d faults%n",
        backend, requests, report.faultsInAll());
    System.out.println(report);
    assertThat(report.violations()).as("%s", report).isEmpty();
    assertThat(report.faultsInAll()).as("faults that struck").isGreaterThan(15);
    assertThat(report.answers()).containsKey("answered");
  }
}
