// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.http.BodyStream;
import dev.syncline.sim.service.http.HttpResponse;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends an answer whose body is made while it is sent. Runs on the thread of the request: each part
 * waits until the socket has taken the one before, so that a slow client holds up the body's maker
 * and not the memory.
 */
final class StreamedAnswer {
  private StreamedAnswer() {}

  /**
   * Sends head and body.
   *
   * @param patience how long a client may take nothing
   * @return whether the connection goes on; if not, it must be closed, so that the client sees the
   *     end of the body, or that it is cut off
   */
  static boolean send(
      ChannelHandlerContext ctx,
      HttpRequest request,
      HttpResponse response,
      boolean keepAlive,
      SimClock clock,
      Duration patience) {
    boolean chunked = HttpVersion.HTTP_1_1.equals(request.protocolVersion());
    boolean wanted = ResponseMessage.hasBody(request, response);
    BodyStream stream = response.stream();
    if (stream == null) {
      throw new IllegalArgumentException("the answer is complete");
    }
    try {
      HttpMessage head = ResponseMessage.head(request, response, clock.now());
      HttpUtil.setKeepAlive(head, keepAlive && chunked);
      require(ctx.writeAndFlush(head), patience);
      stream.writeTo(
          part -> {
            if (wanted && part.length > 0) {
              require(
                  ctx.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(part))),
                  patience);
            }
          });
      require(ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT), patience);
      return keepAlive && chunked;
    } catch (Exception cutOff) {
      // The client sees it by the end of the connection; nothing else can be said after the head.
      return false;
    }
  }

  private static void require(ChannelFuture written, Duration patience) throws IOException {
    var done = new CompletableFuture<Boolean>();
    written.addListener(
        future -> {
          if (future.isSuccess()) {
            done.complete(true);
          } else {
            done.completeExceptionally(future.cause());
          }
        });
    try {
      done.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException gone) {
      throw new IOException("the client has gone", gone.getCause());
    } catch (TimeoutException slow) {
      throw new IOException("the client took nothing for " + patience, slow);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", stopped);
    }
  }
}
