// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.jsonata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Failures read as the reference words them, with the function's name and values as JSON. */
class JsonataErrorsTest {
  private static final JsonataEnvironment SURROUNDINGS =
      new JsonataEnvironment(new SplittableRandom(1), Instant.EPOCH);

  private static List<String[]> rows() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(
            JsonataErrorsTest.class.getResourceAsStream("/jsonata-errors.txt"))) {
      return Arrays.stream(new String(file.readAllBytes(), StandardCharsets.UTF_8).split("\n"))
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" -> ", 2))
          .toList();
    }
  }

  private static JsonataException failure(String expression) {
    JsonataException failure =
        catchThrowableOfType(
            JsonataException.class,
            () -> Program.parse(expression).evaluate(null, Map.of(), SURROUNDINGS));
    assertThat(failure).as(expression).isNotNull();
    return failure;
  }

  @TestFactory
  Stream<DynamicTest> aFailureHasTheReferencesWords() throws IOException {
    return rows().stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row[0], () -> assertThat(failure(row[0])).hasMessage(row[1])));
  }

  /** Errors that no short expression causes, by name. */
  @Test
  void everyCodeIsTried() throws IOException {
    Set<String> tried =
        rows().stream().map(row -> row[1].substring(0, 5)).collect(Collectors.toSet());
    Set<String> untried = new TreeSet<>(ErrorTexts.codes());
    untried.removeAll(tried);
    assertThat(untried).containsExactly("D3136", "S0205", "S0206", "S0207", "S0209", "T0411");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$map([1], $nothing)",
        "$filter([1], $nothing)",
        "$split('a', $nothing)",
        "$match('a', $nothing)",
        "$parse('not json')",
        "$parse('{')",
        "$parse('')",
        "$sort([[1],2])",
        "$formatNumber(1, $nothing)",
        "$formatInteger(1, $nothing)",
        "$fromMillis(1e300)",
        "$hash('a', 'x')",
        "$base64decode(1)",
        "$toMillis('2020-01-01', '[Z')",
        "['a'] ~> |$|{'z':1}|",
        "(null)()",
        "/(/",
        "$power(1, $nothing)"
      })
  void noFailureSpeaksOfJava(String expression) {
    assertThat(failure(expression).words())
        .doesNotContain("java")
        .doesNotContain("dashjoin")
        .doesNotContain("Exception")
        .doesNotContain("Unrecognized token")
        .doesNotContain("null\"")
        .doesNotContain("{{");
  }
}
