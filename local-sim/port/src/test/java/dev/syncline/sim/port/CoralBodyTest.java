// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sizes and compression of bodies, and the size of headers, in a Coral dialect. */
class CoralBodyTest extends CoralFixture {
  private static final int MAX_BODY = 16 * 1024 * 1024;

  @Test
  void aBodyOverTheLimitIs413BeforeItIsReadAsJson() throws Exception {
    byte[] body = new byte[MAX_BODY + 1];
    Arrays.fill(body, (byte) '{');
    for (var publisher :
        List.of(
            BodyPublishers.ofByteArray(body),
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))) {
      var response =
          send(
              request()
                  .header("Content-Type", JSON)
                  .header("X-Amz-Target", "Table_2012.Echo")
                  .POST(publisher));
      assertThat(response.statusCode()).isEqualTo(413);
      assertThat(response.body()).isEmpty();
    }
    byte[] longest = padded(MAX_BODY);
    assertThat(send(post(JSON, "Table_2012.Echo", longest)).statusCode()).isEqualTo(200);
  }

  @Test
  void headersOverTheLimitAre400() throws Exception {
    String line = "X-Long: " + "x".repeat(16 * 1024) + "\r\n";
    assertThat(
            raw("GET / HTTP/1.1\r\nHost: table.us-east-1.amazonaws.com\r\n" + line)
                .startsWith("HTTP/1.1 400"))
        .isTrue();
    assertThat(
            raw("GET / HTTP/1.1\r\nHost: table.us-east-1.amazonaws.com\r\nX-Long: "
                    + "x".repeat(15 * 1024)
                    + "\r\n")
                .startsWith("HTTP/1.1 200"))
        .isTrue();
  }

  @Test
  void compressedBodiesAreRead() throws Exception {
    byte[] half = gzip("{\"A\":".getBytes(StandardCharsets.UTF_8));
    byte[] rest = gzip("1}".getBytes(StandardCharsets.UTF_8));
    byte[] members =
        new SequenceInputStream(new ByteArrayInputStream(half), new ByteArrayInputStream(rest))
            .readAllBytes();
    assertThat(text(compressed("gzip", members))).isEqualTo("{\"echo\":{\"A\":1}}");
    assertThat(text(compressed("GZIP", gzip("{}".getBytes(StandardCharsets.UTF_8)))))
        .isEqualTo("{\"echo\":{}}");
    assertThat(text(compressed("deflate", deflate("{\"A\":2}".getBytes(StandardCharsets.UTF_8)))))
        .isEqualTo("{\"echo\":{\"A\":2}}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate", "br", "identity", "gzip, gzip"})
  void whatIsNotCompressedAsSaidIsA500(String encoding) throws Exception {
    byte[] whole = gzip("{\"A\":1}".getBytes(StandardCharsets.UTF_8));
    for (byte[] body :
        List.of("{}".getBytes(StandardCharsets.UTF_8), new byte[0], Arrays.copyOf(whole, 12))) {
      var response = compressed(encoding, body);
      assertThat(response.statusCode()).isEqualTo(500);
      assertThat(text(response)).contains("\"com.example.table.v1#InternalServerError\"");
    }
  }

  @Test
  void whatInflatesBeyondTheLimitIs413() throws Exception {
    assertThat(compressed("gzip", gzip(padded(MAX_BODY + 1))).statusCode()).isEqualTo(413);
    assertThat(compressed("deflate", deflate(padded(MAX_BODY))).statusCode()).isEqualTo(200);
    assertThat(compressed("gzip", gzip(new byte[400 * 1024 * 1024])).statusCode()).isEqualTo(413);
  }

  @Test
  void longAnswersAreCompressedForThoseThatAsk() throws Exception {
    String longBody = "{\"A\":\"" + "x".repeat(4096) + "\"}";
    var gzip = accepting("deflate;q=0, gzip", longBody);
    assertThat(header(gzip, "content-encoding")).isEqualTo("gzip");
    assertThat(header(gzip, "x-amz-crc32")).isEqualTo(crc32(gzip.body()));
    assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip.body())).readAllBytes())
        .isEqualTo(("{\"echo\":" + longBody + "}").getBytes(StandardCharsets.UTF_8));
    var deflate = accepting("br, deflate", longBody);
    assertThat(header(deflate, "content-encoding")).isEqualTo("deflate");
    assertThat(new InflaterInputStream(new ByteArrayInputStream(deflate.body())).readAllBytes())
        .hasSize(longBody.length() + 9);
    for (String none : List.of("identity", "gzip;q=0", "br")) {
      assertThat(accepting(none, longBody).headers().firstValue("content-encoding")).isEmpty();
    }
    String fits = "{\"A\":\"" + "x".repeat(4096 - 17) + "\"}";
    var answer = accepting("gzip", fits);
    assertThat(answer.body()).hasSize(4096);
    assertThat(answer.headers().firstValue("content-encoding")).isEmpty();
  }

  private HttpResponse<byte[]> compressed(String encoding, byte[] body) throws Exception {
    return send(post(JSON, "Table_2012.Echo", body).header("Content-Encoding", encoding));
  }

  private HttpResponse<byte[]> accepting(String codings, String body) throws Exception {
    return send(post(JSON, "Table_2012.Echo", body).header("Accept-Encoding", codings));
  }

  /** An empty structure and spaces up to the length. */
  private static byte[] padded(int length) {
    byte[] body = new byte[length];
    Arrays.fill(body, (byte) ' ');
    body[0] = '{';
    body[1] = '}';
    return body;
  }

  private static byte[] gzip(byte[] body) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(body);
    }
    return out.toByteArray();
  }

  private static byte[] deflate(byte[] body) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var deflate = new DeflaterOutputStream(out)) {
      deflate.write(body);
    }
    return out.toByteArray();
  }
}
