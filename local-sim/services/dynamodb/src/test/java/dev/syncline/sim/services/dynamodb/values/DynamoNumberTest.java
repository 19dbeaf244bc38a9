// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DynamoNumberTest {
  private static final String OVERFLOW =
      "Number overflow. Attempting to store a number with magnitude larger than supported range";
  private static final String UNDERFLOW =
      "Number underflow. Attempting to store a number with magnitude smaller than supported range";
  private static final String DIGITS =
      "Attempting to store more than 38 significant digits in a Number";
  private static final String NINES = "9".repeat(38);

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "-0,0",
    "+0,0",
    "0.000,0",
    "0e5,0",
    "0e125,0",
    "0e-130,0",
    "00,0",
    "1,1",
    "+1,1",
    "-1,-1",
    "007,7",
    "1e3,1000",
    "1E+3,1000",
    "1000,1000",
    "1.10,1.1",
    ".5,0.5",
    "5.,5",
    "-.50,-0.5",
    "0.0010,0.001",
    "12e-1,1.2",
    "1.5e1,15",
    "10e-1,1",
    "123456789012345678,123456789012345678",
    "1234567890123456789,1234567890123456789",
    "12345678901234567890123456789012345678,12345678901234567890123456789012345678",
    "1.2345678901234567890123456789012345678,1.2345678901234567890123456789012345678",
    "0.00000000000000000000000000000000000000000001,0.00000000000000000000000000000000000000000001"
  })
  void aNumberIsKeptInNormalForm(String text, String normal) {
    DynamoNumber number = DynamoNumber.parse(text);
    assertThat(number).hasToString(normal);
    assertThat(number).isEqualTo(DynamoNumber.parse(normal));
    assertThat(number).hasSameHashCodeAs(DynamoNumber.parse(normal));
    assertThat(number.value()).isEqualByComparingTo(new BigDecimal(normal));
    assertThat(number).isEqualTo(DynamoNumber.of(new BigDecimal(normal)));
  }

  @Test
  void theLimitsAreInside() {
    assertThat(DynamoNumber.parse("1e125")).hasToString("1" + "0".repeat(125));
    assertThat(DynamoNumber.parse("1e-130")).hasToString("0." + "0".repeat(129) + "1");
    assertThat(DynamoNumber.parse(NINES + "e88")).hasToString(NINES + "0".repeat(88));
    assertThat(DynamoNumber.parse("-" + NINES + "e88")).hasToString("-" + NINES + "0".repeat(88));
    assertThat(DynamoNumber.parse("0".repeat(300) + "1" + "0".repeat(125)))
        .hasToString("1" + "0".repeat(125));
    assertThat(DynamoNumber.parse("0." + "0".repeat(500)).signum()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "abc",
        " 1",
        "1 ",
        "1 2",
        "+",
        "-",
        ".",
        "e5",
        "1e",
        "1e+",
        "1e1.5",
        "1.2.3",
        "--1",
        "1-",
        "NaN",
        "Infinity",
        "-Infinity",
        "0x10",
        "1f",
        "1d",
        "1_000",
        "1,000",
        "\u0661",
        "1e5e5",
        "\n1"
      })
  void otherTextIsRefusedWithItself(String text) {
    assertThatThrownBy(() -> DynamoNumber.parse(text))
        .isInstanceOf(ValidationFault.class)
        .hasMessage("The parameter cannot be converted to a numeric value: " + text);
  }

  @Test
  void emptyTextIsRefused() {
    assertThatThrownBy(() -> DynamoNumber.parse(""))
        .hasMessage("The parameter cannot be converted to a numeric value");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e126",
        "-1e126",
        "10e125",
        "0.1e127",
        "1e99999999999999999999",
        "0e126",
        "-0e999"
      })
  void aMagnitudeAboveTheRangeIsRefused(String text) {
    assertThatThrownBy(() -> DynamoNumber.parse(text)).hasMessage(OVERFLOW);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1e-131", "-9e-131", "0.9e-130", "1e-99999999999999999999", "0e-131", "0e-999"})
  void aMagnitudeBelowTheRangeIsRefused(String text) {
    assertThatThrownBy(() -> DynamoNumber.parse(text)).hasMessage(UNDERFLOW);
  }

  @Test
  void moreThan38DigitsAreRefused() {
    for (String text :
        List.of(
            NINES + "1",
            "1" + "0".repeat(38) + "1",
            "1." + "0".repeat(37) + "1",
            "1e10".replace("e10", "0".repeat(37) + ".1"),
            "5".repeat(400_000).substring(399_950))) {
      assertThatThrownBy(() -> DynamoNumber.parse(text)).as(text).hasMessage(DIGITS);
    }
  }

  @Test
  void arithmeticIsExact() {
    assertThat(sum("1", "2")).isEqualTo("3");
    assertThat(sum("0.1", "0.2")).isEqualTo("0.3");
    assertThat(sum("999999999999999999", "999999999999999999")).isEqualTo("1999999999999999998");
    assertThat(sum("5", "-5")).isEqualTo("0");
    assertThat(sum("1e37", "1")).isEqualTo("1" + "0".repeat(36) + "1");
    assertThat(difference("1", "2")).isEqualTo("-1");
    assertThat(difference("0.3", "0.1")).isEqualTo("0.2");
    assertThat(difference(NINES, NINES)).isEqualTo("0");
    assertThat(difference("1000", "1")).isEqualTo("999");
  }

  @Test
  void aResultOutsideTheLimitsIsRefused() {
    assertThatThrownBy(() -> sum(NINES + "e88", "1e88")).hasMessage(OVERFLOW);
    assertThatThrownBy(() -> sum("1e38", "1")).hasMessage(DIGITS);
    assertThatThrownBy(() -> sum("1e125", "1e-130")).hasMessage(DIGITS);
    assertThatThrownBy(() -> difference("1.1e-130", "1e-130")).hasMessage(UNDERFLOW);
  }

  @Test
  void numbersOfWholeJavaTypes() {
    for (long value : new long[] {0, 1, -1, 1000, Long.MAX_VALUE, Long.MIN_VALUE}) {
      assertThat(DynamoNumber.of(value)).hasToString(Long.toString(value));
      assertThat(DynamoNumber.of(value)).isEqualTo(DynamoNumber.parse(Long.toString(value)));
    }
  }

  @Test
  void orderAndEqualityAreThoseOfTheValues() {
    var random = new SplittableRandom(20_261_130);
    for (int i = 0; i < 20_000; i++) {
      DynamoNumber a = RandomValues.number(random);
      DynamoNumber b = random.nextInt(4) == 0 ? a : RandomValues.number(random);
      BigDecimal x = a.value();
      BigDecimal y = b.value();
      assertThat(Integer.signum(a.compareTo(b))).as("%s %s", a, b).isEqualTo(x.compareTo(y));
      assertThat(a.equals(b)).as("%s %s", a, b).isEqualTo(x.compareTo(y) == 0);
      assertThat(DynamoNumber.parse(a.toString())).isEqualTo(a).hasSameHashCodeAs(a);
      assertThat(DynamoNumber.parse(x.toString())).isEqualTo(a);
      assertThat(DynamoNumber.of(x)).isEqualTo(a);
    }
  }

  @Test
  void sumsAreThoseOfBigDecimal() {
    var random = new SplittableRandom(7);
    int exact = 0;
    for (int i = 0; i < 20_000; i++) {
      DynamoNumber a = RandomValues.number(random);
      DynamoNumber b = RandomValues.number(random);
      BigDecimal sum = a.value().add(b.value());
      boolean fits =
          sum.stripTrailingZeros().precision() <= 38
              && (sum.signum() == 0
                  || (sum.precision() - 1 - sum.scale() <= 125
                      && sum.precision() - 1 - sum.scale() >= -130));
      if (fits) {
        exact++;
        assertThat(a.add(b).value()).isEqualByComparingTo(sum);
        assertThat(b.add(a).subtract(b)).isEqualTo(a);
      } else {
        assertThatThrownBy(() -> a.add(b)).isInstanceOf(ValidationFault.class);
      }
    }
    assertThat(exact).isGreaterThan(1000);
  }

  private static String sum(String a, String b) {
    return DynamoNumber.parse(a).add(DynamoNumber.parse(b)).toString();
  }

  private static String difference(String a, String b) {
    return DynamoNumber.parse(a).subtract(DynamoNumber.parse(b)).toString();
  }
}
