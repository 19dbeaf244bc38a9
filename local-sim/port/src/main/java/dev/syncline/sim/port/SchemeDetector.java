// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Reads the first byte of a connection: a TLS client begins with a handshake record, an HTTP client
 * with a letter. One connection's handler; its event loop runs it.
 */
final class SchemeDetector extends ByteToMessageDecoder {
  /** The content type of a TLS handshake record. */
  private static final int HANDSHAKE = 22;

  /** Completes the pipeline of a connection. */
  @FunctionalInterface
  interface Continuation {
    /** Adds the handlers of a connection with or without TLS. */
    void accept(boolean secure);
  }

  private final Continuation continuation;

  SchemeDetector(Continuation continuation) {
    this.continuation = continuation;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    ctx.read();
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    if (!in.isReadable()) {
      return;
    }
    continuation.accept(in.getByte(in.readerIndex()) == HANDSHAKE);
    ctx.fireChannelActive();
    // The bytes read so far are passed on to the handlers that were added.
    ctx.pipeline().remove(this);
  }
}
