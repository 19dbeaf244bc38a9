// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.service.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Versions of objects over HTTP. */
class S3VersionsTest extends S3HttpFixture {
  private static final String ID = "x-amz-version-id";
  private static final String MARKER = "x-amz-delete-marker";

  @BeforeEach
  void bucket() throws Exception {
    send("PUT", "/my-bucket");
  }

  private HttpResponse versioning(String status) throws Exception {
    return send(
        "PUT",
        "/my-bucket?versioning",
        "<VersioningConfiguration><Status>" + status + "</Status></VersioningConfiguration>");
  }

  private String put(String key, String content) throws Exception {
    return send("PUT", "/my-bucket/" + key, content).headers().first(ID).orElse("");
  }

  private static List<String> values(String xml, String element) {
    Matcher matcher = Pattern.compile("<" + element + ">([^<]*)</").matcher(xml);
    var values = new ArrayList<String>();
    while (matcher.find()) {
      values.add(matcher.group(1));
    }
    return values;
  }

  @Test
  void aBucketIsUnversionedUntilItIsToldOtherwise() throws Exception {
    assertThat(text(send("GET", "/my-bucket?versioning"))).doesNotContain("Status");
    assertThat(put("k", "1")).isEmpty();

    assertThat(versioning("Enabled").status()).isEqualTo(200);

    assertThat(text(send("GET", "/my-bucket?versioning"))).contains("<Status>Enabled</Status>");
    assertThat(send("HEAD", "/my-bucket/k").headers().first(ID)).contains("null");
    assertThat(code(versioning("Sometimes"))).isEqualTo("MalformedXML");
    assertThat(code(send("PUT", "/my-bucket?versioning", "<VersioningConfiguration/>")))
        .isEqualTo("IllegalVersioningConfigurationException");
    HttpResponse mfa =
        send(
            "PUT",
            "/my-bucket?versioning",
            "<VersioningConfiguration><Status>Enabled</Status><MfaDelete>Enabled</MfaDelete>"
                + "</VersioningConfiguration>");
    assertThat(value(text(mfa), "Message")).contains("MFA delete");
  }

  @Test
  void everyVersionCanBeReadAndDeleted() throws Exception {
    versioning("Enabled");
    String one = put("k", "one");
    String two = put("k", "two");

    assertThat(one).hasSize(32).isNotEqualTo(two);
    assertThat(text(send("GET", "/my-bucket/k"))).isEqualTo("two");
    assertThat(text(send("GET", "/my-bucket/k?versionId=" + one))).isEqualTo("one");
    HttpResponse deleted = send("DELETE", "/my-bucket/k?versionId=" + two);
    assertThat(deleted.status()).isEqualTo(204);
    assertThat(deleted.headers().first(ID)).contains(two);
    assertThat(deleted.headers().first(MARKER)).isEmpty();
    assertThat(text(send("GET", "/my-bucket/k"))).isEqualTo("one");
    assertThat(code(send("GET", "/my-bucket/k?versionId=" + two))).isEqualTo("NoSuchVersion");
    assertThat(code(send("GET", "/my-bucket/k?versionId=two"))).isEqualTo("InvalidArgument");
  }

  @Test
  void aDeletionLeavesAMarkerThatCanBeDeleted() throws Exception {
    versioning("Enabled");
    put("k", "one");

    HttpResponse deleted = send("DELETE", "/my-bucket/k");
    String marker = deleted.headers().first(ID).orElseThrow();
    HttpResponse got = send("GET", "/my-bucket/k");
    HttpResponse ofMarker = send("GET", "/my-bucket/k?versionId=" + marker);

    assertThat(deleted.headers().first(MARKER)).contains("true");
    assertThat(code(got)).isEqualTo("NoSuchKey");
    assertThat(got.headers().first(MARKER)).contains("true");
    assertThat(got.headers().first(ID)).contains(marker);
    assertThat(ofMarker.status()).isEqualTo(405);
    assertThat(code(ofMarker)).isEqualTo("MethodNotAllowed");
    assertThat(ofMarker.headers().first("Allow")).contains("DELETE");
    assertThat(ofMarker.headers().first("Last-Modified")).isPresent();
    assertThat(text(send("GET", "/my-bucket?list-type=2"))).contains("<KeyCount>0</KeyCount>");
    assertThat(code(send("DELETE", "/my-bucket"))).isEqualTo("BucketNotEmpty");

    HttpResponse undeleted = send("DELETE", "/my-bucket/k?versionId=" + marker);
    assertThat(undeleted.headers().first(MARKER)).contains("true");
    assertThat(text(send("GET", "/my-bucket/k"))).isEqualTo("one");
  }

