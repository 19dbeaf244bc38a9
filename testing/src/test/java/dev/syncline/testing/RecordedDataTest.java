// SPDX-License-Identifier: Apache-2.0
package dev.syncline.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

class RecordedDataTest {
  @TempDir private Path directory = Path.of(".");

  @Test
  void itLiesBesideTheCheckout() throws Exception {
    Path module = Files.createDirectories(directory.resolve("checkout/local-sim/asl"));
    Path data = Files.createDirectories(directory.resolve("shared/corpus/jsonata"));

    assertThat(RecordedData.find(module, "jsonata")).contains(data);
    assertThat(RecordedData.find(module, "other")).isEmpty();
  }

  @Test
  void aFolderBesideAnythingElseIsNotIt() throws Exception {
    Path elsewhere = Files.createDirectories(directory.resolve("elsewhere"));
    Files.createDirectories(directory.resolve("shared/corpus/jsonata"));

    assertThat(RecordedData.find(elsewhere, "jsonata")).isEmpty();
  }

  @Test
  void aTestThatNeedsWhatIsMissingIsSkippedForAReasonThatTheBuildAllows() {
    assertThatThrownBy(() -> RecordedData.require("no such folder"))
        .isInstanceOf(TestAbortedException.class)
        .hasMessageContaining("recorded data (../shared/corpus) is not part of the repository");
  }
}
