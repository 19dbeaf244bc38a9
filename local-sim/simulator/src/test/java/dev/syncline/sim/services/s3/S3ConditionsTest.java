// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import static dev.syncline.sim.testing.PortClient.element;
import static dev.syncline.sim.testing.PortClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.testing.WholeSimulatorFixture;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conditions, locations and presigned URLs, from outside. Source: the S3 API reference. */
class S3ConditionsTest extends WholeSimulatorFixture {
  private static final String HELLO = "\"5d41402abc4b2a76b9719d911017c592\"";
  private static final DateTimeFormatter BASIC =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  @BeforeEach
  void start() {
    s3("PUT", "/bucket", "");
    s3("PUT", "/bucket/k", "hello");
  }

  @ParameterizedTest
  @CsvSource({
    "k, '\"nope\"', 412, true",
    "k, '\"5d41402abc4b2a76b9719d911017c592\"', 204, false",
    "k, 5d41402abc4b2a76b9719d911017c592, 204, false",
    "k, *, 204, false",
    "none, '\"nope\"', 412, true",
    "none, *, 412, true",
  })
  void aDeletionHoldsToItsCondition(String key, String condition, int status, boolean stays) {
    HttpResponse<byte[]> deleted = s3("DELETE", "/bucket/" + key, "", "If-Match", condition);

    assertThat(deleted.statusCode()).isEqualTo(status);
    assertThat(element(deleted, "Code")).isEqualTo(status == 412 ? "PreconditionFailed" : "");
    assertThat(s3("HEAD", "/bucket/k", "").statusCode()).isEqualTo(stays ? 200 : 404);
  }

  @Test
  void oneOfSeveralDeletionsHoldsToItsEntityTag() {
    s3("PUT", "/bucket/l", "hello");

    HttpResponse<byte[]> answer =
        s3(
            "POST",
            "/bucket?delete",
            "<Delete><Object><Key>k</Key><ETag>\"nope\"</ETag></Object><Object><Key>l</Key><ETag>"
                + HELLO
                + "</ETag></Object></Delete>",
            "Content-MD5",
            "czsnkAY7GL6/tLJQZ6paMw==");

    assertThat(text(answer))
        .contains("<Error><Key>k</Key><Code>PreconditionFailed</Code>")
        .contains("<Deleted><Key>l</Key></Deleted>");
    assertThat(s3("HEAD", "/bucket/k", "").statusCode()).isEqualTo(200);
    assertThat(s3("HEAD", "/bucket/l", "").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "k, If-Match, '\"nope\"', 412, PreconditionFailed",
    "k, If-Match, '\"5d41402abc4b2a76b9719d911017c592\"', 200, ''",
    "none, If-Match, '\"nope\"', 404, NoSuchKey",
    "k, If-None-Match, *, 412, PreconditionFailed",
    "none, If-None-Match, *, 200, ''",
    "k, If-None-Match, '\"nope\"', 400, NotImplemented",
  })
  void everyWriteHoldsToItsCondition(
      String key, String header, String value, int status, String code) {
    s3("PUT", "/bucket/source", "other");
    String begun = element(s3("POST", "/bucket/" + key + "?uploads", ""), "UploadId");
    String etag =
        s3("PUT", "/bucket/" + key + "?partNumber=1&uploadId=" + begun, "part")
            .headers()
            .firstValue("etag")
            .orElseThrow();
    String complete =
        "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>"
            + etag
            + "</ETag></Part></CompleteMultipartUpload>";
    HttpResponse<byte[]> completed =
        s3("POST", "/bucket/" + key + "?uploadId=" + begun, complete, header, value);
    restore();
    HttpResponse<byte[]> copied =
        s3("PUT", "/bucket/" + key, "", "x-amz-copy-source", "bucket/source", header, value);
    restore();
    HttpResponse<byte[]> put = s3("PUT", "/bucket/" + key, "new", header, value);

    for (HttpResponse<byte[]> answer : java.util.List.of(completed, copied, put)) {
      assertThat(answer.statusCode()).isEqualTo(status);
      assertThat(element(answer, "Code")).isEqualTo(code);
    }
    if (status != 200) {
      assertThat(s3("HEAD", "/bucket/k", "").headers().firstValue("etag")).contains(HELLO);
      assertThat(s3("GET", "/bucket/" + key + "?uploadId=" + begun, "").statusCode())
          .isEqualTo(200);
    }
  }

  private void restore() {
    s3("DELETE", "/bucket/none", "");
    s3("PUT", "/bucket/k", "hello");
  }

  @ParameterizedTest
  @CsvSource({
    "If-Match, same, If-Unmodified-Since, before, 200",
    "If-Match, other, If-Unmodified-Since, after, 412",
    "If-None-Match, same, If-Modified-Since, before, 304",
    "If-None-Match, other, If-Modified-Since, after, 200",
    "If-Unmodified-Since, before, If-None-Match, other, 412",
    "If-Match, same, If-None-Match, same, 304",
    "If-Match, same, If-Modified-Since, after, 304",
  })
  void anEntityTagGoesBeforeATime(
      String one, String oneValue, String two, String twoValue, int status) {
    String[] headers = {one, condition(oneValue), two, condition(twoValue)};

    assertThat(s3("GET", "/bucket/k", "", headers).statusCode()).isEqualTo(status);
    assertThat(s3("HEAD", "/bucket/k", "", headers).statusCode()).isEqualTo(status);
  }

