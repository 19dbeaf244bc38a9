// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.service.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is configured on buckets, as XML: defaults, round trips, removals and refusals. */
class BucketSettingsTest extends S3HttpFixture {
  @BeforeEach
  void bucket() throws Exception {
    send("PUT", "/b-1");
  }

  @ParameterizedTest
  @CsvSource({
    "tagging, NoSuchTagSet",
    "cors, NoSuchCORSConfiguration",
    "lifecycle, NoSuchLifecycleConfiguration",
    "policy, NoSuchBucketPolicy",
    "policyStatus, NoSuchBucketPolicy",
    "replication, ReplicationConfigurationNotFoundError",
    "object-lock, ObjectLockConfigurationNotFoundError",
    "website, NoSuchWebsiteConfiguration",
    "metrics&id=1, NoSuchConfiguration",
    "inventory&id=1, NoSuchConfiguration",
    "analytics&id=1, NoSuchConfiguration",
    "intelligent-tiering&id=1, NoSuchConfiguration"
  })
  void aBucketWithoutASettingAnswersThatItIsNotThere(String query, String code) throws Exception {
    HttpResponse answer = send("GET", "/b-1?" + query);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(code(answer)).isEqualTo(code);
    assertThat(code(send("GET", "/none?" + query))).isEqualTo("NoSuchBucket");
  }

  @Test
  void aNewBucketHasTheDefaultsOfAws() throws Exception {
    assertThat(text(send("GET", "/b-1?publicAccessBlock")))
        .contains("<BlockPublicAcls>true</", "<RestrictPublicBuckets>true</");
    assertThat(value(text(send("GET", "/b-1?ownershipControls")), "ObjectOwnership"))
        .isEqualTo("BucketOwnerEnforced");
    assertThat(text(send("GET", "/b-1?encryption")))
        .contains("<SSEAlgorithm>AES256</", "<BucketKeyEnabled>false</");
    assertThat(value(text(send("GET", "/b-1?requestPayment")), "Payer")).isEqualTo("BucketOwner");
    assertThat(text(send("GET", "/b-1?acl")))
        .contains("xsi:type=\"CanonicalUser\"", "<Permission>FULL_CONTROL</");
    for (String empty : new String[] {"notification", "logging", "accelerate"}) {
      assertThat(send("GET", "/b-1?" + empty).status()).as(empty).isEqualTo(200);
    }
    assertThat(text(send("GET", "/b-1?metrics"))).contains("<IsTruncated>false</");
  }

  @ParameterizedTest
  @CsvSource({
    "publicAccessBlock, NoSuchPublicAccessBlockConfiguration",
    "ownershipControls, OwnershipControlsNotFoundError"
  })
  void aDefaultCanBeRemoved(String query, String code) throws Exception {
    assertThat(send("DELETE", "/b-1?" + query).status()).isEqualTo(204);
    assertThat(code(send("GET", "/b-1?" + query))).isEqualTo(code);
  }

  @Test
  void tagsAreReplacedAsAWhole() throws Exception {
    tag("<Tag><Key>a</Key><Value>1</Value></Tag><Tag><Key>b</Key><Value/></Tag>");
    tag("<Tag><Key>c</Key><Value>x y</Value></Tag>");

    assertThat(text(send("GET", "/b-1?tagging")))
        .contains("<TagSet><Tag><Key>c</Key><Value>x y</Value></Tag></TagSet>")
        .doesNotContain("<Key>a</Key>");
    send("DELETE", "/b-1?tagging");
    assertThat(code(send("GET", "/b-1?tagging"))).isEqualTo("NoSuchTagSet");
  }

  private HttpResponse tag(String tags) throws Exception {
    return send("PUT", "/b-1?tagging", "<Tagging><TagSet>" + tags + "</TagSet></Tagging>");
  }

  @Test
  void badTagsAreRefusedInTheWordsOfAws() throws Exception {
    assertThat(code(tag("<Tag><Key>aws:x</Key><Value>1</Value></Tag>"))).isEqualTo("InvalidTag");
    assertThat(text(tag("<Tag><Key>a</Key><Value/></Tag><Tag><Key>a</Key><Value/></Tag>")))
        .contains("Cannot provide multiple Tags with the same key");
    assertThat(code(tag("<Tag><Key>a</Key><Value/></Tag>".repeat(51)))).isEqualTo("BadRequest");
    assertThat(code(tag("<Tag><Key>a</Key></Tag>"))).isEqualTo("MalformedXML");
    assertThat(code(tag("<Tag><Key>a</Key><Value/><More/></Tag>"))).isEqualTo("MalformedXML");
  }

  @Test
  void aDocumentHasAtMost8Megabytes() throws Exception {
    HttpResponse answer = tag("<Tag><Key>a</Key><Value/></Tag>" + " ".repeat(8 * 1024 * 1024));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(code(answer)).isEqualTo("MaxMessageLengthExceeded");
  }

  @ParameterizedTest
  @CsvSource({
    "'<IndexDocument><Suffix>a/b</Suffix></IndexDocument>', InvalidArgument",
    "'<ErrorDocument><Key>e</Key></ErrorDocument>', InvalidArgument",
    "'<RedirectAllRequestsTo><HostName>h</HostName><Protocol>ftp</Protocol></RedirectAllRequestsTo>',"
        + " MalformedXML",
    "'<IndexDocument/>', MalformedXML"
  })
  void aWebsiteNeedsAnIndexOrARedirection(String content, String code) throws Exception {
    assertThat(
            code(
                send(
                    "PUT",
                    "/b-1?website",
                    "<WebsiteConfiguration>" + content + "</WebsiteConfiguration>")))
        .isEqualTo(code);
  }

