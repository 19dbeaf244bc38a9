// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.port.Router;
import dev.syncline.sim.service.contract.AccessKeys.AccessKey;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Uploads from forms. The signed forms are those of boto3 1.43 at the fixture's time, for the
 * secret {@code secret}.
 */
class S3FormTest extends S3HttpFixture {
  private static final String POLICY_2 =
      "eyJleHBpcmF0aW9uIjogIjIwMjYtMDEtMDJUMDM6MDU6MDVaIiwgImNvbmRpdGlvbnMiOiBbWy"
          + "Jjb250ZW50LWxlbmd0aC1yYW5nZSIsIDEsIDEwXSwgeyJhY2wiOiAicHJpdmF0ZSJ9LCB7ImJ1"
          + "Y2tldCI6ICJteS1idWNrZXQifSwgWyJzdGFydHMtd2l0aCIsICIka2V5IiwgInVwLyJdXX0=";
  private static final String POLICY_4 =
      "eyJleHBpcmF0aW9uIjogIjIwMjYtMDEtMDJUMDM6MDU6MDVaIiwgImNvbmRpdGlvbnMiOiBbWy"
          + "Jjb250ZW50LWxlbmd0aC1yYW5nZSIsIDEsIDEwXSwgeyJhY2wiOiAicHJpdmF0ZSJ9LCB7ImJ1"
          + "Y2tldCI6ICJteS1idWNrZXQifSwgWyJzdGFydHMtd2l0aCIsICIka2V5IiwgInVwLyJdLCB7In"
          + "gtYW16LWFsZ29yaXRobSI6ICJBV1M0LUhNQUMtU0hBMjU2In0sIHsieC1hbXotY3JlZGVudGlh"
          + "bCI6ICJBS0lBS05PV04vMjAyNjAxMDIvdXMtZWFzdC0xL3MzL2F3czRfcmVxdWVzdCJ9LCB7In"
          + "gtYW16LWRhdGUiOiAiMjAyNjAxMDJUMDMwNDA1WiJ9XX0=";

  private final Map<String, String> fields = new LinkedHashMap<>();

  @BeforeEach
  void bucket() throws Exception {
    send("PUT", "/my-bucket");
    s3.verifying(
        id ->
            id.equals("AKIAKNOWN")
                ? Optional.of(new AccessKey(id, "secret", null, "arn", "u", null))
                : Optional.empty());
  }

  private void signed(boolean version4) {
    fields.put("key", "up/${filename}");
    fields.put("acl", "private");
    if (version4) {
      fields.put("x-amz-algorithm", "AWS4-HMAC-SHA256");
      fields.put("x-amz-credential", "AKIAKNOWN/20260102/us-east-1/s3/aws4_request");
      fields.put("x-amz-date", "20260102T030405Z");
      fields.put("policy", POLICY_4);
      fields.put(
          "x-amz-signature", "1ea7041f7e34459ceaae0a93e3aff5a410e33712b32fee41ad25f554ba738187");
    } else {
      fields.put("AWSAccessKeyId", "AKIAKNOWN");
      fields.put("policy", POLICY_2);
      fields.put("signature", "39Vc34u0bHHcgeDiXH9m5ToasHc=");
    }
  }

  /** A form of a key that the simulator does not know, with conditions of one's own. */
  private void ofStranger(String conditions) {
    String policy =
        "{\"expiration\": \"2027-01-01T00:00:00Z\", \"conditions\": [" + conditions + "]}";
    fields.put("key", "k");
    fields.put("AWSAccessKeyId", "stranger");
    fields.put("signature", "x");
    fields.put(
        "policy", Base64.getEncoder().encodeToString(policy.getBytes(StandardCharsets.UTF_8)));
  }

  private HttpResponse post(String file) {
    return raw(body(file));
  }

  private String body(String file) {
    var body = new StringBuilder();
    fields.forEach(
        (name, value) ->
            body.append("--edge\r\nContent-Disposition: form-data; name=\"")
                .append(name)
                .append("\"\r\n\r\n")
                .append(value)
                .append("\r\n"));
    body.append(
            "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"C:\\d\\n.txt\"")
        .append("\r\nContent-Type: text/html\r\n\r\n")
        .append(file)
        .append("\r\n--edge--\r\n");
    return body.toString();
  }

  private HttpResponse raw(String body) {
    return raw(s3, body);
  }

  private static HttpResponse raw(Router router, String body) {
    HttpRequest request =
        request(
            "POST",
            "/my-bucket",
            body,
            "Content-Type",
            "multipart/form-data; boundary=edge",
            "Host",
            "127.0.0.1:4566");
    return router.answer(request);
  }

