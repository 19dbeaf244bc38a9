// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WildcardsTest {
  @ParameterizedTest
  @CsvSource({
    "'', '', true",
    "'', a, false",
    "*, '', true",
    "a*c, abbc, true",
    "a*c, abbd, false",
    "a?c, abc, true",
    "a?c, ac, false",
    "*/GET/*, x/dev/GET/pets, true",
    "*/GET/*, x/dev/POST/pets, false",
    "**a, ba, true",
    "A, a, false",
    "a*b*c, axbxbc, true",
  })
  void aStarMatchesAnyTextAndAQuestionMarkOneCharacter(String pattern, String text, boolean same) {
    assertThat(Wildcards.matches(pattern, text)).isEqualTo(same);
  }

  @Test
  @Timeout(30)
  void manyStarsEnd() {
    assertThat(Wildcards.matches("*a".repeat(5_000) + "b", "a".repeat(20_000))).isFalse();
  }
}
