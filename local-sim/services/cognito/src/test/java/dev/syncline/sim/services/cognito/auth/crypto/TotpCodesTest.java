// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpCodesTest {
  private static final String SECRET = TotpCodes.encode(AuthDigests.bytes("12345678901234567890"));

  /** The vectors of RFC 6238, appendix B, with their last six digits. */
  @ParameterizedTest
  @CsvSource({
    "59, 287082",
    "1111111109, 081804",
    "1111111111, 050471",
    "1234567890, 005924",
    "2000000000, 279037",
    "20000000000, 353130"
  })
  void theCodesAreThoseOfTheStandard(long second, String code) {
    assertThat(TotpCodes.code(SECRET, TotpCodes.step(Instant.ofEpochSecond(second))))
        .isEqualTo(code);
  }

  @Test
  void base32HasNoPadding() {
    assertThat(SECRET).isEqualTo("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    assertThat(TotpCodes.encode(new byte[] {(byte) 0xff})).isEqualTo("74");
  }

  @Test
  void theStepBeforeAndTheStepAfterAreAccepted() {
    Instant now = Instant.ofEpochSecond(3_000);

    for (long step = 99; step <= 101; step++) {
      assertThat(TotpCodes.stepOf(SECRET, TotpCodes.code(SECRET, step), now)).hasValue(step);
    }
    assertThat(TotpCodes.stepOf(SECRET, TotpCodes.code(SECRET, 98), now))
        .isEqualTo(OptionalLong.empty());
    assertThat(TotpCodes.stepOf(SECRET, TotpCodes.code(SECRET, 102), now)).isEmpty();
  }

  @Test
  void aSealedTextIsReadByItsMakerOnly() {
    var sealer = new SealedTexts(AuthDigests.sha256(AuthDigests.bytes("one")));
    var other = new SealedTexts(AuthDigests.sha256(AuthDigests.bytes("two")));
    byte[] sealed = java.util.Base64.getDecoder().decode(sealer.seal("n", "text"));

    assertThat(sealer.open(sealed)).contains("text");
    assertThat(other.open(sealed)).isEmpty();
    assertThat(sealer.open(new byte[3])).isEmpty();
    sealed[sealed.length - 1] ^= 1;
    assertThat(sealer.open(sealed)).isEmpty();
  }
}
