// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.service.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CORS: which rules a bucket takes, and which pages may call it. */
class BucketPagesTest extends S3HttpFixture {
  private static final String RULE =
      "<CORSRule><AllowedMethod>GET</AllowedMethod><AllowedMethod>PUT</AllowedMethod>"
          + "<AllowedOrigin>https://*.example.com</AllowedOrigin><AllowedHeader>x-amz-*"
          + "</AllowedHeader><ExposeHeader>ETag</ExposeHeader><MaxAgeSeconds>60</MaxAgeSeconds>"
          + "</CORSRule>";
  private static final String PAGE = "https://app.example.com";

  @BeforeEach
  void bucket() throws Exception {
    send("PUT", "/b-1");
    assertThat(configure(RULE).status()).isEqualTo(200);
    send("PUT", "/b-1/k", "x");
  }

  private HttpResponse configure(String rules) throws Exception {
    return send("PUT", "/b-1?cors", "<CORSConfiguration>" + rules + "</CORSConfiguration>");
  }

  private HttpResponse preflight(String target, String origin, String method, String headers)
      throws Exception {
    return s3.answer(
        request(
            "OPTIONS",
            target,
            "",
            "Host",
            "127.0.0.1:4566",
            "Origin",
            origin,
            "Access-Control-Request-Method",
            method,
            "Access-Control-Request-Headers",
            headers));
  }

  @Test
  void aPreflightIsAllowedByARule() throws Exception {
    HttpResponse answer = preflight("/b-1/k", PAGE, "PUT", "X-Amz-Date, x-amz-meta-a");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers().byName())
        .containsEntry("access-control-allow-origin", PAGE)
        .containsEntry("access-control-allow-methods", "GET, PUT")
        .containsEntry("access-control-allow-headers", "x-amz-date, x-amz-meta-a")
        .containsEntry("access-control-expose-headers", "ETag")
        .containsEntry("access-control-max-age", "60")
        .containsEntry("access-control-allow-credentials", "true");
  }

  @ParameterizedTest
  @CsvSource({
    "/b-1/k, https://example.org, PUT, x-amz-date, not allowed",
    "/b-1/k, https://app.example.com, DELETE, x-amz-date, not allowed",
    "/b-1, https://app.example.com, PUT, content-type, not allowed",
    "/b-2, https://app.example.com, PUT, x-amz-date, CORS is not enabled for this bucket"
  })
  void aPreflightThatNoRuleAllowsIsForbidden(
      String target, String origin, String method, String headers, String words) throws Exception {
    send("PUT", "/b-2");
    HttpResponse answer = preflight(target, origin, method, headers);

    assertThat(answer.status()).isEqualTo(403);
    assertThat(code(answer)).isEqualTo("AccessForbidden");
    assertThat(text(answer)).contains(words);
    assertThat(answer.headers().first("access-control-allow-origin")).isEmpty();
  }

  @Test
  void aPageThatARuleAllowsIsAnsweredWithItsHeaders() throws Exception {
    HttpResponse allowed =
        send("GET", "/b-1/k", "", "Origin", PAGE, "Sec-Fetch-Site", "cross-site");
    HttpResponse missing = send("GET", "/b-1/none", "", "Origin", PAGE);

    assertThat(text(allowed)).isEqualTo("x");
    assertThat(allowed.headers().first("access-control-allow-origin")).contains(PAGE);
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.headers().first("access-control-allow-origin")).contains(PAGE);
  }

  @Test
  void otherPagesAreRefusedAndChangeNothing() throws Exception {
    assertThat(send("PUT", "/b-1/k", "y", "Origin", "https://example.org").status()).isEqualTo(403);
    assertThat(send("DELETE", "/b-1/k", "", "Origin", PAGE).status()).isEqualTo(403);
    assertThat(text(send("GET", "/b-1/k"))).isEqualTo("x");
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, /b-1?policy, 127.0.0.1",
    "PUT, /b-1/?cors, 127.0.0.1",
    "PUT, /?cors, b-1.s3.us-east-1.amazonaws.com",
    "PUT, /b-1, s3.amazonaws.com"
  })
  void aPageNeverConfiguresABucket(String method, String target, String host) throws Exception {
    HttpResponse answer =
        s3.answer(
            request(method, target, "{}", "Host", host, "Origin", PAGE, "Authorization", SIGNED));

    assertThat(answer.status()).isEqualTo(403);
  }

  @Test
  void aPageReachesAnObjectByTheBucketsOwnHost() throws Exception {
    HttpResponse answer =
        s3.answer(
            request(
                "GET",
                "/k",
                "",
                "Host",
                "b-1.s3.us-east-1.amazonaws.com",
                "Origin",
                PAGE,
                "Authorization",
                SIGNED));

    assertThat(text(answer)).isEqualTo("x");
    assertThat(answer.headers().first("access-control-allow-origin")).contains(PAGE);
  }

  @Test
  void aPageMayNotCallAnotherServiceByTheNameOfAnOpenBucket() throws Exception {
    HttpResponse answer =
        s3.answer(
            request(
                "GET",
                "/b-1/k",
                "",
                "Host",
                "127.0.0.1:4566",
                "Origin",
                PAGE,
                "Authorization",
                SIGNED.replace("/s3/", "/lambda/")));

    assertThat(answer.status()).isEqualTo(403);
  }

  @Test
  void everyoneMeansEveryone() throws Exception {
    configure(RULE.replace("https://*.example.com", "*"));
    HttpResponse answer = send("GET", "/b-1/k", "", "Origin", "https://example.org");

    assertThat(answer.headers().first("access-control-allow-origin")).contains("*");
    assertThat(answer.headers().first("access-control-allow-credentials")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, PATCH, InvalidRequest",
    "https://*.example.com, https://*.*.com, InvalidRequest",
    "ETag, x-*, InvalidRequest",
    "<MaxAgeSeconds>60</MaxAgeSeconds>, <MaxAgeSeconds>soon</MaxAgeSeconds>, MalformedXML",
    "<MaxAgeSeconds>60</MaxAgeSeconds>, <Other>1</Other>, MalformedXML"
  })
  void badRulesAreRefused(String good, String bad, String code) throws Exception {
    assertThat(code(configure(RULE.replace(good, bad)))).isEqualTo(code);
    assertThat(text(send("GET", "/b-1?cors"))).contains(RULE.replace("</CORSRule>", ""));
  }

  @Test
  void aBucketHasAtMost100Rules() throws Exception {
    assertThat(configure(RULE.repeat(100)).status()).isEqualTo(200);
    assertThat(code(configure(RULE.repeat(101)))).isEqualTo("MalformedXML");
    assertThat(code(configure(""))).isEqualTo("MalformedXML");
  }
}
