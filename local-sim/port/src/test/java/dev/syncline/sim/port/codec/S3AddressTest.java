// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syncline.sim.service.AwsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys with odd bytes. */
class S3AddressTest {
  @ParameterizedTest
  @ValueSource(strings = {"%ff", "a%c3", "%ed%a0%80", "%c0%af"})
  void bytesThatAreNotUtf8AreRefusedBecauseTheyWouldBeOneKey(String path) {
    assertThatThrownBy(() -> S3Address.decode(path))
        .isInstanceOf(AwsException.class)
        .hasMessageContaining("The path is not UTF-8.");
  }

  @Test
  void everyCharacterIsAKey() {
    assertThat(S3Address.decode("a+b%2Bc%20%C3%BC/%F0%9F%98%80")).isEqualTo("a+b+c ü/\uD83D\uDE00");
    assertThat(S3Address.decode("%ef%bf%bd")).isEqualTo("\uFFFD");
  }
}
