// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.corpus;

import dev.syncline.testing.RecordedData;
import dev.syncline.testing.RecordedScores;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every recorded execution, judged from L0 to L3. A case that does not reach L3 must be listed in
 * known-failures.txt with the first level it misses; a listed case that does better fails too, so
 * the list can only shrink.
 */
class RecordedBehaviourTest {
  private static final RecordedScores SCORES = new RecordedScores();

  @TestFactory
  Stream<DynamicTest> pure() {
    return bucket("pure");
  }

  @TestFactory
  Stream<DynamicTest> pureDistributed() {
    return bucket("pure-distributed");
  }

  @TestFactory
  Stream<DynamicTest> mocked() {
    return bucket("mocked");
  }

  @AfterAll
  static void printScores() {
    SCORES.print("recorded cases");
  }

  private static Stream<DynamicTest> bucket(String bucket) {
    Path cases = corpus();
    Map<String, Integer> known = knownFailures(bucket);
    return RecordedScores.files(cases.resolve(bucket)).stream()
        .map(file -> CorpusCase.read(bucket, file))
        .filter(one -> one.json().path("kind").asText().equals("execution"))
        .map(one -> DynamicTest.dynamicTest(one.name(), () -> check(one, known)));
  }

  private static void check(CorpusCase one, Map<String, Integer> known) {
    SCORES.check(one.bucket(), one.name(), one::run, known.getOrDefault(one.name(), 4) - 1);
  }

  static Path corpus() {
    return RecordedData.require("stepfunctions/cases");
  }

  private static Map<String, Integer> knownFailures(String bucket) {
    Map<String, Integer> known = new HashMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    RecordedBehaviourTest.class.getResourceAsStream("/known-failures.txt")),
                StandardCharsets.UTF_8))) {
      for (String line : lines.lines().toList()) {
        String[] parts = line.split(" ", 3);
        if (parts.length == 3 && parts[0].startsWith("L") && parts[1].equals(bucket)) {
          known.put(parts[2], Integer.valueOf(parts[0].substring(1)));
        }
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return known;
  }
}
