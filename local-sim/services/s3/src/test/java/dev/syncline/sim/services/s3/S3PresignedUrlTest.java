// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.service.contract.AccessKeys.AccessKey;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Presigned URLs of a known access key. The URLs are those of boto3 1.43 at the fixture's time, for
 * the secret {@code secret}. Reports B04 and its kind.
 */
class S3PresignedUrlTest extends S3HttpFixture {
  private static final String GET_2 =
      "/my-bucket/a%20b/c%2Bd?response-content-type=text%2Fx%3B%20y%3D1&AWSAccess"
          + "KeyId=AKIAKNOWN&Signature=9PN0nBoAhq1Q0CJuRwu%2BeM6wscU%3D&Expires=1767323"
          + "105";
  private static final String LIST_2 =
      "/my-bucket?list-type=2&prefix=a&encoding-type=url&AWSAccessKeyId=AKIAKNOWN"
          + "&Signature=n2xySiFDjq7HcnB9ojAapzzCgSM%3D&Expires=1767323105";
  private static final String PUT_2 =
      "/my-bucket/n?AWSAccessKeyId=AKIAKNOWN&Signature=bpzRG75Sz3NPjM6G744x45TIgA"
          + "s%3D&content-type=text%2Fx&x-amz-meta-q=1&Expires=1767323105";
  private static final String GET_4 =
      "/my-bucket/a%20b/c%2Bd?response-content-type=text%2Fx%3B%20y%3D1&X-Amz-Alg"
          + "orithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAKNOWN%2F20260102%2Fus-east-1%"
          + "2Fs3%2Faws4_request&X-Amz-Date=20260102T030405Z&X-Amz-Expires=60&X-Amz-Sig"
          + "nedHeaders=host&X-Amz-Signature=73dada0bbe4de09ba581b3168c4f3b27ac7c93f50b"
          + "ec1ee9af9980ecab959be5";
  private static final String LIST_4 =
      "/my-bucket?list-type=2&prefix=a&encoding-type=url&X-Amz-Algorithm=AWS4-HMA"
          + "C-SHA256&X-Amz-Credential=AKIAKNOWN%2F20260102%2Fus-east-1%2Fs3%2Faws4_req"
          + "uest&X-Amz-Date=20260102T030405Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host"
          + "&X-Amz-Signature=1a8d2ad53249f1e18ec85c3ac4a15613a0ebdf6f50bce560144cb5638"
          + "3bad47e";
  private static final String PUT_4 =
      "/my-bucket/n?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAKNOWN%2"
          + "F20260102%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20260102T030405Z&X-Am"
          + "z-Expires=60&X-Amz-SignedHeaders=content-type%3Bhost%3Bx-amz-meta-q&X-Amz-"
          + "Signature=d7c32e7e0f25011e21afa57518e1893e0fd0494946736e6074597b3fdba71985";

  @BeforeEach
  void object() throws Exception {
    send("PUT", "/my-bucket");
    send("PUT", "/my-bucket/a%20b/c%2Bd", "hello", "Content-Type", "text/plain");
    s3.verifying(
        id ->
            switch (id) {
              case "AKIAKNOWN" -> Optional.of(new AccessKey(id, "secret", null, "arn", "u", null));
              case "ASIATEMPORARY" ->
                  Optional.of(
                      new AccessKey(id, "secret", "token", "arn", "u", START.plusSeconds(5)));
              default -> Optional.empty();
            });
  }

  private HttpResponse unsigned(String method, String target, String body, String... headers) {
    var request = request(method, target, body, headers);
    return s3.answer(
        new HttpRequest(
            method,
            request.rawPath(),
            request.rawQuery(),
            request.headers().with("Host", "127.0.0.1:4566"),
            request.body(),
            "127.0.0.1",
            false));
  }

  @ParameterizedTest
  @ValueSource(strings = {GET_2, GET_4})
  void anObjectIsReadWithAUrl(String url) {
    HttpResponse got = unsigned("GET", url, "");

    assertThat(text(got)).isEqualTo("hello");
    assertThat(got.headers().first("content-type")).contains("text/x; y=1");
  }

