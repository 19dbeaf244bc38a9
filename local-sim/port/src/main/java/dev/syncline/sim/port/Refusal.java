// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import dev.syncline.sim.service.Json;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The answer to a request that no handler gets. */
final class Refusal {
  /** How long a peer whose request was refused may go on sending before the line is cut. */
  private static final long LINGER_SECONDS = 2;

  private static final Set<Integer> PEER_MAY_STILL_SEND = Set.of(408, 413, 414, 431, 503);

  private Refusal() {}

  /** Answers and closes the connection. On the event loop. */
  static void send(ChannelHandlerContext ctx, HttpResponseStatus status, String reason) {
    byte[] content = Json.writeBytes(Json.object().put("message", reason));
    var message =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(content));
    message
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
        .set(HttpHeaderNames.CONTENT_LENGTH, content.length)
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    ChannelFuture written = ctx.writeAndFlush(message);
    if (PEER_MAY_STILL_SEND.contains(status.code())) {
      // Closing with unread input would reset the connection and could lose the answer.
      ctx.executor().schedule(() -> ctx.close(), LINGER_SECONDS, TimeUnit.SECONDS);
    } else {
      written.addListener(ChannelFutureListener.CLOSE);
    }
  }
}