  @Test
  void theEncryptionOfABucketIsThatOfItsNewObjects() throws Exception {
    String kms =
        "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault>"
            + "<SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>alias/k</KMSMasterKeyID>"
            + "</ApplyServerSideEncryptionByDefault><BucketKeyEnabled>true</BucketKeyEnabled>"
            + "</Rule></ServerSideEncryptionConfiguration>";
    assertThat(send("PUT", "/b-1?encryption", kms).status()).isEqualTo(200);
    HttpResponse put = send("PUT", "/b-1/k", "x");
    assertThat(put.headers().first("x-amz-server-side-encryption")).contains("aws:kms");
    assertThat(put.headers().first("x-amz-server-side-encryption-bucket-key-enabled"))
        .contains("true");

    assertThat(code(send("PUT", "/b-1?encryption", kms.replace("aws:kms", "AES256"))))
        .isEqualTo("InvalidArgument");
    assertThat(code(send("PUT", "/b-1?encryption", kms.replace("aws:kms", "rot13"))))
        .isEqualTo("MalformedXML");
    send("DELETE", "/b-1?encryption");
    assertThat(text(send("GET", "/b-1?encryption"))).contains("AES256");
  }

  @Test
  void logsNeedABucketThatExists() throws Exception {
    String logging =
        "<BucketLoggingStatus><LoggingEnabled><TargetBucket>%s</TargetBucket>"
            + "<TargetPrefix>l/</TargetPrefix></LoggingEnabled></BucketLoggingStatus>";

    assertThat(code(send("PUT", "/b-1?logging", logging.formatted("none"))))
        .isEqualTo("InvalidTargetBucketForLogging");
    assertThat(send("PUT", "/b-1?logging", logging.formatted("b-1")).status()).isEqualTo(200);
    assertThat(text(send("GET", "/b-1?logging"))).contains("<TargetPrefix>l/</TargetPrefix>");
    send("PUT", "/b-1?logging", "<BucketLoggingStatus/>");
    assertThat(text(send("GET", "/b-1?logging"))).doesNotContain("LoggingEnabled");
  }

  @Test
  void unsupportedSettingsAreRefusedByName() throws Exception {
    assertThat(
            text(
                send(
                    "PUT",
                    "/b-1?replication",
                    "<ReplicationConfiguration><Role>r</Role></ReplicationConfiguration>")))
        .contains("NotImplemented", "'replication'");
    assertThat(text(send("PUT", "/b-1?metrics&id=1", "<MetricsConfiguration/>")))
        .contains("NotImplemented", "metrics");
    assertThat(
            text(
                send(
                    "PUT",
                    "/b-1?object-lock",
                    "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule>"
                        + "<DefaultRetention><Mode>GOVERNANCE</Mode><Days>1</Days>"
                        + "</DefaultRetention></Rule></ObjectLockConfiguration>")))
        .contains("NotImplemented", "'Rule'");
    assertThat(text(send("PUT", "/b-1/k", "x", "x-amz-grant-read", "id=1")))
        .contains("NotImplemented", "x-amz-grant-read");
  }

  @Test
  void objectLockOfABucketComesWithVersions() throws Exception {
    send("PUT", "/b-2", "", "x-amz-bucket-object-lock-enabled", "true");

    assertThat(text(send("GET", "/b-2?object-lock"))).contains("<ObjectLockEnabled>Enabled</");
    assertThat(text(send("GET", "/b-2?versioning"))).contains("<Status>Enabled</Status>");
    assertThat(
            code(
                send(
                    "PUT",
                    "/b-1?object-lock",
                    "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled>"
                        + "</ObjectLockConfiguration>")))
        .isEqualTo("InvalidBucketState");
    assertThat(
            code(
                send(
                    "PUT",
                    "/b-2?versioning",
                    "<VersioningConfiguration><Status>Suspended</Status>"
                        + "</VersioningConfiguration>")))
        .isEqualTo("InvalidBucketState");
  }

  @Test
  void aBucketThatIsCreatedAgainHasNoFormerSettings() throws Exception {
    tag("<Tag><Key>a</Key><Value>1</Value></Tag>");
    send("DELETE", "/b-1");
    send("PUT", "/b-1");

    assertThat(code(send("GET", "/b-1?tagging"))).isEqualTo("NoSuchTagSet");
  }

  @Test
  void aCreationMayHaveTags() throws Exception {
    send(
        "PUT",
        "/b-3",
        "<CreateBucketConfiguration><Tags><Tag><Key>a</Key><Value>1</Value></Tag></Tags>"
            + "</CreateBucketConfiguration>");

    assertThat(text(send("GET", "/b-3?tagging"))).contains("<Key>a</Key>");
    assertThat(
            text(
                send(
                    "PUT",
                    "/b-4",
                    "<CreateBucketConfiguration><Bucket><Type>Directory</Type></Bucket>"
                        + "</CreateBucketConfiguration>")))
        .contains("NotImplemented", "'Bucket'");
  }
}
