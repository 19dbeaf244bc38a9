// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultBodyTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":1.50}          | {\"id\":\"w-1\",\"a\":1.50}",
        "{ \"a\" : \"é\\u00e9\" } | {\"id\":\"w-1\",\"a\" : \"é\\u00e9\" }",
        "{}                    | {\"id\":\"w-1\"}",
        "{ }                   | {\"id\":\"w-1\"}",
        "[1,2]                 | {\"id\":\"w-1\",\"result\":[1,2]}",
        "null                  | {\"id\":\"w-1\",\"result\":null}",
        "\"x\"                 | {\"id\":\"w-1\",\"result\":\"x\"}",
        "{\"x\":{\"id\":7}}    | {\"id\":\"w-1\",\"x\":{\"id\":7}}",
        "{\"id\":\"w-1\",\"a\":1} | {\"id\":\"w-1\",\"a\":1}",
        "{\"a\":1,\"id\":7}    | {\"id\":\"w-1\",\"result\":{\"a\":1,\"id\":7}}"
      })
  void theIdJoinsTheResultAndNothingOfTheResultChanges(String result, String body) {
    assertThat(ResultBody.of("w-1", result, ResponseFormat.V1)).isEqualTo(body);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"nome_completo\":\"Ricardo Marques\"} | {\"id\":\"w-1\",\"nome completo\":\"Ricardo"
            + " Marques\"}",
        "{\"x\":1,\"nome_completo\":\"a \\\"b\\\"\"} | {\"id\":\"w-1\",\"nome completo\":\"a"
            + " \\\"b\\\"\"}",
        "{\"fullName\":\"A\"} | {\"id\":\"w-1\",\"fullName\":\"A\"}"
      })
  void theSamplesFormatUsesTheSamplesKey(String result, String body) {
    assertThat(ResultBody.of("w-1", result, ResponseFormat.SEED)).isEqualTo(body);
  }
}
