// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The time-outs only end a match that hangs; none is near what a match takes. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class BoundedPatternTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "^(.*a){20}$",
        "^(a+)+\\1z$",
        "(?=(.*a){25}$)x",
        "a*a*a*a*a*a*a*a*a*a*a*a*a*b",
        "(?<!(?:a|b)c)(.*a){18}$"
      })
  void aPatternOfEndlessStepsEndsWithAnErrorThatNamesIt(String pattern) {
    String text = "a".repeat(60) + "!";

    assertThatThrownBy(() -> BoundedPattern.of(pattern).find(text))
        .isInstanceOf(PatternTooCostlyException.class)
        .hasMessageContaining(pattern)
        .hasMessageContaining("too many steps on a text of 61 characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"(a|b)*", "(?:a|bc?)+?$", "((a)|(b))*c"})
  void aTextThatNeedsTooDeepAStackEndsWithAnErrorThatNamesThePattern(String pattern) {
    String text = "ab".repeat(500_000);

    assertThatThrownBy(() -> BoundedPattern.of(pattern).matches(text))
        .isInstanceOf(PatternTooCostlyException.class)
        .hasMessageContaining(pattern);
  }

  @Test
  void aVirtualThreadSurvivesADeepMatchToo() throws Exception {
    var thrown = new java.util.concurrent.CompletableFuture<Throwable>();
    Thread.startVirtualThread(
        () -> {
          try {
            BoundedPattern.of("(a|b)*").matches("ab".repeat(500_000));
          } catch (Throwable failure) {
            thrown.complete(failure);
          }
        });

    assertThat(thrown.get(50, TimeUnit.SECONDS)).isInstanceOf(PatternTooCostlyException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(){2147483647}",
        "(?:(?:(?:){999}){999}){999}",
        "x(?:(?:^){9999}){9999}",
        "(?:|)(?:|)(?:|)(?:|)(?:|)(?:|)(?:|)(?:|)(?:|)(?:|)(?:|)(?:|)(?:|)(?:|)\\z",
        "(?<n>(?=\\A){200}){200}b",
        "(?:\\Q\\E){99999}",
        "[a-z](a?)(\\1{300}){300}"
      })
  void aPatternThatRepeatsWhatLooksAtNothingIsRefused(String pattern) {
    Pattern.compile(pattern);

    assertThatThrownBy(() -> BoundedPattern.of(pattern))
        .isInstanceOf(PatternSyntaxException.class)
        .hasMessageContaining("repeats what is empty too often");
  }

  @Test
  void aPatternThatIsNestedTooDeeplyIsRefused() {
    String pattern = "(".repeat(200_000) + ")".repeat(200_000);

    assertThatThrownBy(() -> BoundedPattern.of(pattern))
        .isInstanceOf(PatternSyntaxException.class)
        .hasMessageContaining("nested too deeply");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "^[a-z]+$ abc true",
        "^[a-z]+$ ab1 false",
        "^(|[0-9]{3})$ 123 true",
        "^(([0-9]|[1-9][0-9]|1[0-9]{2}|2[0-4][0-9]|25[0-5])\\.){3}([0-9]{1,3})$ 10.0.0.1 true",
        "^arn:(aws[a-zA-Z-]*)?:[a-z0-9]+:.*$ arn:aws:s3:::b true",
        "(?i)[A-Z]{1,1000}(?x)\\Q.\\E aa. true",
        "[^]\\[(]+ x true",
        "(?<year>\\d{4})-\\k<year>\\p{L}{1,64}? 2024-2024a true"
      })
  void ordinaryPatternsMatchAsTheyDo(String pattern, String text, boolean found) {
    assertThat(BoundedPattern.of(pattern).find(text)).isEqualTo(found);
    assertThat(BoundedPattern.of(pattern).matches(text))
        .isEqualTo(Pattern.compile(pattern).matcher(text).matches());
  }

  @Test
  void aPatternWithoutLoopsInLoopsReadsALongTextWhole() {
    String text = "a".repeat(4_000_000);

    assertThat(BoundedPattern.of("^[a-z]*$").matches(text)).isTrue();
    assertThat(BoundedPattern.of("b$").find(text)).isFalse();
  }

  @Test
  void oneBudgetServesSeveralMatches() {
    var budget = new MatchBudget(1_000);
    BoundedPattern pattern = BoundedPattern.of("b");

    assertThat(pattern.find("a".repeat(600), budget)).isFalse();
    assertThatThrownBy(() -> pattern.find("a".repeat(600), budget))
        .isInstanceOf(PatternTooCostlyException.class);
  }

  @Test
  void aPatternIsCompiledOnce() {
    assertThat(BoundedPattern.of("compiled-once")).isSameAs(BoundedPattern.of("compiled-once"));
  }
}
