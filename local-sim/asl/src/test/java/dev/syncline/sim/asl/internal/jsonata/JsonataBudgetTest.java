// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.jsonata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that would not end, or not fit: they end all the same, always at the same place. */
class JsonataBudgetTest {
  private static final JsonataEnvironment SURROUNDINGS =
      new JsonataEnvironment(new SplittableRandom(1), Instant.EPOCH);

  private static @Nullable Object evaluate(String expression) {
    return Program.parse(expression).evaluate(null, Map.of(), SURROUNDINGS);
  }

  @Test
  void aRecursionWithoutEndOverflowsTheStack() {
    assertThatThrownBy(() -> evaluate("($f := function($n) { $f($n + 1) + 1 }; $f(0))"))
        .hasMessageContaining(Budget.STACK_OVERFLOW);
  }

  @Test
  void aTailRecursionWithoutEndTimesOutWithoutAClock() {
    assertThatThrownBy(() -> evaluate("($f := function($n) { $f($n + 1) }; $f(0))"))
        .extracting(e -> ((JsonataException) e).words())
        .isEqualTo(Budget.TIMEOUT);
  }

  private static void assertTooLarge(String expression) {
    assertThatThrownBy(() -> evaluate(expression))
        .extracting(e -> ((JsonataException) e).words())
        .isEqualTo(Budget.MEMORY);
  }

  /** Measured on AWS: 873,782 elements pass. */
  @Test
  void aRangeMayHaveAsManyElementsAsOnAws() {
    assertThat(evaluate("$count([1..873782])")).isEqualTo(873_782.0);
    assertTooLarge("$count([1..873783])");
    assertTooLarge("$count($range(1, 1000000000, 1))");
    assertThatThrownBy(() -> evaluate("[1..1000000000]"))
        .extracting(e -> ((JsonataException) e).code())
        .isEqualTo("D2014");
  }

  /** Recorded on AWS, 2026-09-23. */
  @Test
  void paddingMayAddAsManyCharactersAsOnAws() {
    assertThat(evaluate("$length($pad('', 262144, 'xy'))")).isEqualTo(262_144.0);
    assertThat(evaluate("$length($pad($pad('', 131072, 'x'), 262145, 'x'))")).isEqualTo(262_145.0);
    assertThat(evaluate("$length($pad('', 131072, 'x') & $pad('', 131073, 'x'))"))
        .isEqualTo(262_145.0);
    assertTooLarge("$length($pad('', 262145, 'x'))");
    assertTooLarge("$pad('', -1000000000)");
  }

  @Test
  void textThatDoublesAndDoublesEnds() {
    assertThatThrownBy(
            () -> evaluate("$length($reduce([1..60], function($a, $b) { $a & $a }, 'xxxxxxxx'))"))
        .extracting(e -> ((JsonataException) e).words())
        .isEqualTo(Budget.MEMORY);
  }

  @Test
  void listsOfListsEnd() {
    assertThatThrownBy(() -> evaluate("[1..800000].[1..800000]"))
        .isInstanceOf(JsonataException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$match($t, /^(.*a)(.*a)(.*a)(.*a)(.*a)(.*a)b$/)",
        "$contains($t, /^(.*a)(.*a)(.*a)(.*a)(.*a)(.*a)b$/)",
        "$replace($t, /^(.*a)(.*a)(.*a)(.*a)(.*a)(.*a)b$/, 'x')",
        "$split($t, /(.*a)(.*a)(.*a)(.*a)(.*a)(.*a)b/)",
        "($re := /^(.*a)(.*a)(.*a)(.*a)(.*a)(.*a)b$/; $re($t))",
        "/^(.*a)(.*a)(.*a)(.*a)(.*a)(.*a)b$/($t)",
        "$t ~> /^(.*a)(.*a)(.*a)(.*a)(.*a)(.*a)b$/",
        "$match($t, /^(a|aa)+\\1(a|aa)+\\2c$/)",
        "$contains($t, /((){9999}){9999}c/)",
        "/((){9999}){9999}c/($t)"
      })
  void aPatternThatRunsAwayTimesOutWithoutAClock(String expression) {
    Program program = Program.parse(expression);
    assertThatThrownBy(() -> program.evaluate(null, Map.of("t", "a".repeat(400)), SURROUNDINGS))
        .extracting(e -> ((JsonataException) e).words())
        .isEqualTo(Budget.TIMEOUT);
  }

  @Test
  void ordinaryPatternsWork() {
    assertThat(evaluate("$replace('John Smith', /(\\w+)\\s(\\w+)/, '$2, $1 costs $$5')"))
        .isEqualTo("Smith, John costs $5");
    assertThat(String.valueOf(evaluate("$split('a1b22c', /[0-9]+/)"))).isEqualTo("[a, b, c]");
    assertThat(String.valueOf(evaluate("$match('ababbabbcc', /a(b+)/, 2).match")))
        .isEqualTo("[ab, abb]");
    assertThat(String.valueOf(evaluate("/a(b+)/('xabb').groups"))).isEqualTo("[bb]");
  }

  /** A library parts the text, where nothing counts its steps. */
  @Test
  void aTextThatFitsAPictureInTooManyWaysIsUndefined() {
    assertThat(evaluate("$toMillis($pad('', 200, '1') & 'x', '[Y][Y][Y][Y][Y][Y][Y][Y][Y][Y]')"))
        .isNull();
    assertThat(evaluate("$number('0x' & $pad('', 200000, 'f'))"))
        .isEqualTo(Double.POSITIVE_INFINITY);
  }
}
