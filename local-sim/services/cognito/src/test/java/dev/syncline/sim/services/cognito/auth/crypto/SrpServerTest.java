// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.services.cognito.pool.SrpGroup;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SrpServerTest {
  private static final BigInteger CLIENT_SECRET = new BigInteger("0123456789abcdef".repeat(16), 16);
  private static final BigInteger SECRET = new BigInteger("fedcba9876543210".repeat(8), 16);
  private static final String TIME = "Thu Sep 4 01:02:03 UTC 2026";

  private static SrpServer server(String salt, BigInteger clientPublic) {
    BigInteger x = SrpGroup.privateKey("Ab1Cd2Ef3", "alice", "Passw0rd!", new BigInteger(salt, 16));
    return new SrpServer("Ab1Cd2Ef3", "alice", SrpGroup.verifier(x), clientPublic, SECRET);
  }

  private static BigInteger clientPublic() {
    return SrpGroup.G.modPow(CLIENT_SECRET, SrpGroup.N);
  }

  @ParameterizedTest
  @CsvSource({
    "13cf2ca5d8476032fceab4f5efb5460c, 370cfc2e6c06fba35f8de5292fcc7089,"
        + " 0tbAGOwdL8PFeI+ZboQ2n5j7AnHFxnTPVjIKoZRe6bQ=",
    "cab9d18ea1ce0b3c364345e78eeef42d, 8585c5d02d1d2ac5496001d3432a6a51,"
        + " qn+DBpCRrNvsWH5fE/5u8YQ7GOrps85CBxsIq6JgzY0="
  })
  void theKeyAndTheSignatureAreThoseOfAnIndependentClient(
      String salt, String key, String signature) {
    SrpServer server = server(salt, clientPublic());

    assertThat(server.key().map(HexFormat.of()::formatHex)).contains(key);
    assertThat(server.signature(AuthDigests.bytes("secret-block"), TIME)).contains(signature);
  }

  @Test
  void theMultiplierIsTheOneOfAwsClients() {
    assertThat(SrpGroup.K.toString(16))
        .isEqualTo("538282c4354742d7cbbde2359fcf67f9f5b3a6b08791e5011b43b8a5b66d9ee6");
  }

  @Test
  void aPublicNumberThatIsAMultipleOfThePrimeHasNoKey() {
    String salt = "13cf2ca5d8476032fceab4f5efb5460c";

    assertThat(server(salt, BigInteger.ZERO).key()).isEmpty();
    assertThat(server(salt, SrpGroup.N).key()).isEmpty();
    assertThat(server(salt, SrpGroup.N.shiftLeft(1)).key()).isEmpty();
    assertThat(server(salt, BigInteger.ZERO).serverPublic()).isPositive();
  }

  @Test
  void itsTextHasNoSecret() {
    assertThat(server("13", clientPublic()).toString()).isEqualTo("SrpServer[user=alice]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Fri Sep 04 01:02:03 UTC 2026",
        "Thu Sep 4 01:02:03 UTC 2026",
        "Fri Sep 4 01:02:03 GMT 2026",
        "Fri Sept 4 01:02:03 UTC 2026",
        "4 Sep 2026",
        ""
      })
  void aTimeInAnotherFormIsRefused(String text) {
    assertThat(SrpTimestamp.accepts(text, Instant.parse("2026-09-04T01:02:03Z"))).isFalse();
  }

  @Test
  void aTimeIsAcceptedWithinFiveMinutes() {
    Instant now = Instant.parse("2026-09-04T01:02:03Z");
    String text = SrpTimestamp.of(now);

    assertThat(text).isEqualTo("Fri Sep 4 01:02:03 UTC 2026");
    assertThat(SrpTimestamp.accepts(text, now.plus(Duration.ofMinutes(5)))).isTrue();
    assertThat(SrpTimestamp.accepts(text, now.minus(Duration.ofMinutes(5)))).isTrue();
    assertThat(SrpTimestamp.accepts(text, now.plus(Duration.ofSeconds(301)))).isFalse();
    assertThat(SrpTimestamp.accepts(text, now.minus(Duration.ofSeconds(301)))).isFalse();
  }
}
