// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@link FrameFuzzer} was begun with and what a search has found, each once more. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FrameFuzzTest {
  @TempDir Path work;

  @Test
  void afterAnyBytesOfAClientTheConnectionEndsAndNothingRemains() throws Exception {
    String[] names = new String(resource("index"), StandardCharsets.US_ASCII).strip().split("\n");
    assertThat(names).hasSizeGreaterThan(10);
    try (var port = new EchoPort(work, EchoPort.LIMITS)) {
      for (String name : names) {
        byte[] input = resource(name);
        try {
          FrameFuzzer.session(port, input);
        } catch (AssertionError | Exception failed) {
          throw new AssertionError(name + " " + Arrays.toString(input), failed);
        }
      }
    }
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = FrameFuzzTest.class.getResourceAsStream("FrameFuzzerInputs/" + name)) {
      assertThat(in).as(name).isNotNull();
      return in.readAllBytes();
    }
  }
}
