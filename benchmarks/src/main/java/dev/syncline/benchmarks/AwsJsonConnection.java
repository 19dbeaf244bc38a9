// SPDX-License-Identifier: Apache-2.0
package dev.syncline.benchmarks;

import java.io.IOException;
import java.net.URI;

/** A {@link PlainConnection} that speaks AWS JSON. Not thread-safe. */
final class AwsJsonConnection implements AutoCloseable {
  /** A signature that only servers accept that do not verify it, for servers that require one. */
  static final String UNVERIFIED =
      "X-Amz-Date: 20260101T000000Z\r\nAuthorization: AWS4-HMAC-SHA256"
          + " Credential=test/20260101/us-east-1/dynamodb/aws4_request,"
          + " SignedHeaders=host;x-amz-date;x-amz-target, Signature="
          + "0".repeat(64)
          + "\r\n";

  private final PlainConnection connection;
  private final String headers;

  AwsJsonConnection(URI endpoint) throws IOException {
    this(endpoint, "");
  }

  /**
   * A connection that sends more headers with each request.
   *
   * @param headers each ended with CRLF
   */
  AwsJsonConnection(URI endpoint, String headers) throws IOException {
    this.connection = new PlainConnection(endpoint);
    this.headers = headers;
  }

  /**
   * Calls and gives the body.
   *
   * @throws IOException also when the answer is an error; the message is its body
   */
  String call(String target, String body) throws IOException {
    PlainConnection.Answer answer =
        connection.post(
            "/",
            "Content-Type: application/x-amz-json-1.0\r\nX-Amz-Target: "
                + target
                + "\r\n"
                + headers,
            body);
    if (answer.status() != 200) {
      throw new IOException(target + ": " + answer.body());
    }
    return answer.body();
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
