// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.pool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PoolUserIndexTest {
  private static final Instant START = Instant.parse("2026-09-24T00:00:00Z");
  private static final String POOL = "us-east-1_Ab1Cd2Ef3";

  private static UserPool pool(String member, String... values) {
    ObjectNode settings = Json.object();
    for (String value : values) {
      settings.withArray(member).add(value);
    }
    return new UserPool(POOL, "arn", "p", START, START, settings);
  }

  private static PoolUser user(String name, Map<String, String> attributes) {
    return new PoolUser(
        name,
        "sub-" + name,
        attributes,
        UserStatus.CONFIRMED,
        true,
        START,
        START,
        null,
        UserFactors.NONE);
  }

  @Test
  void looksOnlyAtUsersOfThatName() {
    PoolUserIndex index = new PoolUserIndex();
    index.attributes(pool("UsernameAttributes", "email"));
    for (int i = 0; i < 1_000; i++) {
      index.put(user("u" + i, Map.of("email", "u" + i + "@example.com")));
    }
    assertThat(index.candidates("U7@example.com")).hasSize(1).containsExactly(index.get("u7"));
    assertThat(index.candidates("sub-u9")).hasSize(1).containsExactly(index.get("u9"));
    assertThat(index.candidates("u1000@example.com")).isEmpty();
  }

  @Test
  void followsAnAddressThatChanges() {
    PoolStore store = new PoolStore();
    store.put(pool("UsernameAttributes", "email"));
    store.add(POOL, user("a", Map.of("email", "old@example.com")));
    store.update(POOL, "a", user -> user.withAttributes(Map.of("email", "new@example.com"), START));
    assertThat(store.findUser(POOL, "old@example.com", false)).isEmpty();
    assertThat(store.findUser(POOL, "new@example.com", false)).isPresent();
    store.removeUser(POOL, "a");
    assertThat(store.findUser(POOL, "new@example.com", false)).isEmpty();
    assertThat(store.findUser(POOL, "sub-a", true)).isEmpty();
    assertThat(store.userCount(POOL)).isZero();
  }

  @Test
  void anUnverifiedAddressHidesNoVerifiedOne() {
    PoolStore store = new PoolStore();
    store.put(pool("AliasAttributes", "email"));
    store.add(POOL, user("a", Map.of("email", "x@example.com")));
    store.add(POOL, user("b", Map.of("email", "x@example.com", "email_verified", "true")));
    assertThat(store.findUser(POOL, "x@example.com", false))
        .hasValueSatisfying(found -> assertThat(found.username()).isEqualTo("b"));
    store.update(
        POOL,
        "a",
        user ->
            user.withAttributes(Map.of("email", "x@example.com", "email_verified", "true"), START));
    assertThat(store.findUser(POOL, "x@example.com", false))
        .as("the older user")
        .hasValueSatisfying(found -> assertThat(found.username()).isEqualTo("a"));
  }

  @Test
  void findsByAttributesThatBecomeNamesLater() {
    PoolStore store = new PoolStore();
    store.put(pool("UsernameAttributes"));
    store.add(POOL, user("a", Map.of("email", "x@example.com")));
    assertThat(store.findUser(POOL, "x@example.com", true)).isEmpty();
    store.put(pool("UsernameAttributes", "email"));
    assertThat(store.findUser(POOL, "x@example.com", true)).isPresent();
  }
}
