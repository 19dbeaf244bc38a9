// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.expressions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionFuzzTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anyTextGivesAResultOrAFault(long seed) {
    assertThat(new ExpressionFuzzer(seed).run(4000)).isPositive();
  }
}
