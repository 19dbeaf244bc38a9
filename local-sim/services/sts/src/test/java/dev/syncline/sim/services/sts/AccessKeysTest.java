// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.service.contract.AccessKeys.AccessKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccessKeysTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final AccessKeyStore keys = new AccessKeyStore("123456789012");

  @Test
  void aLastingKeySurvivesAnyNumberOfSessions() {
    keys.add(key("AKIALASTING", null));
    for (int i = 0; i < AccessKeyStore.MAX_SESSIONS + 10_001; i++) {
      keys.add(key("ASIA" + i, START.plusSeconds(900)));
    }
    assertThat(keys.find("AKIALASTING")).isPresent();
    assertThat(keys.sessions()).isEqualTo(AccessKeyStore.MAX_SESSIONS);
  }

  @Test
  void expiredSessionsGoBeforeThoseThatAreStillValid() {
    for (int i = 0; i < AccessKeyStore.MAX_SESSIONS - 1; i++) {
      keys.add(key("SHORT" + i, START.plusSeconds(900)));
    }
    keys.add(key("LONG", START.plusSeconds(43_200)));
    Instant later = START.plusSeconds(900);
    for (int i = 0; i < 20_000; i++) {
      keys.add(key("NEW" + i, later.plusSeconds(900)));
    }
    assertThat(keys.find("LONG")).isPresent();
    assertThat(keys.find("NEW0")).isPresent();
    assertThat(keys.find("SHORT0")).isEmpty();
    assertThat(keys.sessions()).isEqualTo(AccessKeyStore.MAX_SESSIONS);
  }

  @Test
  void anExpiredSessionIsKnownAsExpiredWhileThereIsRoom() {
    keys.add(key("A", START.plusSeconds(900)));
    keys.add(key("B", START.plusSeconds(90_000)));
    assertThat(keys.find("A").orElseThrow().valid(START.plusSeconds(899))).isTrue();
    assertThat(keys.find("A").orElseThrow().valid(START.plusSeconds(900))).isFalse();
  }

  @Test
  void aKeyOfTheSameIdTakesThePlaceOfTheOneBefore() {
    keys.add(key("A", START.plusSeconds(900)));
    keys.add(key("A", null));
    assertThat(keys.sessions()).isZero();
    assertThat(keys.find("A").orElseThrow().expires()).isNull();
    keys.add(key("A", START.plusSeconds(900)));
    assertThat(keys.find("A").orElseThrow().expires()).isEqualTo(START.plusSeconds(900));
  }

  private static AccessKey key(String id, @Nullable Instant expires) {
    return new AccessKey(id, "secret", null, "arn:aws:iam::111111111111:user/u", id, expires);
  }
}
