// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.service.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tags, metadata, storage classes and encryption of objects over HTTP. */
class S3ObjectSettingsTest extends S3HttpFixture {
  private static final String K = "/my-bucket/k";
  private static final String SSE = "x-amz-server-side-encryption";

  @BeforeEach
  void bucket() throws Exception {
    send("PUT", "/my-bucket");
  }

  private HttpResponse put(String... headers) throws Exception {
    return send("PUT", K, "x", headers);
  }

  private HttpResponse tag(String... keysAndValues) throws Exception {
    var xml = new StringBuilder("<Tagging><TagSet>");
    for (int i = 0; i < keysAndValues.length; i += 2) {
      xml.append("<Tag><Key>").append(keysAndValues[i]).append("</Key><Value>");
      xml.append(keysAndValues[i + 1]).append("</Value></Tag>");
    }
    return send("PUT", K + "?tagging", xml.append("</TagSet></Tagging>").toString());
  }

  @Test
  void tagsAreWrittenWithTheObjectOrLater() throws Exception {
    put("x-amz-tagging", "a=1&b%20c=2%2B");
    assertThat(send("HEAD", K).headers().first("x-amz-tagging-count")).contains("2");
    assertThat(text(send("GET", K + "?tagging")))
        .contains("<TagSet><Tag><Key>a</Key><Value>1</Value></Tag>")
        .contains("<Tag><Key>b c</Key><Value>2+</Value></Tag></TagSet>");

    assertThat(tag("z", "9").status()).isEqualTo(200);
    assertThat(text(send("GET", K + "?tagging"))).contains("<Key>z</Key>").doesNotContain("<Key>a");

    assertThat(send("DELETE", K + "?tagging").status()).isEqualTo(204);
    assertThat(text(send("GET", K + "?tagging"))).doesNotContain("<Tag>");
    assertThat(send("HEAD", K).headers().first("x-amz-tagging-count")).isEmpty();
    assertThat(code(send("GET", "/my-bucket/none?tagging"))).isEqualTo("NoSuchKey");
  }

  @Test
  void badTagsAreRefused() throws Exception {
    put();
    String[] many = new String[22];
    for (int i = 0; i < many.length; i++) {
      many[i] = "t" + i;
    }
    assertThat(code(tag(many))).isEqualTo("BadRequest");
    assertThat(code(tag("a", "1", "a", "2"))).isEqualTo("InvalidTag");
    assertThat(code(tag("aws:x", "1"))).isEqualTo("InvalidTag");
    assertThat(code(tag("k".repeat(129), "1"))).isEqualTo("InvalidTag");
    assertThat(code(tag("k", "v".repeat(257)))).isEqualTo("InvalidTag");
    assertThat(code(tag("k", "{}"))).isEqualTo("InvalidTag");
    assertThat(code(put("x-amz-tagging", "a=1&a=2"))).isEqualTo("InvalidArgument");
    assertThat(code(put("x-amz-tagging", "a=%zz"))).isEqualTo("InvalidArgument");
    assertThat(code(send("PUT", K + "?tagging", "<Tagging/>"))).isEqualTo("MalformedXML");
  }

  @Test
  void metadataHaveALimit() throws Exception {
    assertThat(put("x-amz-meta-a", "v".repeat(2047)).status()).isEqualTo(200);

    HttpResponse large = put("x-amz-meta-a", "v".repeat(2048));

    assertThat(code(large)).isEqualTo("MetadataTooLarge");
    assertThat(value(text(large), "MaxSizeAllowed")).isEqualTo("2048");
  }

  @Test
  void aStorageClassIsKeptAndAnArchiveCannotBeRead() throws Exception {
    put("x-amz-storage-class", "STANDARD_IA", "x-amz-website-redirect-location", "/other");
    HttpResponse got = send("GET", K);
    assertThat(got.headers().first("x-amz-storage-class")).contains("STANDARD_IA");
    assertThat(got.headers().first("x-amz-website-redirect-location")).contains("/other");
    assertThat(text(send("GET", "/my-bucket?list-type=2")))
        .contains("<StorageClass>STANDARD_IA</StorageClass>");

    put("x-amz-storage-class", "GLACIER");
    HttpResponse archived = send("GET", K);
    assertThat(archived.status()).isEqualTo(403);
    assertThat(code(archived)).isEqualTo("InvalidObjectState");
    assertThat(send("HEAD", K).status()).isEqualTo(200);
    HttpResponse unknown = put("x-amz-storage-class", "COLD");
    assertThat(code(unknown)).isEqualTo("InvalidStorageClass");
    assertThat(code(put("x-amz-website-redirect-location", "other")))
        .isEqualTo("InvalidRedirectLocation");
  }

