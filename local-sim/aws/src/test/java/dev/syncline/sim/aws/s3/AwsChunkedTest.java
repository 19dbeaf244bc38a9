// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AwsChunkedTest {
  @Test
  void signedChunksAndTrailersAreDecoded() {
    AwsChunked decoded =
        decode(
            "5;chunk-signature=ab\r\nhello\r\n1;chunk-signature=cd\r\n!\r\n0;chunk-signature=ef\r\n"
                + "x-amz-checksum-crc32:abc=\r\nX-Amz-Trailer-Signature: 01\r\n\r\n");
    assertThat(new String(decoded.content(), StandardCharsets.UTF_8)).isEqualTo("hello!");
    assertThat(decoded.trailers())
        .isEqualTo(Map.of("x-amz-checksum-crc32", "abc=", "x-amz-trailer-signature", "01"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5\r\nhel", "zz\r\n", "-1\r\n", "7fffffff\r\nx\r\n0\r\n\r\n"})
  void aMalformedBodyIsRefused(String body) {
    assertThatThrownBy(() -> decode(body)).hasMessageContaining("aws-chunked");
  }

  /** Check values of the CRC catalogue for "123456789". */
  @ParameterizedTest
  @CsvSource({
    "x-amz-checksum-crc32,y/Q5Jg==",
    "x-amz-checksum-crc32c,4waSgw==",
    "x-amz-checksum-crc64nvme,rosUhgp5mIg=",
  })
  void checksumsAreThoseOfTheCatalogue(String header, String value) {
    byte[] content = "123456789".getBytes(StandardCharsets.US_ASCII);
    assertThat(
            Checksums.verified(
                content, name -> name.equals(header) ? Optional.of(value) : Optional.empty()))
        .isEqualTo(Map.of(header, value));
    assertThatThrownBy(
            () ->
                Checksums.verified(
                    new byte[1],
                    name -> name.equals(header) ? Optional.of(value) : Optional.empty()))
        .hasMessageContaining("did not match");
  }

  private static AwsChunked decode(String body) {
    return AwsChunked.decode(body.getBytes(StandardCharsets.ISO_8859_1));
  }
}
