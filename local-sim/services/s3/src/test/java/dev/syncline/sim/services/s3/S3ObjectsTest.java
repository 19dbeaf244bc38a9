// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.service.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Objects over HTTP: reading, writing, conditions, checksums and copies. */
class S3ObjectsTest extends S3HttpFixture {
  @Test
  void anObjectComesBackAsItWasPut() throws Exception {
    send("PUT", "/my-bucket");
    HttpResponse put =
        send(
            "PUT",
            "/my-bucket/a%20b/c+d",
            "hello",
            "Content-Type",
            "text/plain",
            "x-amz-meta-Colour",
            "red",
            "Cache-Control",
            "no-store");

    HttpResponse got = send("GET", "/my-bucket/a%20b/c+d?x-id=GetObject");

    assertThat(put.status()).isEqualTo(200);
    assertThat(put.headers().first("ETag")).contains("\"5d41402abc4b2a76b9719d911017c592\"");
    assertThat(got.status()).isEqualTo(200);
    assertThat(text(got)).isEqualTo("hello");
    assertThat(got.headers().first("Content-Type")).contains("text/plain");
    assertThat(got.headers().first("x-amz-meta-colour")).contains("red");
    assertThat(got.headers().first("Cache-Control")).contains("no-store");
    assertThat(got.headers().first("Last-Modified")).contains("Fri, 02 Jan 2026 03:04:05 GMT");
    assertThat(got.headers().first("ETag")).isEqualTo(put.headers().first("ETag"));
    assertThat(got.headers().first("x-amz-request-id")).isPresent();
    assertThat(text(send("GET", "/my-bucket?list-type=2"))).contains("<Key>a b/c+d</Key>");
  }

