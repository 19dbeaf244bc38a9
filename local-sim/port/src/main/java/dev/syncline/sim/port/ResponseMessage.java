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
  private static final byte[] NOTHING = new byte[0];

  private ResponseMessage() {}

  /**
   * The message.
   *
   * @throws IllegalArgumentException when a header cannot be sent
   */
  static FullHttpResponse of(HttpRequest request, HttpResponse response, Instant now) {
    boolean bodiless =
        response.status() < 200 || response.status() == 204 || response.status() == 304;
    boolean headOnly = request.method().equals(HttpMethod.HEAD);
    byte[] content = bodiless || headOnly ? NOTHING : response.body();
    var message =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(response.status()),
            Unpooled.wrappedBuffer(content));
    copyHeaders(response, message, headOnly);
    if (!bodiless && !message.headers().contains(HttpHeaderNames.CONTENT_LENGTH)) {
      message.headers().set(HttpHeaderNames.CONTENT_LENGTH, response.body().length);
    }
    setDate(message, now);
    return message;
  }

  /**
   * The head of a streamed answer.
   *
   * @throws IllegalArgumentException when a header cannot be sent
   */
  static io.netty.handler.codec.http.HttpResponse head(
      HttpRequest request, HttpResponse response, Instant now) {
    var message =
        new DefaultHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(response.status()));
    copyHeaders(response, message, false);
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

  private static void copyHeaders(HttpResponse response, HttpMessage message, boolean lengthKept) {
    for (Map.Entry<String, String> header : response.headers().entries()) {
      if (!isFraming(header.getKey(), lengthKept)) {
        message.headers().add(header.getKey(), header.getValue());
      }
    }
  }

  private static void setDate(HttpMessage message, Instant now) {
    if (!message.headers().contains(HttpHeaderNames.DATE)) {
      message.headers().set(HttpHeaderNames.DATE, HttpDate.of(now));
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
