// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.service.ApiCall;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that S3 takes, and its errors. */
class S3EndpointTest extends S3HttpFixture {
  @ParameterizedTest
  @CsvSource({
    "PUT, /my-bucket/k?acl, acl",
    "GET, /my-bucket/k?torrent, torrent",
    "POST, /my-bucket/k?restore, restore",
    "PUT, /my-bucket/k?renameObject, renameObject",
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
    "x-amz-write-offset-bytes, 5",
    "x-amz-rename-source-if-match, e",
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
}
