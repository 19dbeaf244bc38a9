// SPDX-License-Identifier: Apache-2.0
package dev.syncline.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelTest {
  private static final String MAX_SEGMENT = "a".repeat(Channel.MAX_SEGMENT_LENGTH);

  @ParameterizedTest
  @ValueSource(strings = {"/ns/env/exec-1", "ns/env/exec-1", "ns/env/exec-1/", "/ns/env/exec-1/"})
  void slashesAtTheEndsMakeNoDifference(String text) {
    Channel channel = Channel.of(text);

    assertThat(channel.path()).isEqualTo("/ns/env/exec-1");
    assertThat(channel.segments()).containsExactly("ns", "env", "exec-1");
    assertThat(channel.namespace()).isEqualTo("ns");
    assertThat(channel.leaf()).isEqualTo("exec-1");
    assertThat(channel).isEqualTo(Channel.of("ns/env/exec-1")).hasToString("/ns/env/exec-1");
    assertThat(channel.isWildcard()).isFalse();
  }

  @Test
  void fiveSegmentsOfFiftyCharactersAreAllowed() {
    String text = String.join("/", MAX_SEGMENT, MAX_SEGMENT, MAX_SEGMENT, MAX_SEGMENT, MAX_SEGMENT);

    assertThat(Channel.of(text).segments()).hasSize(5);
  }

  @Test
  void caseMatters() {
    assertThat(Channel.of("/Orders")).isNotEqualTo(Channel.of("/orders"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|it is empty",
        "/|it is empty",
        "//|it is empty",
        "//ns|segment 1 is empty",
        "ns//a|segment 2 is empty",
        "ns/a//|segment 3 is empty",
        "a/b/c/d/e/f|it has 6 segments and at most 5 are allowed",
        "ns/-a|segment 2 begins or ends with a dash",
        "ns/a-|segment 2 begins or ends with a dash",
        "ns/-|segment 2 begins or ends with a dash",
        "ns/a_b|segment 2 has '_'",
        "ns/a b|segment 2 has the character U+0020",
        "ns/é|segment 2 has the character U+00E9",
        "ns/arn:aws|segment 2 has ':'",
        "ns/*|segment 2 has a wildcard, and events are published to one channel",
        "*|segment 1 has a wildcard",
      })
  void aRefusalNamesTheSegmentAndTheRule(String text, String reason) {
    assertThatThrownBy(() -> Channel.of(text))
        .isInstanceOf(InvalidChannelException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void aSegmentOfFiftyOneCharactersIsRefused() {
    assertThatThrownBy(() -> Channel.of("ns/" + MAX_SEGMENT + "a"))
        .isInstanceOf(InvalidChannelException.class)
        .hasMessageContaining("segment 2 has 51 characters and at most 50 are allowed");
  }

  @Test
  void aHostileTextCannotForgeALogLine() {
    assertThatThrownBy(() -> Channel.of("ns/a\nERROR all is lost" + "x".repeat(10_000)))
        .isInstanceOf(InvalidChannelException.class)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n").hasSizeLessThan(300));
  }

  @Test
  void aSubscriptionMayEndInAWildcard() {
    Channel channel = Channel.subscription("ns/env/*");

    assertThat(channel.path()).isEqualTo("/ns/env/*");
    assertThat(channel.isWildcard()).isTrue();
    assertThat(Channel.subscription("/ns/env").isWildcard()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/*|the first segment is the namespace and cannot be a wildcard",
        "ns/*/|nothing, not even a slash, may follow the wildcard",
        "ns/*/a|segment 2 has a wildcard, which is allowed only as the whole last segment",
        "ns/a*|segment 2 has a wildcard, which is allowed only as the whole last segment",
        "ns/**|segment 2 has a wildcard, which is allowed only as the whole last segment",
        "a/b/c/d/e/*|it has 6 segments",
      })
  void aWildcardElsewhereIsRefused(String text, String reason) {
    assertThatThrownBy(() -> Channel.subscription(text))
        .isInstanceOf(InvalidChannelException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void aWildcardCoversEveryDepthBelowAndNotTheChannelAbove() {
    Channel wildcard = Channel.subscription("/ns/env/*");

    assertThat(wildcard.covers(Channel.of("/ns/env/a"))).isTrue();
    assertThat(wildcard.covers(Channel.of("/ns/env/a/b"))).isTrue();
    assertThat(wildcard.covers(Channel.of("/ns/env"))).isFalse();
    assertThat(wildcard.covers(Channel.of("/ns/env2/a"))).isFalse();
    assertThat(wildcard.covers(Channel.of("/ns"))).isFalse();
  }

  @Test
  void anExactSubscriptionCoversItselfOnly() {
    Channel exact = Channel.subscription("/ns/env");

    assertThat(exact.covers(Channel.of("ns/env/"))).isTrue();
    assertThat(exact.covers(Channel.of("ns/env/a"))).isFalse();
  }
}