  @ParameterizedTest
  @CsvSource({
    "AES256, '', '', AES256, ",
    "aws:kms, '', '', aws:kms, arn:aws:kms:us-east-1:123456789012:alias/aws/s3",
    "aws:kms, abc, true, aws:kms, arn:aws:kms:us-east-1:123456789012:key/abc",
    "aws:kms:dsse, alias/a, '', aws:kms:dsse, arn:aws:kms:us-east-1:123456789012:alias/a",
  })
  void encryptionIsKeptAndAnswered(
      String method, String key, String bucketKey, String kept, String arn) throws Exception {
    String[] headers = {
      SSE, method, SSE + "-aws-kms-key-id", key, SSE + "-bucket-key-enabled", bucketKey
    };
    int given = key.isEmpty() ? 2 : bucketKey.isEmpty() ? 4 : 6;

    HttpResponse put = put(Arrays.copyOf(headers, given));
    HttpResponse head = send("HEAD", K);

    for (HttpResponse answer : new HttpResponse[] {put, head}) {
      assertThat(answer.headers().first(SSE)).contains(kept);
      assertThat(answer.headers().first(SSE + "-aws-kms-key-id").orElse(null)).isEqualTo(arn);
      assertThat(answer.headers().first(SSE + "-bucket-key-enabled").isPresent())
          .isEqualTo(!bucketKey.isEmpty());
    }
  }

  @Test
  void theBucketsEncryptionIsTheDefault() throws Exception {
    send(
        "PUT",
        "/my-bucket?encryption",
        "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault>"
            + "<SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>abc</KMSMasterKeyID>"
            + "</ApplyServerSideEncryptionByDefault><BucketKeyEnabled>true</BucketKeyEnabled>"
            + "</Rule></ServerSideEncryptionConfiguration>");

    HttpResponse put = put();

    assertThat(put.headers().first(SSE)).contains("aws:kms");
    assertThat(put.headers().first(SSE + "-bucket-key-enabled")).contains("true");
    assertThat(put(SSE, "AES256").headers().first(SSE)).contains("AES256");
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws:other", "AES-256"})
  void anUnknownEncryptionIsRefused(String method) throws Exception {
    assertThat(code(put(SSE, method))).isEqualTo("InvalidArgument");
  }

  private static String[] customerKey(String key) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    return new String[] {
      SSE + "-customer-algorithm",
      "AES256",
      SSE + "-customer-key",
      Base64.getEncoder().encodeToString(bytes),
      SSE + "-customer-key-MD5",
      Base64.getEncoder().encodeToString(Checksums.md5(bytes))
    };
  }

  @Test
  void aCustomersKeyIsNeededAgain() throws Exception {
    String[] key = customerKey("k".repeat(32));
    HttpResponse put = put(key);

    assertThat(put.headers().first(SSE + "-customer-algorithm")).contains("AES256");
    assertThat(put.headers().first(SSE + "-customer-key-MD5")).contains(key[5]);
    assertThat(put.headers().first(SSE)).isEmpty();
    assertThat(text(send("GET", K, "", key))).isEqualTo("x");
    assertThat(code(send("GET", K))).isEqualTo("InvalidRequest");
    assertThat(send("HEAD", K).status()).isEqualTo(400);
    assertThat(code(send("GET", K, "", customerKey("z".repeat(32))))).isEqualTo("AccessDenied");
    assertThat(code(send("PUT", "/my-bucket/copy", "", "x-amz-copy-source", K)))
        .isEqualTo("InvalidRequest");
  }

  @Test
  void aBadCustomersKeyIsRefused() throws Exception {
    String[] key = customerKey("k".repeat(32));
    String[] short31 = customerKey("k".repeat(31));
    String[] digest = key.clone();
    digest[5] = short31[5];
    String[] algorithm = key.clone();
    algorithm[1] = "DES";

    assertThat(value(text(put(short31)), "Message")).contains("secret key was invalid");
    assertThat(value(text(put(digest)), "Message")).contains("MD5 hash of the key did not match");
    assertThat(value(text(put(algorithm)), "Message")).contains("valid encryption algorithm");
    assertThat(value(text(put(key[0], key[1])), "Message")).contains("appropriate secret key");
    put();
    assertThat(code(send("GET", K, "", key))).isEqualTo("InvalidRequest");
  }

  @Test
  void locksNeedABucketWithLocks() throws Exception {
    HttpResponse answer = put("x-amz-object-lock-legal-hold", "ON");

    assertThat(code(answer)).isEqualTo("InvalidRequest");
    assertThat(value(text(answer), "Message")).contains("missing Object Lock Configuration");
  }
}
