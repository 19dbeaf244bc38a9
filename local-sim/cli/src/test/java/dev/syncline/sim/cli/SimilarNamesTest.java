// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SimilarNamesTest {
  @Test
  void aSwappedLetterAndAMissingOneAreNear() {
    assertThat(SimilarNames.hint("statsu", List.of("status", "down")))
        .isEqualTo("; did you mean status?");
    assertThat(SimilarNames.hint("/aws/lambda/bridg", List.of("/aws/lambda/bridge", "/aws/sqs")))
        .isEqualTo("; did you mean /aws/lambda/bridge?");
  }

  @Test
  void theNearestComesFirstAndAtMostThreeAreShown() {
    assertThat(SimilarNames.hint("orders", List.of("orders-dead", "orders2", "order", "my-orders")))
        .isEqualTo("; did you mean orders2 or order or my-orders?");
  }

  @Test
  void fewNamesAreAllShownWhenNoneIsNear() {
    assertThat(SimilarNames.hint("zebra", List.of("up", "down"))).isEqualTo("; there is up, down");
    assertThat(SimilarNames.hint("zebra", List.of("1", "2", "3", "4", "5", "6", "7"))).isEmpty();
    assertThat(SimilarNames.hint("zebra", List.of())).isEmpty();
  }
}
