// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.service.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conditions of reads, writes, deletions and copies over HTTP. */
class S3ObjectConditionsTest extends S3HttpFixture {
  private static final String K = "/my-bucket/k";
  private static final String ETAG = "\"5d41402abc4b2a76b9719d911017c592\"";

  @BeforeEach
  void object() throws Exception {
    send("PUT", "/my-bucket");
    send("PUT", K, "hello");
  }

  /** The object is of 03:04:05. */
  @ParameterizedTest
  @CsvSource({
    "If-Match, ok, If-Unmodified-Since, 03:04:04, 200",
    "If-Match, no, If-Unmodified-Since, 03:04:06, 412",
    "If-None-Match, ok, If-Modified-Since, 03:04:04, 304",
    "If-None-Match, no, If-Modified-Since, 03:04:06, 200",
    "If-Match, ok, If-None-Match, ok, 304",
    "If-Match, no, If-None-Match, ok, 412",
  })
  void anEntityTagGoesBeforeATime(
      String one, String oneValue, String two, String twoValue, int status) throws Exception {
    HttpResponse got = send("GET", K, "", one, value(oneValue), two, value(twoValue));

    assertThat(got.status()).isEqualTo(status);
  }

  private static String value(String value) {
    return switch (value) {
      case "ok" -> ETAG;
      case "no" -> "\"other\"";
      default -> "Fri, 02 Jan 2026 " + value + " GMT";
    };
  }

  @Test
  void aWriteMayNeedTheObjectThatExists() throws Exception {
    assertThat(send("PUT", K, "2", "If-Match", ETAG).status()).isEqualTo(200);
    HttpResponse stale = send("PUT", K, "3", "If-Match", ETAG);
    HttpResponse missing = send("PUT", "/my-bucket/none", "3", "If-Match", ETAG);
    HttpResponse unknown = send("PUT", K, "3", "If-None-Match", ETAG);

    assertThat(stale.status()).isEqualTo(412);
    assertThat(value2(stale, "Condition")).isEqualTo("If-Match");
    assertThat(missing.status()).isEqualTo(404);
    assertThat(code(unknown)).isEqualTo("NotImplemented");
    assertThat(text(send("GET", K))).isEqualTo("2");
  }

  private static String value2(HttpResponse answer, String element) {
    return S3HttpFixture.value(text(answer), element);
  }

  /** Report B01. */
  @Test
  void aDeletionMayNeedTheEntityTag() throws Exception {
    HttpResponse refused = send("DELETE", K, "", "If-Match", "\"nope\"");
    HttpResponse directory = send("DELETE", K, "", "x-amz-if-match-size", "5");

    assertThat(refused.status()).isEqualTo(412);
    assertThat(code(refused)).isEqualTo("PreconditionFailed");
    assertThat(code(directory)).isEqualTo("NotImplemented");
    assertThat(text(send("GET", K))).isEqualTo("hello");
    assertThat(send("DELETE", K, "", "If-Match", ETAG).status()).isEqualTo(204);
    assertThat(send("DELETE", K, "", "If-Match", "*").status()).isEqualTo(412);
  }

  @Test
  void anUploadInPartsConflictsWithADeletionOfItsKey() throws Exception {
    String at = begin("/my-bucket/new");
    String body = onePart(at);
    send("PUT", "/my-bucket/new", "x");
    HttpResponse exists = send("POST", at, body, "If-None-Match", "*");
    send("DELETE", "/my-bucket/new");
    HttpResponse conflict = send("POST", at, body, "If-None-Match", "*");

    assertThat(exists.status()).isEqualTo(412);
    assertThat(conflict.status()).isEqualTo(409);
    assertThat(code(conflict)).isEqualTo("ConditionalRequestConflict");
    assertThat(send("POST", at, body).status()).isEqualTo(200);
  }

  @Test
  void anUploadInPartsConflictsWithALaterWrite() throws Exception {
    String at = begin(K);
    String body = onePart(at);
    clock.advance(Duration.ofSeconds(1));
    send("PUT", K, "hello");

    HttpResponse conflict = send("POST", at, body, "If-Match", ETAG);
    HttpResponse stale = send("POST", at, body, "If-Match", "\"other\"");
    HttpResponse missing = send("POST", begin("/my-bucket/none"), body, "If-Match", ETAG);

    assertThat(conflict.status()).isEqualTo(409);
    assertThat(stale.status()).isEqualTo(412);
    assertThat(code(missing)).isEqualTo("InvalidPart");
  }

  private String begin(String path) throws Exception {
    return path
        + "?uploadId="
        + S3HttpFixture.value(text(send("POST", path + "?uploads")), "UploadId");
  }

  private String onePart(String at) throws Exception {
    String etag = send("PUT", at + "&partNumber=1", "p").headers().first("ETag").orElseThrow();
    return "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>"
        + etag.replace("\"", "&quot;")
        + "</ETag></Part></CompleteMultipartUpload>";
  }

  @ParameterizedTest
  @CsvSource({
    "if-match, ok, 200",
    "if-match, no, 412",
    "if-none-match, ok, 412",
    "if-modified-since, 03:04:05, 412",
    "if-unmodified-since, 03:04:04, 412",
  })
  void aCopyMayNeedItsSourceToBeTheSame(String condition, String wanted, int status)
      throws Exception {
    HttpResponse copied =
        send(
            "PUT",
            "/my-bucket/copy",
            "",
            "x-amz-copy-source",
            K,
            "x-amz-copy-source-" + condition,
            value(wanted));

    assertThat(copied.status()).isEqualTo(status);
    assertThat(send("HEAD", "/my-bucket/copy").status()).isEqualTo(status == 200 ? 200 : 404);
  }

  @Test
  void ofManyWritersOneCreatesTheObject() throws Exception {
    var answers = new ConcurrentLinkedQueue<Integer>();
    var writers = new ArrayList<Thread>();
    for (int i = 0; i < 16; i++) {
      String content = "writer " + i;
      writers.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      answers.add(
                          send("PUT", "/my-bucket/one", content, "If-None-Match", "*").status());
                    } catch (Exception failed) {
                      throw new AssertionError(failed);
                    }
                  }));
    }
    for (Thread writer : writers) {
      writer.join();
    }

    assertThat(answers).hasSize(16).containsOnlyOnce(200);
    assertThat(answers.stream().filter(status -> status == 412)).hasSize(15);
  }
}