  @Test
  void aCopyNamesTheConditionOfItsSourceThatDoesNotHold() {
    HttpResponse<byte[]> copied =
        s3(
            "PUT",
            "/bucket/copy",
            "",
            "x-amz-copy-source",
            "bucket/k",
            "x-amz-copy-source-if-modified-since",
            condition("after"));

    assertThat(copied.statusCode()).isEqualTo(412);
    assertThat(element(copied, "Condition")).isEqualTo("x-amz-copy-source-If-Modified-Since");
  }

  @ParameterizedTest
  @CsvSource({
    "us-east-1, InvalidLocationConstraint, The specified location-constraint is not valid",
    "nowhere, InvalidLocationConstraint, The specified location-constraint is not valid",
    "eu-west-1, IllegalLocationConstraintException, 'The eu-west-1 location constraint is"
        + " incompatible for the region specific endpoint this request was sent to.'",
  })
  void aLocationThatIsNotThisRegionsIsRefused(String location, String code, String message) {
    HttpResponse<byte[]> created =
        s3(
            "PUT",
            "/another",
            "<CreateBucketConfiguration><LocationConstraint>"
                + location
                + "</LocationConstraint></CreateBucketConfiguration>");

    assertThat(created.statusCode()).isEqualTo(400);
    assertThat(element(created, "Code")).isEqualTo(code);
    assertThat(element(created, "Message")).isEqualTo(message);
    assertThat(s3("HEAD", "/another", "").statusCode()).isEqualTo(404);
  }

  @Test
  void aUrlOfSignatureVersion2GivesTheObjectUntilItExpires() {
    String open = version2("/bucket/k", 60, "&response-content-type=text%2Fx");
    String over = version2("/bucket/k", -1, "");

    HttpResponse<byte[]> got = port.send("GET", open, "");
    HttpResponse<byte[]> expired = port.send("GET", over, "");

    assertThat(text(got)).isEqualTo("hello");
    assertThat(got.headers().firstValue("content-type")).contains("text/x");
    assertThat(expired.statusCode()).isEqualTo(403);
    assertThat(element(expired, "Code")).isEqualTo("AccessDenied");
    assertThat(element(expired, "Message")).isEqualTo("Request has expired");
    assertThat(element(expired, "Expires")).isNotEmpty();
  }

  @Test
  void aUrlOfSignatureVersion2CarriesHeadersOfAnUpload() {
    String url =
        version2("/bucket/new", 60, "&content-type=a%2Fb&x-amz-meta-colour=red&x-amz-acl=private");

    assertThat(port.send("PUT", url, "new").statusCode()).isEqualTo(200);

    HttpResponse<byte[]> got = s3("GET", "/bucket/new", "");
    assertThat(text(got)).isEqualTo("new");
    assertThat(got.headers().firstValue("content-type")).contains("a/b");
    assertThat(got.headers().firstValue("x-amz-meta-colour")).contains("red");
  }

  @Test
  void aUrlOfSignatureVersion2ThatLacksAParameterIsRefused() {
    HttpResponse<byte[]> refused = port.send("GET", "/bucket/k?AWSAccessKeyId=a&Signature=b", "");

    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(element(refused, "Message"))
        .isEqualTo(
            "Query-string authentication requires the Signature, Expires and AWSAccessKeyId"
                + " parameters");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 60, 200, ''",
    "-61, 60, 403, AccessDenied",
    "0, 604801, 400, AuthorizationQueryParametersError",
    "0, -1, 400, AuthorizationQueryParametersError",
    "0, x, 400, AuthorizationQueryParametersError",
  })
  void aUrlOfSignatureVersion4HasItsTime(int signed, String expires, int status, String code) {
    HttpResponse<byte[]> got =
        port.send("GET", version4("/bucket/k", signed, expires) + "&x-id=GetObject", "");

    assertThat(got.statusCode()).isEqualTo(status);
    assertThat(element(got, "Code")).isEqualTo(code);
  }

  @Test
  void aChecksumInAUrlIsChecked() {
    String url =
        version4("/bucket/new", 0, "60")
            + "&x-amz-checksum-crc32=AAAAAA%3D%3D&x-amz-sdk-checksum-algorithm=CRC32";

    assertThat(element(port.send("PUT", url, "new"), "Code")).isEqualTo("BadDigest");
    assertThat(port.send("PUT", url, "").statusCode()).isEqualTo(200);
  }

  /** The signature of an access key that the simulator does not know is not checked. */
  private String version2(String path, int seconds, String more) {
    long expires = whole.simulator.clock().now().plusSeconds(seconds).getEpochSecond();
    return path + "?AWSAccessKeyId=stranger&Signature=c2ln%3D" + more + "&Expires=" + expires;
  }

  private String version4(String path, int signed, String expires) {
    return path
        + "?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=stranger%2F20260101%2Fus-east-1%2Fs3"
        + "%2Faws4_request&X-Amz-SignedHeaders=host&X-Amz-Signature=0&X-Amz-Expires="
        + expires
        + "&X-Amz-Date="
        + BASIC.format(whole.simulator.clock().now().plusSeconds(signed));
  }

  private String condition(String kind) {
    Instant now = whole.simulator.clock().now();
    return switch (kind) {
      case "same" -> HELLO;
      case "other" -> "\"other\"";
      case "before" -> ObjectAnswer.httpDate(now.minus(Duration.ofDays(1)));
      case "after" -> ObjectAnswer.httpDate(now.plus(Duration.ofDays(1)));
      default -> throw new AssertionError(kind);
    };
  }

  private HttpResponse<byte[]> s3(String method, String target, String body, String... headers) {
    return port.signed("s3", method, target, body, headers);
  }
}
