// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.templates;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code $util.time} on a clock that stands. */
class UtilTimeTest {
  private final TemplateBench bench = new TemplateBench();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$util.time.nowISO8601()|2018-02-06T19:01:35.750Z",
        "$util.time.nowEpochSeconds() $util.time.nowEpochMilliSeconds()|1517943695 1517943695750",
        "$util.time.nowFormatted('yyyy-MM-dd HH:mm:ssZ')|2018-02-06 19:01:35+0000",
        "$util.time.nowFormatted('yyyy-MM-dd HH:mm:ssZ', 'Australia/Perth')|2018-02-07"
            + " 03:01:35+0800",
        "$util.time.parseFormattedToEpochMilliSeconds('2018-02-01 17:21:05+0800', 'yyyy-MM-dd"
            + " HH:mm:ssZ')|1517476865000",
        "$util.time.parseFormattedToEpochMilliSeconds('2018-02-01 17:21:05', 'yyyy-MM-dd HH:mm:ss',"
            + " 'Australia/Perth')|1517476865000",
        "$util.time.nowFormatted('EEEE, d MMMM yyyy h a')|Tuesday, 6 February 2018 7 PM",
        "$util.time.parseISO8601ToEpochMilliSeconds('2018-02-01T17:21:05.180+08:00')|1517476865180",
        "$util.time.epochMilliSecondsToSeconds(1517943695750)|1517943695",
        "$util.time.epochMilliSecondsToISO8601(1517943695750)|2018-02-06T19:01:35.750Z",
        "$util.time.epochMilliSecondsToFormatted(1517943695750, 'yyyy-MM-dd HH:mm:ssZ')|2018-02-06"
            + " 19:01:35+0000",
        "$util.time.epochMilliSecondsToFormatted(1517943695750, 'HH', 'Australia/Perth')|03",
      })
  void timesAreWrittenAndRead(String template, String expected) {
    assertThat(bench.render(template)).isEqualTo(expected);
  }

  @Test
  void whatCannotBeReadFails() {
    assertThat(bench.render("$util.time.parseISO8601ToEpochMilliSeconds('yesterday')"))
        .startsWith("failed Error transforming the velocity template: $util.time.parseISO8601");
    assertThat(bench.render("$util.time.nowFormatted('bb', 'No/Zone')")).startsWith("failed ");
    assertThat(bench.render("$util.time.epochMilliSecondsToSeconds($none)")).startsWith("failed ");
  }
}
