// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.port.Router;
import dev.syncline.sim.service.ApiCall;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3EndpointTest {
  private static final String SIGNED =
      "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request, SignedHeaders=host,"
          + " Signature=0";
  private static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");

  private final SimClock clock = new SimClock(new ClockMode.Manual(), START, Duration.ZERO);
  private final Journal journal = new Journal(clock);
  private final Router s3 = router("us-east-1");

  @AfterEach
  void stop() {
    clock.close();
  }

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
  void aListIsRolledUpAndComesInPages() throws Exception {
    send("PUT", "/my-bucket");
    for (String key : new String[] {"a/1", "a/2", "b", "c/1", "c/2", "d%26"}) {
      send("PUT", "/my-bucket/" + key, "x");
    }

    String first = text(send("GET", "/my-bucket?list-type=2&delimiter=%2F&max-keys=2"));
    String token = value(first, "NextContinuationToken");
    String second =
        text(
            send(
                "GET",
                "/my-bucket?list-type=2&delimiter=%2F&encoding-type=url&continuation-token="
                    + token));
    String prefixed = text(send("GET", "/my-bucket?list-type=2&prefix=c%2F&start-after=c%2F1"));

    assertThat(first)
        .contains("<CommonPrefixes><Prefix>a/</Prefix></CommonPrefixes>", "<Key>b</Key>")
        .contains("<KeyCount>2</KeyCount>", "<IsTruncated>true</IsTruncated>")
        .doesNotContain("<Prefix>c/", "a/1");
    assertThat(second)
        .contains("<CommonPrefixes><Prefix>c/</Prefix></CommonPrefixes>", "<Key>d%26</Key>")
        .contains("<KeyCount>2</KeyCount>", "<IsTruncated>false</IsTruncated>")
        .doesNotContain("<Prefix>a/", "<Key>b<");
    assertThat(prefixed).contains("<Key>c/2</Key>", "<KeyCount>1</KeyCount>");
  }

  @Test
  void aPageThatEndsWithAPrefixIsNotFollowedByThatPrefix() throws Exception {
    send("PUT", "/my-bucket");
    for (String key : new String[] {"a/1", "a/2", "b"}) {
      send("PUT", "/my-bucket/" + key, "x");
    }

    String first = text(send("GET", "/my-bucket?delimiter=/&max-keys=1"));
    String second =
        text(send("GET", "/my-bucket?delimiter=/&max-keys=1&marker=" + value(first, "NextMarker")));

    assertThat(value(first, "NextMarker")).isEqualTo("a/");
    assertThat(second).contains("<Key>b</Key>").contains("<IsTruncated>false</IsTruncated>");
  }

  @Test
  void keysAreOrderedByTheirUtf8Bytes() throws Exception {
    send("PUT", "/my-bucket");
    send("PUT", "/my-bucket/%F0%9F%98%80", "beyond the basic plane");
    send("PUT", "/my-bucket/%EF%BD%81", "high in the basic plane");

    String list = text(send("GET", "/my-bucket?list-type=2&encoding-type=url"));

    assertThat(list.indexOf("%EF%BD%81")).isPositive().isLessThan(list.indexOf("%F0%9F%98%80"));
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
  void anUploadInPartsBecomesOneObject() throws Exception {
    send("PUT", "/my-bucket");
    String begun =
        text(send("POST", "/my-bucket/big?uploads", "", "Content-Type", "application/x-big"));
    String at = "/my-bucket/big?uploadId=" + value(begun, "UploadId");
    String part = "x".repeat(5 * 1024 * 1024);
    String one = send("PUT", at + "&partNumber=1", part).headers().first("ETag").orElseThrow();
    String two = send("PUT", at + "&partNumber=2", "end").headers().first("ETag").orElseThrow();

    String parts = text(send("GET", at));
    HttpResponse swapped = send("POST", at, complete(part(2, two), part(1, one)));
    HttpResponse wrong = send("POST", at, complete(part(1, two)));
    HttpResponse done = send("POST", at, complete(part(1, one), part(2, two)));

    assertThat(parts).contains("<PartNumber>1</PartNumber>", "<PartNumber>2</PartNumber>");
    assertThat(code(swapped)).isEqualTo("InvalidPartOrder");
    assertThat(code(wrong)).isEqualTo("InvalidPart");
    assertThat(done.status()).isEqualTo(200);
    HttpResponse got = send("GET", "/my-bucket/big");
    assertThat(text(got)).isEqualTo(part + "end");
    assertThat(got.headers().first("ETag").orElseThrow()).matches("\"[0-9a-f]{32}-2\"");
    assertThat(got.headers().first("Content-Type")).contains("application/x-big");
    assertThat(code(send("GET", at))).isEqualTo("NoSuchUpload");
  }

  @Test
  void anAbortedUploadIsGoneAndASmallPartIsOnlyGoodAtTheEnd() throws Exception {
    send("PUT", "/my-bucket");
    String at =
        "/my-bucket/k?uploadId=" + value(text(send("POST", "/my-bucket/k?uploads")), "UploadId");
    String one = send("PUT", at + "&partNumber=1", "a").headers().first("ETag").orElseThrow();
    String two = send("PUT", at + "&partNumber=2", "b").headers().first("ETag").orElseThrow();

    assertThat(code(send("POST", at, complete(part(1, one), part(2, two)))))
        .isEqualTo("EntityTooSmall");
    assertThat(send("DELETE", at).status()).isEqualTo(204);
    assertThat(code(send("PUT", at + "&partNumber=1", "a"))).isEqualTo("NoSuchUpload");
    assertThat(send("HEAD", "/my-bucket/k").status()).isEqualTo(404);
  }

  @Test
  void severalObjectsAreDeletedAtOnce() throws Exception {
    send("PUT", "/my-bucket");
    send("PUT", "/my-bucket/a&b", "x");
    send("PUT", "/my-bucket/c", "x");

    String answer =
        text(
            send(
                "POST",
                "/my-bucket?delete",
                "<Delete xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
                    + "<Object><Key>a&amp;b</Key></Object><Object><Key>none</Key></Object>"
                    + "<Object><Key>c</Key><VersionId>7</VersionId></Object></Delete>"));

    assertThat(answer)
        .contains("<Deleted><Key>a&amp;b</Key></Deleted>", "<Deleted><Key>none</Key></Deleted>")
        .contains("<Error><Key>c</Key><Code>NoSuchVersion</Code>");
    assertThat(text(send("GET", "/my-bucket?list-type=2"))).contains("<KeyCount>1</KeyCount>");
  }

  @Test
  void aBucketIsDeletedOnceItIsEmpty() throws Exception {
    send("PUT", "/my-bucket");
    send("PUT", "/my-bucket/k", "x");

    HttpResponse full = send("DELETE", "/my-bucket");
    send("DELETE", "/my-bucket/k");
    HttpResponse empty = send("DELETE", "/my-bucket");

    assertThat(full.status()).isEqualTo(409);
    assertThat(code(full)).isEqualTo("BucketNotEmpty");
    assertThat(empty.status()).isEqualTo(204);
    assertThat(send("HEAD", "/my-bucket").status()).isEqualTo(404);
  }

  @Test
  void onesOwnBucketMayBeCreatedAgainInUsEast1Only() throws Exception {
    Router ireland = router("eu-west-1");
    String here =
        "<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint>"
            + "</CreateBucketConfiguration>";

    assertThat(send("PUT", "/my-bucket").status()).isEqualTo(200);
    assertThat(send("PUT", "/my-bucket").status()).isEqualTo(200);
    assertThat(code(send(ireland, "PUT", "/my-bucket", "")))
        .isEqualTo("IllegalLocationConstraintException");
    assertThat(send(ireland, "PUT", "/my-bucket", here).status()).isEqualTo(200);
    assertThat(code(send(ireland, "PUT", "/my-bucket", here))).isEqualTo("BucketAlreadyOwnedByYou");
    assertThat(text(send(ireland, "GET", "/my-bucket?location", ""))).contains(">eu-west-1</");
    assertThat(text(send("GET", "/my-bucket?location"))).endsWith("\"></LocationConstraint>");
    assertThat(text(send("GET", "/"))).contains("<Name>my-bucket</Name>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ab", "Abc", "a_b", "-abc", "abc-", "a..b", "192.168.0.1", "xn--a", "a-s3alias"})
  void aBucketNeedsAGoodName(String name) throws Exception {
    HttpResponse answer = send("PUT", "/" + name);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(code(answer)).isEqualTo("InvalidBucketName");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /my-bucket?acl, acl",
    "PUT, /my-bucket?versioning, versioning",
    "GET, /my-bucket?policy=, policy",
    "GET, /my-bucket/k?tagging, tagging",
    "PUT, /my-bucket/k?acl, acl",
    "GET, /my-bucket/k?partNumber=1, partNumber",
    "GET, /my-bucket?versions, versions",
    "POST, /my-bucket?restore, restore",
  })
  void aSubResourceThatIsNotSupportedIsRefusedByName(String method, String target, String named)
      throws Exception {
    send("PUT", "/my-bucket");
    send("PUT", "/my-bucket/k", "x");

    HttpResponse answer = send(method, target);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(code(answer)).isEqualTo("NotImplemented");
    assertThat(value(text(answer), "Message")).contains(named);
    assertThat(text(send("GET", "/my-bucket/k"))).isEqualTo("x");
  }

  @ParameterizedTest
  @CsvSource({
    "x-amz-tagging, a=b",
    "x-amz-acl, public-read",
    "x-amz-server-side-encryption, aws:kms",
    "x-amz-storage-class, GLACIER",
  })
  void aHeaderThatIsNotSupportedIsRefusedByName(String header, String value) throws Exception {
    send("PUT", "/my-bucket");

    HttpResponse answer = send("PUT", "/my-bucket/k", "x", header, value);

    assertThat(code(answer)).isEqualTo("NotImplemented");
    assertThat(value(text(answer), "Message")).contains(header, value);
  }

  @Test
  void anErrorNamesWhatItIsAbout() throws Exception {
    HttpResponse noBucket = send("GET", "/nowhere/k");
    send("PUT", "/my-bucket");
    HttpResponse noKey = send("GET", "/my-bucket/k");

    assertThat(noBucket.status()).isEqualTo(404);
    assertThat(text(noBucket))
        .contains("<Code>NoSuchBucket</Code>", "<BucketName>nowhere</BucketName>");
    assertThat(noKey.status()).isEqualTo(404);
    assertThat(text(noKey))
        .contains("<Code>NoSuchKey</Code>", "<Key>k</Key>", "<Resource>/my-bucket/k</Resource>")
        .contains("<RequestId>" + noKey.headers().first("x-amz-request-id").orElseThrow() + "</");
    assertThat(code(send("GET", "/my-bucket/k", "", "x-amz-expected-bucket-owner", "2")))
        .isEqualTo("AccessDenied");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "my-bucket.s3.amazonaws.com",
        "my-bucket.s3.us-east-1.amazonaws.com",
        "my-bucket.s3-eu-west-1.amazonaws.com",
        "my-bucket.localhost",
        "my-bucket.s3.localhost"
      })
  void theBucketMayBeInTheHostName(String host) throws Exception {
    send("PUT", "/my-bucket");

    s3.answer(request("PUT", "/dir/k", "x", "Authorization", SIGNED, "Host", host + ":4566"));

    assertThat(text(send("GET", "/my-bucket/dir/k"))).isEqualTo("x");
  }

  @ParameterizedTest
  @CsvSource({
    "/event, execute-api, 127.0.0.1, false",
    "/event, '', 127.0.0.1, false",
    "/restapis/abc/dev/_user_request_/event, '', localhost, false",
    "/_syncline/journal, '', localhost, false",
    "/my-bucket/k, '', localhost, false",
    "/k, '', my-bucket.localhost, false",
    "/, secretsmanager, 127.0.0.1, false",
    "/x, '', evil-s3.amazonaws.com, false",
    "/my-bucket/k, s3, localhost, true",
    "/, s3, 127.0.0.1, true",
    "/k, '', my-bucket.s3.amazonaws.com, true",
    "/k, '', s3.eu-west-1.amazonaws.com, true",
    "/b/k?X-Amz-Credential=a%2F20260101%2Fus-east-1%2Fs3%2Faws4_request, '', localhost, true",
    "/b/k?X-Amz-Credential=a%2F20260101%2Fus-east-1%2Fsts%2Faws4_request, '', localhost, false",
  })
  void onlyRequestsForS3AreClaimed(String target, String service, String host, boolean claimed) {
    String authorization = service.isEmpty() ? "" : SIGNED.replace("/s3/", "/" + service + "/");

    HttpRequest request =
        request("GET", target, "", "Authorization", authorization, "Host", host + ":4566");

    s3.answer(request);

    assertThat(
            journal.select(
                entry -> entry.event() instanceof ApiCall call && call.service().equals("s3")))
        .hasSize(claimed ? 1 : 0);
  }

  private Router router(String region) {
    var ids = new Ids(1);
    var dispatcher = new Dispatcher(clock, new FaultPlan(journal, ids));
    dispatcher.register(new S3Service(clock, ids, "123456789012", region));
    return new Router(dispatcher, journal, ids, "123456789012", region);
  }

  private HttpResponse send(String method, String target) throws Exception {
    return send(s3, method, target, "");
  }

  private HttpResponse send(String method, String target, String body, String... headers)
      throws Exception {
    return send(s3, method, target, body, headers);
  }

  private static HttpResponse send(
      Router router, String method, String target, String body, String... headers)
      throws Exception {
    HttpRequest request = request(method, target, body, headers);
    return router.answer(
        new HttpRequest(
            method,
            request.rawPath(),
            request.rawQuery(),
            request.headers().with("Authorization", SIGNED).with("Host", "127.0.0.1:4566"),
            request.body(),
            "127.0.0.1",
            false));
  }

  private static HttpRequest request(String method, String target, String body, String... headers) {
    int mark = target.indexOf('?');
    return new HttpRequest(
        method,
        mark < 0 ? target : target.substring(0, mark),
        mark < 0 ? "" : target.substring(mark + 1),
        Headers.of(headers),
        body.getBytes(StandardCharsets.UTF_8),
        "127.0.0.1",
        false);
  }

  private static String complete(String... parts) {
    return "<CompleteMultipartUpload>" + String.join("", parts) + "</CompleteMultipartUpload>";
  }

  private static String part(int number, String etag) {
    return "<Part><ETag>"
        + etag.replace("\"", "&quot;")
        + "</ETag><PartNumber>"
        + number
        + "</PartNumber></Part>";
  }

  private static String text(HttpResponse response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  private static String code(HttpResponse response) {
    return value(text(response), "Code");
  }

  private static String value(String xml, String element) {
    Matcher matcher = Pattern.compile("<" + element + ">([^<]*)</").matcher(xml);
    assertThat(matcher.find()).as("<%s> in %s", element, xml).isTrue();
    return matcher.group(1);
  }
}