  /** Notifications tell an upload from a form from other ones. */
  @Test
  void aFormHasItsOwnEvent() throws Exception {
    FakeDestinations events = FakeDestinations.of("events");
    neighbours.add(events);
    Router told = router("us-east-1");
    send(told, "PUT", "/my-bucket", "");
    send(
        told,
        "PUT",
        "/my-bucket?notification",
        "<NotificationConfiguration><EventBridgeConfiguration/></NotificationConfiguration>");
    ofStranger("[\"starts-with\", \"$key\", \"\"]");

    assertThat(raw(told, body("x")).status()).isEqualTo(204);
    events.await(1);

    assertThat(events.received.getFirst().at("/Entries/0/Detail").asText())
        .contains("\"reason\":\"POST Object\"");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aSignedFormUploadsItsFile(boolean version4) throws Exception {
    signed(version4);

    HttpResponse posted = post("hello\r\n");

    assertThat(posted.status()).isEqualTo(204);
    assertThat(posted.headers().first("ETag")).isPresent();
    assertThat(posted.headers().first("Location"))
        .contains("http://127.0.0.1:4566/my-bucket/up/n.txt");
    assertThat(text(send("GET", "/my-bucket/up/n.txt"))).isEqualTo("hello\r\n");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aFormThatIsNotAsSignedIsRefused(boolean version4) throws Exception {
    signed(version4);
    assertThat(code(post("too long for it"))).isEqualTo("EntityTooLarge");
    assertThat(code(post(""))).isEqualTo("EntityTooSmall");
    fields.put("acl", "public-read");
    assertThat(value(text(post("x")), "Message")).contains("Policy Condition failed");
    fields.put("acl", "private");
    fields.put("x-amz-meta-a", "b");
    assertThat(value(text(post("x")), "Message")).contains("Extra input fields: x-amz-meta-a");
    fields.remove("x-amz-meta-a");
    fields.put("policy", fields.getOrDefault("policy", "").replace("MDM6MDU6", "MDQ6MDU6"));
    assertThat(code(post("x"))).isEqualTo("SignatureDoesNotMatch");
    signed(version4);
    clock.advance(Duration.ofSeconds(60));
    HttpResponse expired = post("x");
    assertThat(expired.status()).isEqualTo(403);
    assertThat(value(text(expired), "Message"))
        .isEqualTo("Invalid according to Policy: Policy expired.");
    assertThat(text(send("GET", "/my-bucket?list-type=2"))).contains("<KeyCount>0</KeyCount>");
  }

  @Test
  void theFieldsAreHeadersOfTheObject() throws Exception {
    ofStranger(
        "[\"starts-with\", \"$key\", \"\"], {\"bucket\": \"my-bucket\"},"
            + " [\"starts-with\", \"$Content-Type\", \"text/\"], {\"x-amz-meta-a\": \"b\"},"
            + " [\"eq\", \"$tagging\", \""
            + TAGGING
            + "\"],"
            + " {\"success_action_status\": \"201\"}");
    fields.put("Content-Type", "text/x");
    fields.put("x-amz-meta-a", "b");
    fields.put("tagging", TAGGING);
    fields.put("success_action_status", "201");
    fields.put("x-ignore-me", "1");

    HttpResponse posted = post("x");

    assertThat(posted.status()).isEqualTo(201);
    assertThat(text(posted))
        .contains("<PostResponse><Location>http://127.0.0.1:4566/my-bucket/k</Location>")
        .contains("<Bucket>my-bucket</Bucket><Key>k</Key><ETag>&quot;");
    var head = send("HEAD", "/my-bucket/k").headers();
    assertThat(head.first("Content-Type")).contains("text/x");
    assertThat(head.first("x-amz-meta-a")).contains("b");
    assertThat(head.first("x-amz-tagging-count")).contains("1");
  }

  private static final String TAGGING =
      "<Tagging><TagSet><Tag><Key>t</Key><Value>v w</Value></Tag></TagSet></Tagging>";

  @Test
  void aFormMayRedirect() {
    ofStranger(
        "[\"starts-with\", \"$key\", \"\"], [\"starts-with\", \"$success_action_redirect\", \"\"]");
    fields.put("success_action_redirect", "http://pages.test/done?a=1");

    HttpResponse posted = post("x");

    assertThat(posted.status()).isEqualTo(303);
    assertThat(posted.headers().first("Location").orElseThrow())
        .startsWith("http://pages.test/done?a=1&bucket=my-bucket&key=k&etag=%22");
    fields.put("success_action_redirect", "not a page");
    assertThat(post("x").status()).isEqualTo(204);
  }

  @ParameterizedTest
  @CsvSource({
    "key, key",
    "policy, policy",
    "signature, signature",
  })
  void aMissingFieldIsNamed(String field, String named) throws Exception {
    ofStranger("[\"starts-with\", \"$key\", \"\"]");
    fields.remove(field);

    HttpResponse answer = signedHost(field);

    assertThat(code(answer)).isEqualTo("InvalidArgument");
    assertThat(value(text(answer), "ArgumentName")).isEqualTo(named);
  }

  /** Without key or policy, only the host says that the form is for S3. */
  private HttpResponse signedHost(String missing) throws Exception {
    if (missing.equals("signature")) {
      return post("x");
    }
    var body = new StringBuilder();
    fields.forEach(
        (name, value) ->
            body.append("--edge\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n")
                .append(value + "\r\n"));
    body.append("--edge\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nx\r\n--edge--");
    return s3.answer(
        request(
            "POST",
            "/",
            body.toString(),
            "Content-Type",
            "multipart/form-data; boundary=edge",
            "Host",
            "my-bucket.s3.us-east-1.amazonaws.com"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"ends-with\", \"$key\", \"\"]",
        "[\"eq\", \"key\", \"k\"]",
        "[\"eq\", \"$key\"]",
        "[\"content-length-range\", \"x\", 5]",
        "7"
      })
  void aConditionThatIsNoneIsRefused(String condition) {
    ofStranger(condition);

    assertThat(code(post("x"))).isEqualTo("InvalidPolicyDocument");
  }

  @Test
  void aFormWithoutAFileOrAnEndIsRefused() {
    String key = "--edge\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\nk\r\n";
    String policy = key.replace("name=\"key\"", "name=\"policy\"");

    assertThat(code(raw(key + policy + "--edge--\r\n"))).isEqualTo("InvalidArgument");
    assertThat(code(raw(key + policy))).isEqualTo("MalformedPOSTRequest");
    assertThat(
            code(
                raw(key + policy + key.replace("k\r\n", "k".repeat(30_000) + "\r\n") + "--edge--")))
        .isEqualTo("MaxPostPreDataLengthExceeded");
  }
}
