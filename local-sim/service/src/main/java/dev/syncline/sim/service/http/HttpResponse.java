// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An answer. The port adds Content-Length, or Transfer-Encoding, and Date.
 *
 * @param body the complete body; empty if there is a {@code stream}
 * @param stream makes the body while it is sent; null for a complete one
 */
public record HttpResponse(int status, Headers headers, byte[] body, @Nullable BodyStream stream) {

  /** A complete answer. */
  public HttpResponse(int status, Headers headers, byte[] body) {
    this(status, headers, body, null);
  }

  /** An answer whose body is made while it is sent. */
  public static HttpResponse streamed(int status, Headers headers, BodyStream stream) {
    return new HttpResponse(status, headers, new byte[0], stream);
  }

  /** The same with other headers. */
  public HttpResponse with(Headers newHeaders) {
    return new HttpResponse(status, newHeaders, body, stream);
  }

  /**
   * The complete answer: the stream, if there is one, has been read to its end.
   *
   * @throws IllegalStateException when the stream cannot be completed
   */
  public HttpResponse complete() {
    if (stream == null) {
      return this;
    }
    var bytes = new ByteArrayOutputStream();
    try {
      stream.writeTo(bytes::writeBytes);
    } catch (RuntimeException broken) {
      throw broken;
    } catch (Exception broken) {
      throw new IllegalStateException("the body was cut off", broken);
    }
    return new HttpResponse(status, headers, bytes.toByteArray());
  }

  /** An answer with a JSON body. */
  public static HttpResponse json(int status, String body) {
    return new HttpResponse(
        status,
        Headers.of("Content-Type", "application/json"),
        body.getBytes(StandardCharsets.UTF_8));
  }

  /** An answer with a plain text body. */
  public static HttpResponse text(int status, String body) {
    return new HttpResponse(
        status,
        Headers.of("Content-Type", "text/plain; charset=utf-8"),
        body.getBytes(StandardCharsets.UTF_8));
  }
}
