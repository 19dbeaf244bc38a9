// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.values;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The inputs that {@link ItemFuzzer} keeps, and changes of them under a fixed seed. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ItemFuzzTest {
  @Test
  void everyKeptInputIsRefusedOrStored() throws Exception {
    List<byte[]> inputs = ItemFuzzer.inputs();
    assertThat(inputs).hasSizeGreaterThan(10);
    for (byte[] input : inputs) {
      try {
        ItemFuzzer.check(input);
      } catch (AssertionError | RuntimeException failed) {
        throw new AssertionError(new String(input, StandardCharsets.UTF_8), failed);
      }
    }
  }

  @Test
  void everyChangedInputIsRefusedOrStored() throws Exception {
    List<byte[]> inputs = ItemFuzzer.inputs();
    var random = new SplittableRandom(13);
    int items = 0;
    for (int i = 0; i < 30_000; i++) {
      byte[] input = ItemFuzzer.change(inputs, random);
      try {
        items += ItemFuzzer.check(input) == ItemFuzzer.Outcome.ITEM ? 1 : 0;
      } catch (AssertionError | RuntimeException failed) {
        throw new AssertionError(new String(input, StandardCharsets.UTF_8), failed);
      }
    }
    assertThat(items).isGreaterThan(300);
  }
}
