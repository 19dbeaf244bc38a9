// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.testing.RecordedData;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
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
  private static final Map<String, int[]> SCORES = new HashMap<>();

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
    SCORES.forEach(
        (bucket, reached) ->
            System.out.printf(
                "recorded cases, %s: %d of which L0 %d, L1 %d, L2 %d, L3 %d%n",
                bucket, reached[4], reached[0], reached[1], reached[2], reached[3]));
  }

  private static Stream<DynamicTest> bucket(String bucket) {
    Path cases = corpus();
    Map<String, Integer> known = knownFailures(bucket);
    return files(cases.resolve(bucket)).stream()
        .map(file -> CorpusCase.read(bucket, file))
        .filter(one -> one.json().path("kind").asText().equals("execution"))
        .map(one -> DynamicTest.dynamicTest(one.name(), () -> check(one, known)));
  }

  private static void check(CorpusCase one, Map<String, Integer> known) {
    Judge.Verdict verdict;
    try {
      verdict = one.run();
    } catch (RuntimeException e) {
      verdict = new Judge.Verdict(-1, e.toString());
    }
    int[] reached = SCORES.computeIfAbsent(one.bucket(), b -> new int[5]);
    reached[4]++;
    for (int level = 0; level <= verdict.level(); level++) {
      reached[level]++;
    }
    if (Boolean.getBoolean("syncline.corpus.list")) {
      if (verdict.level() < 3) {
        System.out.println("L" + (verdict.level() + 1) + " " + one.bucket() + " " + one.name());
        System.out.println("    " + verdict.why());
      }
      return;
    }
    assertThat(verdict.level())
        .as("%s: %s", one.name(), verdict.why())
        .isEqualTo(known.getOrDefault(one.name(), 4) - 1);
  }

  static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
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
