// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorSanitizerTest {

  @Test
  void ofALambdaFailureOnlyTheMessageRemains() {
    assertThat(
            ErrorSanitizer.cause(
                "{\"errorMessage\":\"no surname\",\"errorType\":\"X\",\"stackTrace\":[\"a.b.C\"]}"))
        .isEqualTo("no surname");
  }

  @Test
  void aStackTraceIsCutOff() {
    assertThat(
            ErrorSanitizer.cause(
                "java.lang.IllegalStateException: no surname\n\tat dev.x.Y.z(Y.java:17)\n\tat q"))
        .isEqualTo("java.lang.IllegalStateException: no surname");
    assertThat(ErrorSanitizer.cause("boom\nTraceback (most recent call last):\n  File"))
        .isEqualTo("boom");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "key da2-abcdefghijklmnopqrstuvwxyz refused | key *** refused",
        "AKIAIOSFODNN7EXAMPLE is unknown            | *** is unknown",
        "sent x-api-key: hunter2, got 401           | sent x-api-key: ***, got 401",
        "Authorization: Bearer abc.def              | Authorization: ***",
        "Meet me at noon (or later)                 | Meet me at noon (or later)",
        "plain text                                 | plain text"
      })
  void secretsAreHiddenAndNothingElse(String text, String clean) {
    assertThat(ErrorSanitizer.cause(text)).isEqualTo(clean);
  }

  @Test
  void aCauseIsNotEndless() {
    assertThat(ErrorSanitizer.cause("x".repeat(100_000))).hasSize(2_001);
  }
}
