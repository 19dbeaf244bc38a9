// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.service.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** Uploads in parts over HTTP. */
class S3UploadsTest extends S3HttpFixture {
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
}
