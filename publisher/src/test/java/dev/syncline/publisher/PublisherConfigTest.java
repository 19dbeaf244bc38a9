// SPDX-License-Identifier: Apache-2.0
package dev.syncline.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PublisherConfigTest {
  private final PublisherConfig defaults =
      PublisherConfig.of(EventsEndpoint.of("example.com"), Authorization.apiKey("key"));

  @Test
  void differencesAreChangedAndTheRestIsKept() {
    PublisherConfig config =
        defaults
            .withMaxAttempts(1)
            .withBackoff(Duration.ZERO, Duration.ofMillis(5))
            .withTimeouts(Duration.ofMillis(6), Duration.ofMillis(7))
            .withMaxConnections(8);

    assertThat(config)
        .isEqualTo(
            new PublisherConfig(
                defaults.endpoint(),
                defaults.authorization(),
                1,
                Duration.ZERO,
                Duration.ofMillis(5),
                Duration.ofMillis(6),
                Duration.ofMillis(7),
                8));
  }

  @Test
  void aValueOutOfRangeIsRefusedByName() {
    assertThatThrownBy(() -> defaults.withMaxAttempts(0))
        .hasMessage("maxAttempts must be 1 to 20, but is 0");
    assertThatThrownBy(() -> defaults.withMaxConnections(1_001))
        .hasMessageStartingWith("maxConnections must be 1 to 1000");
    assertThatThrownBy(() -> defaults.withTimeouts(Duration.ZERO, Duration.ofSeconds(1)))
        .hasMessageStartingWith("connectTimeout must be 1 ms to 1 min");
    assertThatThrownBy(() -> defaults.withTimeouts(Duration.ofSeconds(1), Duration.ofHours(1)))
        .hasMessageStartingWith("responseTimeout must be 1 ms to 1 min");
    assertThatThrownBy(() -> defaults.withBackoff(Duration.ofMillis(-1), Duration.ZERO))
        .hasMessageStartingWith("baseBackoff must not be negative");
    assertThatThrownBy(() -> defaults.withBackoff(Duration.ofMillis(2), Duration.ofMillis(1)))
        .hasMessageStartingWith("maxBackoff must not be below baseBackoff");
  }

  @Test
  void theBoundOfThePauseDoublesUpToItsLimitWithoutOverflow() {
    Backoff backoff =
        new Backoff(20, Duration.ofMillis(100), Duration.ofDays(365), d -> {}, () -> 0L);

    assertThat(backoff.boundMillis(1)).isEqualTo(100);
    assertThat(backoff.boundMillis(4)).isEqualTo(800);
    assertThat(backoff.boundMillis(20)).isEqualTo(100L << 19);
    assertThat(
            new Backoff(20, Duration.ofMillis(100), Duration.ofMillis(250), d -> {}, () -> 0L)
                .boundMillis(3))
        .isEqualTo(250);
  }
}
