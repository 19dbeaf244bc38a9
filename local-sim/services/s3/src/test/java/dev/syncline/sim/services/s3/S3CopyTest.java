// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.service.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies of objects, and of parts, over HTTP. */
class S3CopyTest extends S3HttpFixture {
  private static final String K = "/my-bucket/k";
  private static final String SOURCE = "x-amz-copy-source";

  @BeforeEach
  void object() throws Exception {
    send("PUT", "/my-bucket");
    send("PUT", K, "hello", "x-amz-tagging", "a=1", "x-amz-meta-m", "1");
  }

  private HttpResponse copy(String target, String source, String... headers) throws Exception {
    var all = new String[headers.length + 2];
    System.arraycopy(headers, 0, all, 2, headers.length);
    all[0] = SOURCE;
    all[1] = source;
    return send("PUT", target, "", all);
  }

  @Test
  void tagsAreCopiedUnlessTheyAreReplaced() throws Exception {
    copy("/my-bucket/same", K);
    copy("/my-bucket/other", K, "x-amz-tagging-directive", "REPLACE", "x-amz-tagging", "b=2");

    assertThat(text(send("GET", "/my-bucket/same?tagging"))).contains("<Key>a</Key>");
    assertThat(text(send("GET", "/my-bucket/other?tagging")))
        .contains("<Key>b</Key>")
        .doesNotContain("<Key>a</Key>");
    assertThat(code(copy("/my-bucket/x", K, "x-amz-tagging-directive", "SOME")))
        .isEqualTo("InvalidArgument");
    assertThat(code(copy("/my-bucket/x", K, "x-amz-metadata-directive", "SOME")))
        .isEqualTo("InvalidArgument");
  }

  @Test
  void settingsThatBelongToTheSourceStayThere() throws Exception {
    send(
        "PUT",
        K,
        "hello",
        "x-amz-storage-class",
        "STANDARD_IA",
        "x-amz-website-redirect-location",
        "/x",
        "x-amz-server-side-encryption",
        "aws:kms",
        "Cache-Control",
        "no-store");

    copy("/my-bucket/copy", K);

    var head = send("HEAD", "/my-bucket/copy").headers();
    assertThat(head.first("x-amz-storage-class")).isEmpty();
    assertThat(head.first("x-amz-website-redirect-location")).isEmpty();
    assertThat(head.first("x-amz-server-side-encryption")).contains("AES256");
    assertThat(head.first("Cache-Control")).contains("no-store");
  }

  @Test
  void aCopyToItselfMustChangeSomething() throws Exception {
    assertThat(code(copy(K, K))).isEqualTo("InvalidRequest");
    assertThat(copy(K, K, "x-amz-storage-class", "STANDARD_IA").status()).isEqualTo(200);
    assertThat(copy(K, K, "x-amz-server-side-encryption", "AES256").status()).isEqualTo(200);
    assertThat(copy(K, K, "x-amz-metadata-directive", "REPLACE").status()).isEqualTo(200);
    assertThat(send("HEAD", K).headers().first("x-amz-meta-m")).isEmpty();
  }

  @Test
  void aFormerVersionCanBeCopiedOverTheNewest() throws Exception {
    send(
        "PUT",
        "/my-bucket?versioning",
        "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>");
    String one = send("PUT", K, "one").headers().first("x-amz-version-id").orElseThrow();
    send("PUT", K, "two");

    HttpResponse copied = copy(K, K + "?versionId=" + one);

    assertThat(copied.headers().first("x-amz-copy-source-version-id")).contains(one);
    assertThat(copied.headers().first("x-amz-version-id")).isPresent();
    assertThat(text(send("GET", K))).isEqualTo("one");
  }

  @Test
  void aCopyHasTheChecksumThatItAsksFor() throws Exception {
    HttpResponse copied = copy("/my-bucket/c", K, "x-amz-checksum-algorithm", "SHA256");

    assertThat(value(text(copied), "ChecksumSHA256"))
        .isEqualTo("LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=");
    assertThat(value(text(copy("/my-bucket/d", "/my-bucket/c")), "ChecksumSHA256")).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"my-bucket", "/my-bucket/", "arn:aws:s3:::a/b"})
  void aSourceNeedsABucketAndAKey(String source) throws Exception {
    assertThat(code(copy("/my-bucket/c", source))).isEqualTo("InvalidArgument");
    assertThat(code(copy("/my-bucket/c", "/my-bucket/none"))).isEqualTo("NoSuchKey");
    assertThat(code(copy("/my-bucket/c", "/no-bucket/k"))).isEqualTo("NoSuchBucket");
  }

  @Test
  void aPartCanBeCopiedFromARange() throws Exception {
    String at =
        "/my-bucket/big?uploadId="
            + value(text(send("POST", "/my-bucket/big?uploads")), "UploadId");
    String range = "x-amz-copy-source-range";

    HttpResponse part = copy(at + "&partNumber=1", K, range, "bytes=1-3");
    String etag = value(text(part), "ETag");
    HttpResponse beyond = copy(at + "&partNumber=2", K, range, "bytes=1-5");
    HttpResponse open = copy(at + "&partNumber=2", K, range, "bytes=1-");
    HttpResponse stale = copy(at + "&partNumber=2", K, "x-amz-copy-source-if-match", "other");
    HttpResponse done =
        send(
            "POST",
            at,
            "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>"
                + etag
                + "</ETag></Part></CompleteMultipartUpload>");

    assertThat(text(part)).contains("<CopyPartResult");
    assertThat(value(text(beyond), "Message")).contains("source object of size: 5");
    assertThat(value(text(open), "Message")).contains("bytes=first-last");
    assertThat(stale.status()).isEqualTo(412);
    assertThat(done.status()).isEqualTo(200);
    assertThat(text(send("GET", "/my-bucket/big"))).isEqualTo("ell");
  }

  @Test
  void unfinishedUploadsAreListedInPages() throws Exception {
    String one = value(text(send("POST", "/my-bucket/a?uploads")), "UploadId");
    String two = value(text(send("POST", "/my-bucket/b/x?uploads")), "UploadId");
    send("POST", "/my-bucket/b/y?uploads", "", "x-amz-storage-class", "STANDARD_IA");

    String page = text(send("GET", "/my-bucket?uploads&max-uploads=1"));
    String rest = text(send("GET", "/my-bucket?uploads&key-marker=a&upload-id-marker=" + one));
    String rolled = text(send("GET", "/my-bucket?uploads&delimiter=/"));

    assertThat(page)
        .contains("<UploadId>" + one, "<NextKeyMarker>a<", "<IsTruncated>true<")
        .doesNotContain(two);
    assertThat(rest).contains(two, "<StorageClass>STANDARD_IA<").doesNotContain("<UploadId>" + one);
    assertThat(rolled).contains("<CommonPrefixes><Prefix>b/</Prefix></CommonPrefixes>", one);
    assertThat(code(send("GET", "/none?uploads"))).isEqualTo("NoSuchBucket");
  }
}