  @Test
  void aHeadHasTheLengthAndNoBody() throws Exception {
    send("PUT", "/my-bucket");
    send("PUT", "/my-bucket/k", "hello");

    HttpResponse head = send("HEAD", "/my-bucket/k");
    HttpResponse missing = send("HEAD", "/my-bucket/other");

    assertThat(head.headers().first("Content-Length")).contains("5");
    assertThat(head.body()).isEmpty();
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.body()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-1, 206, he, bytes 0-1/5",
    "bytes=3-, 206, lo, bytes 3-4/5",
    "bytes=-2, 206, lo, bytes 3-4/5",
    "bytes=1-100, 206, ello, bytes 1-4/5",
    "bytes=0-1;3-4, 200, hello,",
    "bytes=2-1, 200, hello,",
    "lines=1-2, 200, hello,",
  })
  void aRangeGivesAPart(String range, int status, String body, String contentRange)
      throws Exception {
    send("PUT", "/my-bucket");
    send("PUT", "/my-bucket/k", "hello");

    HttpResponse got = send("GET", "/my-bucket/k", "", "Range", range);

    assertThat(got.status()).isEqualTo(status);
    assertThat(text(got)).isEqualTo(body);
    assertThat(got.headers().first("Content-Range").orElse(null)).isEqualTo(contentRange);
  }

  @ParameterizedTest
  @CsvSource({
    "If-None-Match, \"5d41402abc4b2a76b9719d911017c592\", 304",
    "If-None-Match, \"other\", 200",
    "If-Match, \"5d41402abc4b2a76b9719d911017c592\", 200",
    "If-Match, \"other\", 412",
    "If-Modified-Since, 'Fri, 02 Jan 2026 03:04:05 GMT', 304",
    "If-Modified-Since, 'Fri, 02 Jan 2026 03:04:04 GMT', 200",
    "If-Unmodified-Since, 'Fri, 02 Jan 2026 03:04:04 GMT', 412",
    "Range, bytes=5-, 416",
  })
  void aConditionDecides(String header, String value, int status) throws Exception {
    send("PUT", "/my-bucket");
    send("PUT", "/my-bucket/k", "hello");

    assertThat(send("GET", "/my-bucket/k", "", header, value).status()).isEqualTo(status);
  }

  @Test
  void anObjectIsNotOverwrittenWhenTheCallerSaysSo() throws Exception {
    send("PUT", "/my-bucket");
    send("PUT", "/my-bucket/k", "first", "If-None-Match", "*");

    HttpResponse second = send("PUT", "/my-bucket/k", "second", "If-None-Match", "*");

    assertThat(second.status()).isEqualTo(412);
    assertThat(text(send("GET", "/my-bucket/k"))).isEqualTo("first");
  }

  @Test
  void chunksAreTakenApartAndTheirTrailerChecked() throws Exception {
    send("PUT", "/my-bucket");
    String[] headers = {
      "Content-Encoding", "gzip,aws-chunked",
      "x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
      "x-amz-decoded-content-length", "9",
      "x-amz-trailer", "x-amz-checksum-crc32"
    };

    HttpResponse good =
        send(
            "PUT",
            "/my-bucket/k",
            "4\r\n1234\r\n5;chunk-signature=ab\r\n56789\r\n0\r\n"
                + "x-amz-checksum-crc32:y/Q5Jg==\r\n\r\n",
            headers);
    HttpResponse bad =
        send(
            "PUT",
            "/my-bucket/other",
            "9\r\n123456789\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n",
            headers);
    HttpResponse torn = send("PUT", "/my-bucket/other", "9\r\n1234", headers);
    HttpResponse shorter = send("PUT", "/my-bucket/other", "1\r\n1\r\n0\r\n\r\n", headers);

    assertThat(good.status()).isEqualTo(200);
    assertThat(good.headers().first("x-amz-checksum-crc32")).contains("y/Q5Jg==");
    HttpResponse got = send("GET", "/my-bucket/k", "", "x-amz-checksum-mode", "ENABLED");
    assertThat(text(got)).isEqualTo("123456789");
    assertThat(got.headers().first("Content-Encoding")).contains("gzip");
    assertThat(got.headers().first("x-amz-checksum-crc32")).contains("y/Q5Jg==");
    assertThat(code(bad)).isEqualTo("BadDigest");
    assertThat(code(torn)).isEqualTo("IncompleteBody");
    assertThat(code(shorter)).isEqualTo("IncompleteBody");
    assertThat(send("HEAD", "/my-bucket/other").status()).isEqualTo(404);
  }

  /** Check values of "123456789" from the algorithms' definitions. */
  @ParameterizedTest
  @CsvSource({
    "x-amz-checksum-crc32, y/Q5Jg==",
    "x-amz-checksum-crc32c, 4waSgw==",
    "x-amz-checksum-crc64nvme, rosUhgp5mIg=",
    "x-amz-checksum-sha1, 98O8HYCOBHMq32eZZczDTKeuNEE=",
    "x-amz-checksum-sha256, FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=",
    "Content-MD5, JfnnlDI7RTiF9RgfG2JNCw==",
  })
  void everyChecksumIsChecked(String header, String value) throws Exception {
    send("PUT", "/my-bucket");

    assertThat(send("PUT", "/my-bucket/k", "123456789", header, value).status()).isEqualTo(200);
    HttpResponse wrong = send("PUT", "/my-bucket/k", "123456780", header, value);
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(code(wrong)).isEqualTo("BadDigest");
  }

  @Test
  void aCopyKeepsTheMetadataUnlessTheyAreReplaced() throws Exception {
    send("PUT", "/my-bucket");
    send("PUT", "/my-bucket/a%2Bb", "hello", "x-amz-meta-m", "1", "Content-Type", "text/plain");

    HttpResponse copied =
        send("PUT", "/my-bucket/copy", "", "x-amz-copy-source", "/my-bucket/a%2Bb");
    send(
        "PUT",
        "/my-bucket/replaced",
        "",
        "x-amz-copy-source",
        "my-bucket/a%2Bb",
        "x-amz-metadata-directive",
        "REPLACE",
        "Content-Type",
        "text/html");

    assertThat(text(copied)).contains("&quot;5d41402abc4b2a76b9719d911017c592&quot;");
    HttpResponse copy = send("GET", "/my-bucket/copy");
    assertThat(text(copy)).isEqualTo("hello");
    assertThat(copy.headers().first("x-amz-meta-m")).contains("1");
    HttpResponse replaced = send("GET", "/my-bucket/replaced");
    assertThat(replaced.headers().first("Content-Type")).contains("text/html");
    assertThat(replaced.headers().first("x-amz-meta-m")).isEmpty();
  }

  @Test
  void severalObjectsAreDeletedAtOnce() throws Exception {
    send("PUT", "/my-bucket");
    send("PUT", "/my-bucket/a&b", "x");
    send("PUT", "/my-bucket/c", "x");

    String answer =
        text(
            sendSummed(
                "POST",
                "/my-bucket?delete",
                "<Delete xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
                    + "<Object><Key>a&amp;b</Key></Object><Object><Key>none</Key></Object>"
                    + "<Object><Key>c</Key><VersionId>7</VersionId></Object></Delete>"));

    assertThat(answer)
        .contains("<Deleted><Key>a&amp;b</Key></Deleted>", "<Deleted><Key>none</Key></Deleted>")
        .contains("<Error><Key>c</Key><VersionId>7</VersionId><Code>NoSuchVersion</Code>");
    assertThat(text(send("GET", "/my-bucket?list-type=2"))).contains("<KeyCount>1</KeyCount>");
  }
}