  @ParameterizedTest
  @ValueSource(strings = {LIST_2, LIST_4})
  void aBucketIsListedWithAUrl(String url) {
    assertThat(text(unsigned("GET", url, ""))).contains("<Key>a%20b/c%2Bd</Key>");
  }

  @ParameterizedTest
  @ValueSource(strings = {PUT_2, PUT_4})
  void anObjectIsWrittenWithAUrl(String url) throws Exception {
    String[] headers = {"Content-Type", "text/x", "x-amz-meta-q", "1"};

    assertThat(unsigned("PUT", url, "new", headers).status()).isEqualTo(200);
    headers[1] = "text/other";
    HttpResponse other = unsigned("PUT", url, "new", headers);

    assertThat(code(other)).isEqualTo("SignatureDoesNotMatch");
    HttpResponse got = send("GET", "/my-bucket/n");
    assertThat(got.headers().first("content-type")).contains("text/x");
    assertThat(got.headers().first("x-amz-meta-q")).contains("1");
  }

  @ParameterizedTest
  @ValueSource(strings = {GET_2, GET_4, LIST_2, LIST_4})
  void aUrlExpiresByTheClock(String url) throws Exception {
    clock.advance(Duration.ofSeconds(59));
    assertThat(unsigned("GET", url, "").status()).isEqualTo(200);
    clock.advance(Duration.ofSeconds(2));

    HttpResponse expired = unsigned("GET", url, "");

    assertThat(expired.status()).isEqualTo(403);
    assertThat(code(expired)).isEqualTo("AccessDenied");
    assertThat(value(text(expired), "Message")).isEqualTo("Request has expired");
    assertThat(value(text(expired), "Expires")).isEqualTo("2026-01-02T03:05:05Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {GET_2, GET_4})
  void anyChangeOfWhatIsSignedIsRefused(String url) {
    HttpResponse other = unsigned("GET", url.replace("text%2Fx", "text%2Fz"), "");

    assertThat(other.status()).isEqualTo(403);
    assertThat(code(other)).isEqualTo("SignatureDoesNotMatch");
    assertThat(value(text(other), "AWSAccessKeyId")).isEqualTo("AKIAKNOWN");
    assertThat(code(unsigned("DELETE", url, ""))).isEqualTo("SignatureDoesNotMatch");
    assertThat(code(unsigned("GET", url.replace("/c%2B", "/e%2B"), "")))
        .isEqualTo("SignatureDoesNotMatch");
  }

  @ParameterizedTest
  @ValueSource(strings = {GET_2, GET_4})
  void theSignatureOfAnUnknownKeyIsNotChecked(String url) {
    String stranger = url.replace("AKIAKNOWN", "AKIASTRANGER").replace("text%2Fx", "text%2Fz");

    assertThat(text(unsigned("GET", stranger, ""))).isEqualTo("hello");
  }

  @ParameterizedTest
  @ValueSource(strings = {GET_2, GET_4})
  void aTemporaryKeyNeedsItsTokenAndItsTime(String url) throws Exception {
    String temporary = url.replace("AKIAKNOWN", "ASIATEMPORARY");
    assertThat(code(unsigned("GET", temporary, ""))).isEqualTo("InvalidToken");
    assertThat(code(unsigned("GET", temporary + "&x-amz-security-token=token", "")))
        .isEqualTo("SignatureDoesNotMatch");

    clock.advance(Duration.ofSeconds(6));

    assertThat(code(unsigned("GET", temporary + "&x-amz-security-token=token", "")))
        .isEqualTo("ExpiredToken");
  }

  @Test
  void aCredentialNeedsItsFiveParts() {
    String torn = GET_4.replace("%2Fs3%2Faws4_request", "%2Fs3");

    assertThat(unsigned("GET", torn, "").status()).isGreaterThanOrEqualTo(400);
  }
}
