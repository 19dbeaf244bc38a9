// SPDX-License-Identifier: Apache-2.0
package dev.syncline.benchmarks;

import java.io.IOException;
import java.net.URI;

/** A {@link PlainConnection} that speaks AWS JSON. Not thread-safe. */
final class AwsJsonConnection implements AutoCloseable {
  private final PlainConnection connection;

  AwsJsonConnection(URI endpoint) throws IOException {
    this.connection = new PlainConnection(endpoint);
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
            "Content-Type: application/x-amz-json-1.0\r\nX-Amz-Target: " + target + "\r\n",
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
