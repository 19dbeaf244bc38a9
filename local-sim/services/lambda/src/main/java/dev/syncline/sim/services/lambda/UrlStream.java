// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import dev.syncline.sim.lambda.InvocationResult;
import dev.syncline.sim.service.http.BodyStream;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * The answer of a function URL that streams. A response of the type {@value
 * UrlResponse#WITH_PRELUDE} begins with its status and headers as JSON and eight zero bytes.
 * Source: the Lambda developer guide, "Response streaming", and the clients that write it.
 */
final class UrlStream {
  /** The maximum size of the JSON, in bytes. */
  private static final int MAX_PRELUDE = 1024 * 1024;

  private static final int DELIMITER = 8;

  private UrlStream() {}

  /** The answer; the invocation is closed with its body. */
  static HttpResponse answer(StreamedInvocation running) {
    String type = running.contentType();
    if (type == null) {
      InvocationResult result = running.result();
      return result.functionError() == null
          ? new HttpResponse(
              200, Headers.of("Content-Type", "application/octet-stream"), result.payload())
          : UrlResponse.broken();
    }
    if (!type.equals(UrlResponse.WITH_PRELUDE)) {
      return HttpResponse.streamed(
          200, Headers.of("Content-Type", type), out -> write(running, new byte[0], out));
    }
    byte[] begin = begin(running);
    int zeros = delimiter(begin);
    HttpResponse head = zeros < 0 ? null : UrlResponse.head(Arrays.copyOf(begin, zeros));
    if (head == null) {
      running.close();
      return UrlResponse.broken();
    }
    byte[] rest = Arrays.copyOfRange(begin, zeros + DELIMITER, begin.length);
    return HttpResponse.streamed(head.status(), head.headers(), out -> write(running, rest, out));
  }

  private static void write(StreamedInvocation running, byte[] first, BodyStream.Parts out)
      throws IOException {
    try (running) {
      out.write(first);
      InvocationResult result = running.writeTo(out, part -> part);
      if (result.functionError() != null) {
        throw new IOException("the function failed after it had begun to answer");
      }
    }
  }

  /** What has come when the delimiter has, or the end. */
  private static byte[] begin(StreamedInvocation running) {
    var bytes = new ByteArrayOutputStream();
    while (bytes.size() < MAX_PRELUDE && delimiter(bytes.toByteArray()) < 0) {
      if (!(running.next() instanceof ResponsePipe.Next.Part part)) {
        break;
      }
      bytes.writeBytes(part.bytes());
    }
    return bytes.toByteArray();
  }

  /** Where the delimiter begins, -1 when it is not there as a whole. */
  private static int delimiter(byte[] bytes) {
    int zeros = 0;
    for (int i = 0; i < bytes.length; i++) {
      zeros = bytes[i] == 0 ? zeros + 1 : 0;
      if (zeros == DELIMITER) {
        return i + 1 - DELIMITER;
      }
    }
    return -1;
  }
}
