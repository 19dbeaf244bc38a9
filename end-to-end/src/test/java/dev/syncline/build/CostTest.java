// SPDX-License-Identifier: Apache-2.0
package dev.syncline.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.benchmarks.CostTable;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** The figures of the cost page are computed, not remembered. */
class CostTest {

  @Test
  void thePageHasTheTableThatThePricesGive() throws Exception {
    String page = Files.readString(Sources.root().resolve("docs/cost.md"));
    assertThat(page).contains(CostTable.markdown());
  }
}
