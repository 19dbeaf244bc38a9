// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.service.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Checksums of objects and of uploads in parts over HTTP. */
class S3UploadChecksumsTest extends S3HttpFixture {
  private static final String BIG = "/my-bucket/big";
  private static final String FIRST = "a".repeat(5 * 1024 * 1024);
  private static final String SECOND = "b".repeat(100);

  @BeforeEach
  void bucket() throws Exception {
    send("PUT", "/my-bucket");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private String begin(String... headers) throws Exception {
    return BIG
        + "?uploadId="
        + value(text(send("POST", BIG + "?uploads", "", headers)), "UploadId");
  }

  /** Uploads both parts with their checksums and gives back the document that completes. */
  private String upload(String at, ChecksumAlgorithm algorithm) throws Exception {
    var xml = new StringBuilder("<CompleteMultipartUpload>");
    int number = 0;
    for (String content : List.of(FIRST, SECOND)) {
      number++;
      String checksum = algorithm.of(bytes(content));
      HttpResponse part =
          send("PUT", at + "&partNumber=" + number, content, algorithm.header(), checksum);
      assertThat(part.headers().first(algorithm.header())).contains(checksum);
      xml.append("<Part><PartNumber>").append(number).append("</PartNumber><ETag>");
      xml.append(part.headers().first("ETag").orElseThrow().replace("\"", "")).append("</ETag><");
      xml.append(algorithm.member()).append('>').append(checksum);
      xml.append("</").append(algorithm.member()).append("></Part>");
    }
    return xml.append("</CompleteMultipartUpload>").toString();
  }

  @ParameterizedTest
  @CsvSource({
    "CRC32, '', COMPOSITE",
    "CRC32, FULL_OBJECT, FULL_OBJECT",
    "CRC32C, COMPOSITE, COMPOSITE",
    "CRC64NVME, '', FULL_OBJECT",
    "SHA1, '', COMPOSITE",
    "SHA256, '', COMPOSITE",
  })
  void anUploadInPartsHasItsKindOfChecksum(ChecksumAlgorithm algorithm, String type, String kept)
      throws Exception {
    String[] headers = {"x-amz-checksum-algorithm", algorithm.name(), "x-amz-checksum-type", type};
    String at = begin(type.isEmpty() ? Arrays.copyOf(headers, 2) : headers);
    String body = upload(at, algorithm);
    String listed = text(send("GET", at));
    String done = text(send("POST", at, body));

    String expected =
        kept.equals("FULL_OBJECT")
            ? algorithm.of(bytes(FIRST + SECOND))
            : algorithm.ofParts(List.of(algorithm.of(bytes(FIRST)), algorithm.of(bytes(SECOND))));
    assertThat(listed)
        .contains("<ChecksumAlgorithm>" + algorithm.name(), "<ChecksumType>" + kept)
        .contains(algorithm.of(bytes(SECOND)));
    assertThat(value(done, algorithm.member())).isEqualTo(expected);
    assertThat(value(done, "ChecksumType")).isEqualTo(kept);
    HttpResponse head = send("HEAD", BIG, "", "x-amz-checksum-mode", "ENABLED");
    assertThat(head.headers().first(algorithm.header())).contains(expected);
    assertThat(head.headers().first("x-amz-checksum-type")).contains(kept);
    String attributes =
        text(
            send(
                "GET",
                BIG + "?attributes",
                "",
                "x-amz-object-attributes",
                "Checksum,ObjectParts,ObjectSize"));
    assertThat(value(attributes, algorithm.member())).isEqualTo(expected.replace("-2", ""));
    assertThat(attributes)
        .contains("<PartsCount>2</PartsCount>", "<ObjectSize>5242980</ObjectSize>");
    assertThat(attributes.contains("<Part>")).isEqualTo(kept.equals("COMPOSITE"));
    HttpResponse part = send("GET", BIG + "?partNumber=2", "", "x-amz-checksum-mode", "ENABLED");
    assertThat(part.status()).isEqualTo(206);
    assertThat(text(part)).isEqualTo(SECOND);
    assertThat(part.headers().first("x-amz-mp-parts-count")).contains("2");
    assertThat(part.headers().first(algorithm.header())).contains(algorithm.of(bytes(SECOND)));
    assertThat(code(send("GET", BIG + "?partNumber=3"))).isEqualTo("InvalidPartNumber");
  }

  @ParameterizedTest
  @CsvSource({
    "MD5, '', unsupported",
    "SHA256, FULL_OBJECT, cannot be used",
    "CRC64NVME, COMPOSITE, cannot be used",
    "'', FULL_OBJECT, can only be used with",
  })
  void kindsThatDoNotFitAreRefused(String algorithm, String type, String message) throws Exception {
    var headers = new ArrayList<String>();
    if (!algorithm.isEmpty()) {
      headers.addAll(List.of("x-amz-checksum-algorithm", algorithm));
    }
    if (!type.isEmpty()) {
      headers.addAll(List.of("x-amz-checksum-type", type));
    }
    HttpResponse answer = send("POST", BIG + "?uploads", "", headers.toArray(String[]::new));

    assertThat(code(answer)).isEqualTo("InvalidRequest");
    assertThat(value(text(answer), "Message")).contains(message);
  }

  @Test
  void theRequestThatCompletesMustAgree() throws Exception {
    String at = begin("x-amz-checksum-algorithm", "SHA256");
    String body = upload(at, ChecksumAlgorithm.SHA256);

    HttpResponse without =
        send("POST", at, body.replaceAll("<ChecksumSHA256>[^<]*</ChecksumSHA256>", ""));
    HttpResponse wrongPart = send("POST", at, body.replaceAll("(SHA256>)[^<]{3}", "$1AAA"));
    HttpResponse otherType = send("POST", at, body, "x-amz-checksum-type", "FULL_OBJECT");
    HttpResponse otherSize = send("POST", at, body, "x-amz-mp-object-size", "7");
    HttpResponse otherSum = send("POST", at, body, "x-amz-checksum-sha256", "AAAA-2");
    HttpResponse plainPart = send("PUT", at + "&partNumber=3", "x");
    HttpResponse noPart = send("POST", at, "<CompleteMultipartUpload/>");

    assertThat(value(text(without), "Message")).contains("It was missing for part 1");
    assertThat(code(wrongPart)).isEqualTo("InvalidPart");
    assertThat(value(text(otherType), "Message")).contains("COMPOSITE checksum mode");
    assertThat(value(text(otherSize), "Message")).contains("5242980");
    assertThat(code(otherSum)).isEqualTo("BadDigest");
    assertThat(value(text(plainPart), "Message"))
        .contains("expected checksum Type: sha256, actual checksum Type: null");
    assertThat(code(noPart)).isEqualTo("MalformedXML");
    assertThat(send("POST", at, body, "x-amz-mp-object-size", "5242980").status()).isEqualTo(200);
  }

  /** S3 calculates a checksum for an object that came without one. */
  @Test
  void everyObjectHasAChecksum() throws Exception {
    HttpResponse put = send("PUT", "/my-bucket/k", "123456789");

    assertThat(put.headers().first("x-amz-checksum-crc64nvme")).contains("rosUhgp5mIg=");
    assertThat(text(send("GET", "/my-bucket?list-type=2")))
        .contains("<ChecksumAlgorithm>CRC64NVME</ChecksumAlgorithm>");
  }

  @ParameterizedTest
  @EnumSource(ChecksumAlgorithm.class)
  void aValueThatCannotBeAChecksumIsRefused(ChecksumAlgorithm algorithm) throws Exception {
    HttpResponse answer = send("PUT", "/my-bucket/k", "x", algorithm.header(), "AA==");

    assertThat(code(answer)).isEqualTo("InvalidRequest");
    assertThat(value(text(answer), "Message")).contains(algorithm.header());
  }

  @Test
  void oneChecksumIsExpectedWhereOneIsAnnounced() throws Exception {
    HttpResponse announced =
        send("PUT", "/my-bucket/k", "x", "x-amz-sdk-checksum-algorithm", "CRC32");
    HttpResponse two =
        send(
            "PUT",
            "/my-bucket/k",
            "x",
            "x-amz-checksum-crc32",
            "AAAAAA==",
            "x-amz-checksum-crc32c",
            "AAAAAA==");
    HttpResponse digest = send("PUT", "/my-bucket/k", "x", "Content-MD5", "AAAA");

    assertThat(code(announced)).isEqualTo("InvalidRequest");
    assertThat(value(text(two), "Message")).contains("single x-amz-checksum-");
    assertThat(code(digest)).isEqualTo("InvalidDigest");
  }
}
