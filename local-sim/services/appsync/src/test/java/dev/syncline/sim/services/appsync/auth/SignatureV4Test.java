// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureV4Test {
  private static final String CREDENTIAL =
      "Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request";

  /** The case post-vanilla of AWS's published signature test suite. */
  private static final String PUBLISHED =
      "AWS4-HMAC-SHA256 "
          + CREDENTIAL
          + ", SignedHeaders=host;x-amz-date, Signature="
          + "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b";

  private static final Map<String, String> HEADERS =
      Map.of("host", "example.amazonaws.com", "x-amz-date", "20150830T123600Z");

  @Test
  void thePublishedSignatureIsRight() {
    assertThat(made("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", HEADERS, "")).isTrue();
  }

  @Test
  void anotherSecretHeaderOrBodyMakesAnotherSignature() {
    assertThat(made("other", HEADERS, "")).isFalse();
    assertThat(made("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", HEADERS, "{}")).isFalse();
    assertThat(
            made(
                "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
                Map.of("host", "other.amazonaws.com", "x-amz-date", "20150830T123600Z"),
                ""))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "AWS4-HMAC-SHA256",
        "AWS4-HMAC-SHA256 Credential=a/b/c, SignedHeaders=host, Signature=00",
        "AWS4-HMAC-SHA256 Credential=a/20150830/us-east-1/s/aws4_request, SignedHeaders=host",
        "AWS4-HMAC-SHA256 Credential=a/20150830/us-east-1/s/aws4_request, Signature=00",
      })
  void aWrongFormIsNoMatch(String authorization) {
    assertThat(SignatureV4.parse(authorization)).isEmpty();
  }

  private static boolean made(String secret, Map<String, String> headers, String body) {
    return SignatureV4.parse(PUBLISHED)
        .orElseThrow()
        .made(secret, "20150830T123600Z", new SignatureV4.Target("POST", "/", ""), headers, body);
  }
}
