// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.port.Router;
import dev.syncline.sim.service.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Buckets over HTTP: names, creation, deletion and listings. */
class S3BucketsTest extends S3HttpFixture {
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
}