  @Test
  void suspendedWritesReplaceTheNullVersionOnly() throws Exception {
    put("k", "before");
    versioning("Enabled");
    String kept = put("k", "kept");
    versioning("Suspended");

    assertThat(put("k", "after")).isEqualTo("null");

    assertThat(text(send("GET", "/my-bucket/k?versionId=null"))).isEqualTo("after");
    assertThat(text(send("GET", "/my-bucket/k?versionId=" + kept))).isEqualTo("kept");
    HttpResponse deleted = send("DELETE", "/my-bucket/k");
    assertThat(deleted.headers().first(ID)).contains("null");
    assertThat(deleted.headers().first(MARKER)).contains("true");
    String listed = text(send("GET", "/my-bucket?versions"));
    assertThat(values(listed, "VersionId")).containsExactly(kept, "null");
    assertThat(values(listed, "IsLatest")).containsExactly("false", "true");
  }

  @Test
  void versionsAreListedInPages() throws Exception {
    versioning("Enabled");
    String first = put("a", "1");
    String second = put("a", "2");
    put("b/x", "3");
    put("b/y", "3");
    String last = send("DELETE", "/my-bucket/c").headers().first(ID).orElseThrow();

    String page = text(send("GET", "/my-bucket?versions&max-keys=1&delimiter=/"));
    String next =
        text(
            send(
                "GET",
                "/my-bucket?versions&max-keys=2&delimiter=/&key-marker=a&version-id-marker="
                    + second));
    String end = text(send("GET", "/my-bucket?versions&delimiter=/&key-marker=b/"));

    assertThat(values(page, "VersionId")).containsExactly(second);
    assertThat(values(page, "NextVersionIdMarker")).containsExactly(second);
    assertThat(values(page, "IsTruncated")).containsExactly("true");
    assertThat(values(next, "VersionId")).containsExactly(first);
    assertThat(next)
        .contains("<CommonPrefixes><Prefix>b/</Prefix></CommonPrefixes>")
        .contains("<NextKeyMarker>b/</NextKeyMarker>")
        .contains("<IsTruncated>true</IsTruncated>");
    assertThat(end).contains("<DeleteMarker>", last, "<IsTruncated>false</IsTruncated>");
    assertThat(code(send("GET", "/my-bucket?versions&version-id-marker=" + first)))
        .isEqualTo("InvalidArgument");
  }

  @Test
  void severalVersionsAreDeletedAtOnce() throws Exception {
    versioning("Enabled");
    String one = put("k", "one");
    put("l", "x");
    String body =
        "<Delete><Object><Key>k</Key><VersionId>"
            + one
            + "</VersionId></Object><Object><Key>l</Key></Object>"
            + "<Object><Key></Key></Object>"
            + "<Object><Key>l</Key><ETag>no</ETag></Object></Delete>";

    String answer = text(sendSummed("POST", "/my-bucket?delete", body));
    String quiet =
        text(
            sendSummed(
                "POST",
                "/my-bucket?delete",
                "<Delete><Quiet>true</Quiet><Object><Key>m</Key></Object></Delete>"));

    assertThat(answer)
        .contains("<Deleted><Key>k</Key><VersionId>" + one + "</VersionId></Deleted>")
        .contains("<Deleted><Key>l</Key><DeleteMarker>true</DeleteMarker><DeleteMarkerVersionId>")
        .contains("<Code>UserKeyMustBeSpecified</Code>")
        .contains("<Key>l</Key><Code>PreconditionFailed</Code>");
    assertThat(quiet).doesNotContain("<Deleted>");
    assertThat(send("DELETE", "/my-bucket/k?versionId=" + one).status()).isEqualTo(204);
  }

  @Test
  void aDeletionOfSeveralNeedsADigest() throws Exception {
    String body = "<Delete><Object><Key>m</Key></Object></Delete>";

    HttpResponse without = send("POST", "/my-bucket?delete", body);
    HttpResponse wrong =
        send("POST", "/my-bucket?delete", body, "x-amz-checksum-crc32", "AAAAAA==");

    assertThat(code(without)).isEqualTo("InvalidRequest");
    assertThat(value(text(without), "Message")).contains("Content-MD5 OR x-amz-checksum-");
    assertThat(code(wrong)).isEqualTo("BadDigest");
  }
}
