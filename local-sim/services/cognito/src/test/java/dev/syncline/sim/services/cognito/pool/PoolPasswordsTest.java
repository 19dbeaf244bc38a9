// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Json;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolPasswordsTest {
  private static final Instant START = Instant.parse("2026-09-24T00:00:00Z");

  private final SimClock clock = new SimClock(new ClockMode.Manual(), START);
  private final PoolPasswords passwords = new PoolPasswords(clock, new Ids(7));

  private static UserPool pool(int history) {
    ObjectNode settings = Json.object();
    settings
        .putObject("Policies")
        .putObject("PasswordPolicy")
        .put("MinimumLength", 8)
        .put("RequireUppercase", true)
        .put("RequireLowercase", true)
        .put("RequireNumbers", true)
        .put("RequireSymbols", true)
        .put("TemporaryPasswordValidityDays", 7)
        .put("PasswordHistorySize", history);
    return new UserPool("us-east-1_Ab1Cd2Ef3", "arn", "p", START, START, settings);
  }

  @ParameterizedTest
  @CsvSource({
    "Sh0rt!,Password not long enough",
    "passw0rd!,Password must have uppercase characters",
    "PASSW0RD!,Password must have lowercase characters",
    "Password!,Password must have numeric characters",
    "Passw0rdx,Password must have symbol characters"
  })
  void namesTheFirstReasonInTheWordsOfTheOperation(String password, String reason) {
    assertThatThrownBy(
            () ->
                passwords.requirePolicy(pool(0), PoolPasswords.Wording.ADMIN_CREATE_USER, password))
        .isInstanceOf(AwsException.class)
        .hasMessageContaining("Password did not conform with password policy: " + reason);
    assertThatThrownBy(
            () -> passwords.requirePolicy(pool(0), PoolPasswords.Wording.SIGN_UP, password))
        .hasMessageContaining("Password did not conform with policy: " + reason);
    assertThatThrownBy(
            () -> passwords.requirePolicy(pool(0), PoolPasswords.Wording.OTHER, password))
        .hasMessageContaining("Password does not conform to policy: " + reason);
  }

  @Test
  void aSpaceInsideIsASymbol() {
    assertThatCode(
            () -> passwords.requirePolicy(pool(0), PoolPasswords.Wording.OTHER, "Passw0rd x"))
        .doesNotThrowAnyException();
    assertThatThrownBy(
            () -> passwords.requirePolicy(pool(0), PoolPasswords.Wording.OTHER, "Passw0rdx "))
        .hasMessageContaining("symbol");
  }

  @Test
  void keepsAVerifierAndNoText() {
    PasswordRecord record = passwords.create(pool(0), "alice", "Passw0rd!", false, null);
    assertThat(record.salt()).matches("[0-9a-f]{32}");
    assertThat(record.toString()).doesNotContain("Passw0rd!").doesNotContain(record.verifier());
    assertThat(passwords.matches(pool(0), "alice", "Passw0rd!", record)).isTrue();
    assertThat(passwords.matches(pool(0), "alice", "Passw0rd?", record)).isFalse();
    assertThat(passwords.matches(pool(0), "bob", "Passw0rd!", record)).isFalse();
  }

  @Test
  void refusesThePasswordsOfTheHistory() {
    PasswordRecord first = passwords.create(pool(2), "a", "Passw0rd!1", false, null);
    PasswordRecord second = passwords.create(pool(2), "a", "Passw0rd!2", false, first);
    PasswordRecord third = passwords.create(pool(2), "a", "Passw0rd!3", false, second);
    assertThatThrownBy(() -> passwords.requireUnused(pool(2), "a", "Passw0rd!3", third))
        .isInstanceOfSatisfying(
            AwsException.class,
            error -> assertThat(error.code()).isEqualTo("PasswordHistoryPolicyViolationException"));
    assertThatThrownBy(() -> passwords.requireUnused(pool(2), "a", "Passw0rd!2", third))
        .isInstanceOf(AwsException.class);
    assertThatCode(() -> passwords.requireUnused(pool(2), "a", "Passw0rd!1", third))
        .doesNotThrowAnyException();
    assertThatCode(() -> passwords.requireUnused(pool(0), "a", "Passw0rd!3", third))
        .doesNotThrowAnyException();
  }

  @Test
  void aTemporaryPasswordExpiresAfterTheDaysOfThePolicy() {
    PasswordRecord record = passwords.create(pool(0), "a", "Passw0rd!", true, null);
    clock.advance(Duration.ofDays(7).minusSeconds(1));
    assertThat(passwords.expired(pool(0), record)).isFalse();
    clock.advance(Duration.ofSeconds(1));
    assertThat(passwords.expired(pool(0), record)).isTrue();
  }

  @Test
  void generatesPasswordsThatConform() {
    for (int i = 0; i < 50; i++) {
      String password = passwords.generate(pool(0));
      assertThatCode(
              () ->
                  passwords.requirePolicy(
                      pool(0), PoolPasswords.Wording.ADMIN_CREATE_USER, password))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void theMultiplierIsTheOneOfTheClients() {
    assertThat(SrpGroup.K.toString(16))
        .isEqualTo("538282c4354742d7cbbde2359fcf67f9f5b3a6b08791e5011b43b8a5b66d9ee6");
  }
}
