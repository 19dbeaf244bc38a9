// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventChannelTest {
  private static final String FIFTY = "a".repeat(50);

  @ParameterizedTest
  @CsvSource({
    "default, /default",
    "/default, /default",
    "default/, /default",
    "/default/a-b/C3/, /default/a-b/C3",
    "a/b/c/d/e, /a/b/c/d/e",
    "/0/1, /0/1",
  })
  void aChannelHasOneNormalFormWithAnySlashes(String text, String path) {
    assertThat(EventChannel.parse(text).path()).isEqualTo(path);
    assertThat(ChannelPattern.parse(text)).hasToString(path);
  }

  @ParameterizedTest
  @CsvSource({
    "'', empty segment",
    "/, empty segment",
    "//, empty segment",
    "a//b, empty segment",
    "//a, empty segment",
    "a//, empty segment",
    "a/b/c/d/e/f, more than 5 segments",
    "-a, begins or ends with a dash",
    "a-, begins or ends with a dash",
    "a/-, begins or ends with a dash",
    "a_b, only letters",
    "a b, only letters",
    "a.b, only letters",
    "ä, only letters",
    "a/é, only letters",
    "a/١, only letters",
    "a/\uD83D\uDE00, only letters",
    "a:b, only letters",
    "a*, only letters",
    "a/**, only letters",
    "a/*b, only letters",
    "a/*/b, only as the last segment",
    "*/b, only as the last segment",
  })
  void neitherPublishNorSubscribeTakesAChannelThatIsWrong(String text, String reason) {
    assertThatThrownBy(() -> EventChannel.parse(text))
        .isInstanceOf(InvalidEventChannelException.class)
        .hasMessageContaining(reason);
    assertThatThrownBy(() -> ChannelPattern.parse(text))
        .isInstanceOf(InvalidEventChannelException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void aSegmentHasFiftyCharactersAtMost() {
    assertThat(EventChannel.parse("a/" + FIFTY).lastSegment()).isEqualTo(FIFTY);
    assertThatThrownBy(() -> EventChannel.parse("a/" + FIFTY + "b"))
        .hasMessageContaining("longer than 50 characters");
  }

  @Test
  void aRefusalDoesNotRepeatATextOfAnyLength() {
    assertThatThrownBy(() -> EventChannel.parse("x".repeat(1_000_000)))
        .satisfies(refusal -> assertThat(refusal.getMessage()).hasSizeLessThan(200));
  }

  @Test
  void aWildcardIsForSubscribersOnly() {
    assertThat(ChannelPattern.parse("/a/b/*")).hasToString("/a/b/*");
    assertThat(ChannelPattern.parse("a/*")).hasToString("/a/*");
    assertThatThrownBy(() -> EventChannel.parse("/a/*"))
        .hasMessageContaining("only as the last segment of a subscription");
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "/*", "/*/"})
  void aWildcardNeedsALiteralNamespace(String text) {
    assertThatThrownBy(() -> ChannelPattern.parse(text))
        .isInstanceOf(InvalidEventChannelException.class);
  }

  @Test
  void aSlashAfterTheWildcardIsRefused() {
    assertThatThrownBy(() -> ChannelPattern.parse("/a/*/")).hasMessageContaining("slash after '*'");
  }

  @ParameterizedTest
  @CsvSource({
    "/a, /a, true",
    "/a, /a/b, false",
    "/a/*, /a, false",
    "/a/*, /a/b, true",
    "/a/*, /a/b/c/d/e, true",
    "/a/b/*, /a/b, false",
    "/a/b/*, /a/bc, false",
    "/a/b/*, /a/bc/d, false",
    "/a/*, /ab/c, false",
    "/a/*, /A/b, false",
  })
  void aWildcardReachesEveryDepthBelowItAndNotItself(String pattern, String channel, boolean hit) {
    assertThat(ChannelPattern.parse(pattern).matches(EventChannel.parse(channel))).isEqualTo(hit);

    var index = new ChannelIndex<String>();
    index.add(ChannelPattern.parse(pattern), "subscriber");
    assertThat(index.subscribers(EventChannel.parse(channel)).contains("subscriber"))
        .isEqualTo(hit);
  }

  @Test
  void theNamespaceIsTheFirstSegment() {
    assertThat(EventChannel.parse("/ns/a/b").namespace()).isEqualTo("ns");
    assertThat(EventChannel.parse("ns").namespace()).isEqualTo("ns");
    assertThat(EventChannel.parse("ns").lastSegment()).isEqualTo("ns");
    assertThat(ChannelPattern.parse("ns/*").namespace()).isEqualTo("ns");
  }
}
