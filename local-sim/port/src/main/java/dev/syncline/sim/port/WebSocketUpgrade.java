// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.service.http.WebSocketEndpoint;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The upgrade from HTTP to WebSocket (RFC 6455, section 4.2). */
final class WebSocketUpgrade {
  private WebSocketUpgrade() {}

  static boolean isAsked(HttpRequest request) {
    return says(request.headers().all("upgrade"), "websocket")
        && says(request.headers().all("connection"), "upgrade");
  }

  private static boolean says(List<String> values, String word) {
    for (String value : values) {
      if (value.toLowerCase(Locale.ROOT).contains(word)) {
        return true;
      }
    }
    return false;
  }

  /** The refusal of a handshake that the standard does not allow. */
  static Optional<HttpResponse> fault(HttpRequest request) {
    if (!request.method().equals("GET")) {
      return Optional.of(
          HttpResponse.json(400, "{\"message\":\"a WebSocket handshake is a GET\"}"));
    }
    if (!request.headers().first("sec-websocket-version").orElse("").equals("13")) {
      HttpResponse answer =
          HttpResponse.json(426, "{\"message\":\"only WebSocket version 13 is supported\"}");
      return Optional.of(
          new HttpResponse(
              426, answer.headers().with("Sec-WebSocket-Version", "13"), answer.body()));
    }
    if (!isKey(request.headers().first("sec-websocket-key").orElse(""))) {
      return Optional.of(
          HttpResponse.json(400, "{\"message\":\"Sec-WebSocket-Key must be 16 bytes in base64\"}"));
    }
    return Optional.empty();
  }

  /** The refusal of a handshake whose subprotocols the endpoint does not accept. */
  static Optional<HttpResponse> noSubprotocol(HttpRequest request, WebSocketEndpoint endpoint) {
    return endpoint.subprotocol(request).isPresent()
        ? Optional.empty()
        : Optional.of(
            HttpResponse.json(
                400, "{\"message\":\"none of the offered subprotocols is accepted\"}"));
  }

  private static boolean isKey(String key) {
    try {
      return Base64.getDecoder().decode(key.strip()).length == 16;
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }

  /** Answers 101 and puts the connection in the place of the HTTP handler. On the event loop. */
  static void perform(
      ChannelHandlerContext ctx,
      io.netty.handler.codec.http.HttpRequest request,
      String subprotocol,
      int maxMessageBytes,
      WebSocketConnection connection,
      Runnable opened) {
    var handshaker =
        new WebSocketServerHandshaker13(
            "",
            subprotocol.isEmpty() ? null : subprotocol,
            WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(maxMessageBytes)
                .allowExtensions(false)
                .expectMaskedFrames(true)
                .closeOnProtocolViolation(false)
                .withUTF8Validator(false)
                .build());
    var upgrade =
        new DefaultFullHttpRequest(
            request.protocolVersion(),
            request.method(),
            request.uri(),
            Unpooled.EMPTY_BUFFER,
            request.headers(),
            EmptyHttpHeaders.INSTANCE);
    start(handshaker, ctx, upgrade, connection, opened);
  }

  private static void start(
      WebSocketServerHandshaker handshaker,
      ChannelHandlerContext ctx,
      DefaultFullHttpRequest upgrade,
      WebSocketConnection connection,
      Runnable opened) {
    handshaker
        .handshake(ctx.channel(), upgrade)
        .addListener(
            done -> {
              if (done.isSuccess()) {
                ctx.pipeline().replace(ctx.name(), "webSocket", connection);
                opened.run();
              } else {
                ctx.close();
              }
            });
  }
}
