// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.jsonata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JSONata as Step Functions has it, by reports of people who measured it on AWS. */
class StepFunctionsJsonataTest {
  private static final JsonataEnvironment SURROUNDINGS =
      new JsonataEnvironment(new SplittableRandom(1), Instant.parse("2026-02-03T04:05:06.789Z"));

  private static @Nullable Object evaluate(String expression) {
    return Program.parse(expression).evaluate(null, Map.of(), SURROUNDINGS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // What JSON has no number for is a text.
        "1/0 | \"Infinity\"",
        "-1/0 | \"-Infinity\"",
        "0/0 | \"NaN\"",
        "1e308*10 | \"Infinity\"",
        "{'k':[1/0]} | {\"k\":[\"Infinity\"]}",
        // Whole numbers have no fraction, large ones Java's exponent.
        "1.0 | 1",
        "1e2 | 100",
        "10/2 | 5",
        "0.1+0.2 | 0.30000000000000004",
        "$parse('1.0') | 1",
        "$parse('1e2') | 100",
        "$parse('9223372036854775808') | 9.223372036854776E18",
        "-0 | 0",
        // Texts have digits up to 1e21, fifteen of them.
        "$string(1e19) | \"10000000000000000000\"",
        "$string(1.5e20) | \"150000000000000000000\"",
        "$string(1e21) | \"1e+21\"",
        "$string(1e-7) | \"1e-7\"",
        "$string(0.000001) | \"0.000001\"",
        "$string({'n':1e20}) | `\"{\\\"n\\\":100000000000000000000}\"`",
        "'n' & 1.0 | \"n1\"",
        "$string(0.1+0.2) | \"0.3\"",
        // What Step Functions adds.
        "$range(-1.7, 2, 1) | [-1,0,1,2]",
        "$range(1, 5.9, 1) | [1,2,3,4,5]",
        "$range(5, 1, -2) | [5,3,1]",
        "$exists($range(1, 5)) | false",
        "$exists($range(1, 5, 0)) | false",
        "$exists($range(1, 5, 0.5)) | false",
        "$partition([1,2,3,4,5], 2.9) | [[1,2],[3,4],[5]]",
        "$partition([], 2) | []",
        "$random(42) | 0.7275636800328681",
        "$hash('a', 'MD5') | \"0cc175b9c0f1b6a831c399e269772661\"",
        "$map(['{\"a\":1}','{\"a\":2}'], $parse).a | [1,2]",
        "$map(['a','b'], $uppercase) | [\"A\",\"B\"]",
        "$encodeUrl('a b') | \"a%20b\"",
        "$encodeUrl('http://x/\u00e9?a=b c#d') | \"http://x/%C3%A9?a=b%20c#d\"",
        "$encodeUrlComponent('a b&c/d') | \"a%20b%26c%2Fd\"",
        "$encodeUrlComponent(\"!~*'()\") | \"!~*'()\"",
        "$decodeUrl('a%20b%2Fc') | \"a b%2Fc\"",
        "$decodeUrlComponent('a%20b%2Fc+d') | \"a b/c+d\"",
        "$now() | \"2026-02-03T04:05:06.789Z\"",
        "$millis() | 1770091506789",
        "$fromMillis($toMillis('12:30', '[H01]:[m01]')) | \"2026-02-03T12:30:00.000Z\"",
        "$fromMillis($toMillis('05-06', '[M01]-[D01]')) | \"2026-05-06T00:00:00.000Z\"",
        "$toMillis('1970-01-01T00:00:01.5Z') | 1500",
        "$toMillis('2017-10-30T16:25:32.935Z') | 1509380732935",
        "$toMillis('2018') | 1514764800000",
        "$replace('xay', /a$/, 'b') | \"xay\"",
      })
  void anExpressionGivesWhatItGivesOnAws(String expression, String expected) {
    assertThat(Conversion.toJson(evaluate(expression))).hasToString(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "$parse('{\"a\":1,\"a\":2}') | D3137: Invalid JSON",
        "$parse('1e400') | D3137: Invalid JSON",
        "$parse('[1e400]') | D3137: Invalid JSON",
        "$parse('not json') | D3137: Invalid JSON",
        "$parse('1 2') | D3137: Invalid JSON",
        "$parse(1) | T0410: Argument 1 of function \"parse\" does not match function signature",
        "$uuid('x') | T0410: Argument 1 of function \"uuid\" does not match function signature",
        "$random(1, 2) | T0410: Argument 2 of function \"random\" does not match function"
            + " signature",
        "$random('x') | T0410: Argument 1 of function \"random\" does not match function signature",
        "$partition([1], 0) | T0410: Argument 2 of function \"partition\" does not match function"
            + " signature",
        "$hash('a', 'x') | T0410: Argument 2 of function \"hash\" does not match function"
            + " signature",
        "$eval('1') | T1006: Attempted to invoke a non-function",
      })
  void aWrongArgumentIsRefused(String expression, String message) {
    assertThatThrownBy(() -> evaluate(expression)).hasMessage(message);
  }

  @Test
  void evaluationsNestAHundredTimes() {
    String terms = String.join("+", Collections.nCopies(100, "1"));

    assertThat(evaluate(terms)).isEqualTo(100.0);
    assertThatThrownBy(() -> evaluate(terms + "+1"))
        .extracting(e -> ((JsonataException) e).words())
        .asString()
        .startsWith("Stack overflow error: ")
        .endsWith("Depth=101 max=100");
  }

  /** Both came with JSONata 2.1.0; Step Functions documents 2.0.6. */
  @ParameterizedTest
  @ValueSource(strings = {"1 ?? 2", "1 ?: 2", "$x.a ?? 1"})
  void operatorsOfLaterVersionsAreRefused(String expression) {
    assertThatThrownBy(() -> Program.parse(expression)).hasMessageStartingWith("S0211");
  }
}
