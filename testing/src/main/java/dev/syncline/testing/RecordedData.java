// SPDX-License-Identifier: Apache-2.0
package dev.syncline.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Assumptions;

/**
 * Responses recorded from AWS, which are not part of the repository: {@code ../shared/corpus}
 * beside the checkout. Thread-safe.
 */
public final class RecordedData {
  /** The reason of a skipped suite; the same for all, so that a report can group them. */
  private static final String MISSING =
      "recorded data (../shared/corpus) is not part of the repository, and not beside it";

  private static final AtomicBoolean TOLD = new AtomicBoolean();

  private RecordedData() {}

  /**
   * The file or folder at {@code path} of the recorded data. If it is missing, the calling test is
   * skipped, and one line per JVM reports it.
   */
  public static Path require(String path) {
    Optional<Path> found = find(Path.of(System.getProperty("user.dir")).toAbsolutePath(), path);
    if (found.isEmpty() && TOLD.compareAndSet(false, true)) {
      System.out.println("Suites are skipped here: " + MISSING + ".");
    }
    Assumptions.assumeTrue(found.isPresent(), MISSING);
    return found.orElseThrow();
  }

  /** The same for a test that runs in {@code directory}; empty if it is missing. */
  static Optional<Path> find(Path directory, String path) {
    for (Path folder = directory; folder != null; folder = folder.getParent()) {
      Path data = folder.resolveSibling("shared").resolve("corpus").resolve(path);
      if (Files.isDirectory(folder.resolve("local-sim")) && Files.exists(data)) {
        return Optional.of(data);
      }
    }
    return Optional.empty();
  }
}
