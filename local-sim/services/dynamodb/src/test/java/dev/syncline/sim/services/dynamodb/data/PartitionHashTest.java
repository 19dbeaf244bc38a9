// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.services.dynamodb.values.AttributeValue;
import dev.syncline.sim.services.dynamodb.values.DynamoNumber;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The orders are those in which AWS scanned tables with these keys, as dynalite's tests have them.
 */
class PartitionHashTest {
  private static List<AttributeValue> sorted(Stream<AttributeValue> keys) {
    return keys.sorted(
            (left, right) ->
                Arrays.compareUnsigned(
                    PartitionHash.of(List.of(left)), PartitionHash.of(List.of(right))))
        .toList();
  }

  @Test
  void stringsComeInAwsOrder() {
    List<String> expected =
        List.of(
            "2", "8", "9", "1", "6", "hello", "0", "5", "4", "äáöü", "aardman", "7", "3", "zapf");
    assertThat(sorted(expected.stream().sorted().map(AttributeValue.S::new)))
        .extracting(value -> ((AttributeValue.S) value).value())
        .isEqualTo(expected);
  }

  @Test
  void numbersComeInAwsOrder() {
    List<String> expected =
        List.of(
            "7",
            "999.9",
            "8",
            "3",
            "2",
            "-999.9",
            "9",
            "4",
            "-0.09",
            "6",
            "1",
            "0",
            "0.012345",
            "5");
    assertThat(
            sorted(
                expected.stream()
                    .sorted()
                    .map(text -> new AttributeValue.N(DynamoNumber.parse(text)))))
        .extracting(value -> ((AttributeValue.N) value).value().toString())
        .isEqualTo(expected);
  }
}
