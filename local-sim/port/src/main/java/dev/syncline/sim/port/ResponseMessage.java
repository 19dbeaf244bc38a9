// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import dev.syncline.sim.service.http.HttpDate;
import dev.syncline.sim.service.http.HttpResponse;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
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
    for (Map.Entry<String, String> header : response.headers().entries()) {
      if (!isFraming(header.getKey(), headOnly)) {
        message.headers().add(header.getKey(), header.getValue());
      }
    }
    if (!bodiless && !message.headers().contains(HttpHeaderNames.CONTENT_LENGTH)) {
      message.headers().set(HttpHeaderNames.CONTENT_LENGTH, response.body().length);
    }
    if (!message.headers().contains(HttpHeaderNames.DATE)) {
      message.headers().set(HttpHeaderNames.DATE, HttpDate.of(now));
    }
    return message;
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
