// SPDX-License-Identifier: Apache-2.0
package dev.syncline.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Counts how many recorded cases reach each level. A case must reach exactly the level that is
 * expected of it, so that a list of known misses can only shrink. {@code
 * -Dsyncline.corpus.list=true} prints the misses and fails nothing. Not thread-safe.
 */
public final class RecordedScores {
  /** The number of levels, from L0 on. */
  public static final int LEVELS = 4;

  private final Map<String, int[]> reached = new TreeMap<>();

  /** The highest level reached, -1 for none, and why not more. */
  public record Verdict(int level, String why) {}

  /** Judges a case. An exception of {@code run} reaches no level. */
  public void check(String bucket, String name, Supplier<Verdict> run, int expectedLevel) {
    Verdict verdict;
    try {
      verdict = run.get();
    } catch (RuntimeException failed) {
      verdict = new Verdict(-1, failed.toString());
    }
    int[] counts = reached.computeIfAbsent(bucket, first -> new int[LEVELS + 1]);
    counts[LEVELS]++;
    for (int level = 0; level <= verdict.level(); level++) {
      counts[level]++;
    }
    if (!Boolean.getBoolean("syncline.corpus.list")) {
      assertEquals(expectedLevel, verdict.level(), name + ": " + verdict.why());
    } else if (verdict.level() < LEVELS - 1) {
      System.out.printf("L%d %s %s%n    %s%n", verdict.level() + 1, bucket, name, verdict.why());
    }
  }

  /** Prints the counts, a line a bucket. */
  public void print(String title) {
    reached.forEach(
        (bucket, counts) ->
            System.out.printf(
                "%s, %s: %d of which L0 %d, L1 %d, L2 %d, L3 %d%n",
                title, bucket, counts[LEVELS], counts[0], counts[1], counts[2], counts[3]));
  }

  /** The JSON files of a folder, by name. */
  public static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
