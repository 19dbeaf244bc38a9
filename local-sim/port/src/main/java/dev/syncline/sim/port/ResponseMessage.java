// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import dev.syncline.sim.service.http.HttpDate;
import dev.syncline.sim.service.http.HttpResponse;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Instant;
import java.util.Map;

/**
 * A handler's answer on the wire. The port sets the framing headers and replaces those of the
 * handler.
 */
final class ResponseMessage {
  /** Names and values of all headers of an answer; clients read 16 to 300 KB. */
  static final int MAX_HEADER_BYTES = 64 * 1024;

  private static final byte[] NOTHING = new byte[0];

  /** An answer that HTTP cannot carry; the message tells the client why. */
  static final class Unsendable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unsendable(String message) {
      super(message);
    }

    Unsendable(String message, Throwable cause) {
      super(message, cause);
    }
  }

  private ResponseMessage() {}

  /**
   * The message.
   *
   * @throws Unsendable when a header cannot be sent, the headers are too large, or the status is
   *     one after which a client waits for another answer
   */
  static FullHttpResponse of(HttpRequest request, HttpResponse response, Instant now) {
    if (response.status() < 200) {
      throw new Unsendable("the answer has the status " + response.status() + ", which is interim");
    }
    boolean bodiless = response.status() == 204 || response.status() == 304;
    boolean headOnly = request.method().equals(HttpMethod.HEAD);
    byte[] content = bodiless || headOnly ? NOTHING : response.body();
    var message =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(response.status()),
            Unpooled.wrappedBuffer(content));
    addHeaders(message, response, headOnly);
    if (!bodiless && !message.headers().contains(HttpHeaderNames.CONTENT_LENGTH)) {
      message.headers().set(HttpHeaderNames.CONTENT_LENGTH, response.body().length);
    }
    setDate(message, now);
    return message;
  }

  /**
   * The head of a streamed answer.
   *
   * @throws Unsendable as for {@link #of}
   */
  static io.netty.handler.codec.http.HttpResponse head(
      HttpRequest request, HttpResponse response, Instant now) {
    var message =
        new DefaultHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(response.status()));
    addHeaders(message, response, false);
    if (hasBody(request, response) && request.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
      message.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    }
    setDate(message, now);
    return message;
  }

  /** Whether the request and the status let the answer have a body. */
  static boolean hasBody(HttpRequest request, HttpResponse response) {
    return response.status() >= 200
        && response.status() != 204
        && response.status() != 304
        && !request.method().equals(HttpMethod.HEAD);
  }

  private static void setDate(HttpMessage message, Instant now) {
    if (!message.headers().contains(HttpHeaderNames.DATE)) {
      message.headers().set(HttpHeaderNames.DATE, HttpDate.of(now));
    }
  }

  private static void addHeaders(HttpMessage message, HttpResponse response, boolean headOnly) {
    long bytes = 0;
    for (Map.Entry<String, String> header : response.headers().entries()) {
      bytes += header.getKey().length() + header.getValue().length();
      if (bytes > MAX_HEADER_BYTES) {
        throw new Unsendable("the answer has more than " + MAX_HEADER_BYTES + " bytes of headers");
      }
      if (!isFraming(header.getKey(), headOnly)) {
        try {
          message.headers().add(header.getKey(), header.getValue());
        } catch (IllegalArgumentException refused) {
          throw new Unsendable("the answer has a header that HTTP cannot carry", refused);
        }
      }
    }
  }

  private static boolean isFraming(String name, boolean headOnly) {
    return switch (name.length()) {
      case 10 -> name.equalsIgnoreCase("connection") || name.equalsIgnoreCase("keep-alive");
      case 14 -> name.equalsIgnoreCase("content-length") && !headOnly;
      case 17 -> name.equalsIgnoreCase("transfer-encoding");
      default -> false;
    };
  }
}
