// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OrderedBytesTest {
  @Test
  void theOrderOfNumbersIsThatOfTheirValues() {
    String nines = "9".repeat(38);
    List<String> ascending =
        List.of(
            "-" + nines + "e88",
            "-1e125",
            "-100.5",
            "-100",
            "-99.9",
            "-12",
            "-11",
            "-10.01",
            "-10",
            "-2",
            "-1.5",
            "-1",
            "-0.15",
            "-0.1",
            "-1.1e-130",
            "-1e-130",
            "0",
            "1e-130",
            "1.1e-130",
            "9e-130",
            "1e-129",
            "0.1",
            "0.101",
            "0.11",
            "0.15",
            "1",
            "1.5",
            "2",
            "10",
            "10.01",
            "11",
            "12",
            "99.9",
            "100",
            "100.5",
            "1e125",
            nines + "e88");
    for (int i = 0; i < ascending.size(); i++) {
      for (int j = 0; j < ascending.size(); j++) {
        assertThat(
                Integer.signum(
                    Arrays.compareUnsigned(number(ascending.get(i)), number(ascending.get(j)))))
            .as("%s and %s", ascending.get(i), ascending.get(j))
            .isEqualTo(Integer.compare(i, j));
      }
    }
    assertThat(number("1000")).isEqualTo(number("1e3")).isEqualTo(number("+1000.0"));
    assertThat(number("-0")).isEqualTo(number("0"));
  }

  @ParameterizedTest
  @EnumSource(names = {"S", "N", "B"})
  void theOrderOfBytesIsThatOfValues(AttributeType type) {
    var random = new SplittableRandom(42);
    for (int i = 0; i < 20_000; i++) {
      AttributeValue a = RandomValues.scalar(random, type);
      AttributeValue b = random.nextInt(8) == 0 ? a : RandomValues.scalar(random, type);
      int expected = Integer.signum(ScalarOrder.compare(a, b));
      assertThat(Integer.signum(Arrays.compareUnsigned(bytes(a), bytes(b))))
          .as("%s and %s", a, b)
          .isEqualTo(expected);
      assertThat(a.equals(b)).isEqualTo(expected == 0);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"S", "N", "B"})
  void theOrderOfPairsGoesByTheFirstValue(AttributeType type) {
    var random = new SplittableRandom(43);
    for (int i = 0; i < 20_000; i++) {
      AttributeValue a = RandomValues.scalar(random, type);
      AttributeValue b = random.nextBoolean() ? a : RandomValues.scalar(random, type);
      AttributeValue c = RandomValues.scalar(random, AttributeType.B);
      AttributeValue d = RandomValues.scalar(random, AttributeType.B);
      int first = ScalarOrder.compare(a, b);
      int expected = first != 0 ? first : ScalarOrder.compare(c, d);
      assertThat(Integer.signum(Arrays.compareUnsigned(bytes(a, c), bytes(b, d))))
          .isEqualTo(Integer.signum(expected));
    }
  }

  @Test
  void stringsGoByUtf8AndNotByUtf16() {
    // U+FF5E is below U+10400 in UTF-8 and above it in UTF-16.
    AttributeValue low = new AttributeValue.S("\uFF5E");
    AttributeValue high = new AttributeValue.S("\uD801\uDC00");
    assertThat(Arrays.compareUnsigned(bytes(low), bytes(high))).isNegative();
    assertThat(ScalarOrder.compare(low, high)).isNegative();
  }

  @Test
  void aPrefixIsThatOfWhatBeginsWithIt() {
    var random = new SplittableRandom(44);
    for (int i = 0; i < 5_000; i++) {
      String begin = RandomValues.text(random);
      var prefix = new ByteArrayOutputStream();
      OrderedBytes.writePrefix(prefix, new AttributeValue.S(begin));
      byte[] whole = bytes(new AttributeValue.S(begin + RandomValues.text(random)));
      assertThat(Arrays.copyOf(whole, prefix.size())).isEqualTo(prefix.toByteArray());
    }
  }

  @Test
  void otherTypesHaveNoOrder() {
    var out = new ByteArrayOutputStream();
    assertThatThrownBy(() -> OrderedBytes.write(out, new AttributeValue.Bool(true)))
        .hasMessage("no key may have the type BOOL");
    assertThatThrownBy(() -> OrderedBytes.writePrefix(out, new AttributeValue.N(DynamoNumber.ZERO)))
        .hasMessage("no key may have the type N");
  }

  private static byte[] number(String text) {
    return bytes(new AttributeValue.N(DynamoNumber.parse(text)));
  }

  private static byte[] bytes(AttributeValue... values) {
    var out = new ByteArrayOutputStream();
    for (AttributeValue value : values) {
      OrderedBytes.write(out, value);
    }
    return out.toByteArray();
  }
}
