// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.jsonata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberPictureTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "12345.6 | #,###.00 | 12,345.60",
        "-12345.6 | #,###.00 | -12,345.60",
        "1234567 | #,##0 | 1,234,567",
        "0.5 | 0% | 50%",
        "5 | 000 | 005",
        "0 | #.## | .0",
        "-3 | 0;(0) | (3)",
        "1234.5678 | 00.000e0 | 12.346e2",
        "0.000123 | 0.0e00 | 1.2e-04",
        "2.5 | 0 | 2",
        "3.5 | 0 | 4",
        "12 | $0.00 | $12.00",
      })
  void aPictureShapesANumber(String value, String picture, String expected) {
    assertThat(NumberPicture.format(new BigDecimal(value), picture, Map.of())).isEqualTo(expected);
  }

  @Test
  void optionsChangeTheCharacters() {
    assertThat(
            NumberPicture.format(
                new BigDecimal("1234567.8"),
                "#.##0,0",
                Map.of("decimal-separator", ",", "grouping-separator", ".")))
        .isEqualTo("1.234.567,8");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"0;0;0 | D3080", "0.0.0 | D3081", "0,.0 | D3087", "0, | D3088", "0# | D3090"})
  void aBrokenPictureIsRefusedWithItsCode(String picture, String code) {
    assertThatThrownBy(() -> NumberPicture.format(BigDecimal.ONE, picture, Map.of()))
        .isInstanceOfSatisfying(JsonataException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
