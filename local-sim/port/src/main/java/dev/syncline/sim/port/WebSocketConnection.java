// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.service.http.FanOut;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.WebSocketEndpoint;
import dev.syncline.sim.service.http.WebSocketPeer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One connection in its WebSocket phase. Received frames are assembled here and queued for the
 * listener; outgoing frames wait in an {@link Outbox}. Fields without a comment belong to the event
 * loop.
 */
final class WebSocketConnection extends ChannelInboundHandlerAdapter
    implements WebSocketPeer, Outbox.Owner {
  /** The time that the peer has to answer a close frame before the connection is cut. */
  private static final Duration CLOSE_TIME = Duration.ofSeconds(2);

  /** The time that the peer has to read the frames queued before a close, in real time. */
  private static final Duration DRAIN_TIME = Duration.ofSeconds(10);

  private static final int NO_STATUS = 1005;
  private static final int ABNORMAL = 1006;

  /** RFC 6455, section 7.4.2; Netty does not check this limit. */
  private static final int MAX_CLOSE_CODE = 4999;

  private final Channel channel;
  private final Journal journal;
  private final String path;
  private final Overflow overflow;
  private final int maxMessageBytes;
  private final Inbox inbox;
  private final Outbox outbox;

  private @Nullable ByteArrayOutputStream partial;
  private boolean mayRead = true;
  private boolean closeReceived;
  private boolean failed;
  private int closeCode = ABNORMAL;
  private String closeReason = "";

  WebSocketConnection(Channel channel, String path, ConnectionContext context) {
    this.channel = channel;
    this.journal = context.journal();
    this.path = path;
    this.overflow = context.limits().mailboxes().overflow();
    this.maxMessageBytes = context.limits().messageBytes();
    this.inbox = new Inbox(path, this, context.clock(), journal, this::readMore);
    this.outbox = new Outbox(channel, context.mailboxes(), this);
  }

  /** The handshake is complete and this handler is in the pipeline. */
  void opened(WebSocketEndpoint endpoint, HttpRequest upgrade) {
    outbox.opened();
    inbox.open(endpoint, upgrade);
    if (!channel.isActive()) {
      outbox.discard();
      inbox.closed(closeCode, closeReason);
      return;
    }
    channel.read();
  }

  @Override
  public boolean sendText(String message) {
    return outbox.offer(message.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public boolean sendUtf8(byte[] message) {
    return outbox.offer(message);
  }

  @Override
  public int sendAll(byte[] head, byte[][] bodies, int from, FanOut fanOut) {
    return outbox.offerAll(head, bodies, from, fanOut);
  }

  @Override
  public @Nullable CompletableFuture<Boolean> room() {
    return outbox.room();
  }

  @Override
  public void close(int code, String reason) {
    outbox.close(code, reason);
    Loops.after(channel.eventLoop(), DRAIN_TIME, channel::close);
  }

  @Override
  public void cut() {
    channel.close();
  }

  private void readMore() {
    Loops.execute(
        channel.eventLoop(),
        () -> {
          mayRead = true;
          channel.read();
        });
  }

  @Override
  public void mailboxFull() {
    journal.record(new PortEvents.MailboxFull(path, overflow.label()));
  }

  @Override
  public void mailboxEmptied(long dropped) {
    if (dropped > 0) {
      journal.record(new PortEvents.FramesDropped(path, dropped));
    }
  }

  @Override
  public void closeBegun(int code, String reason) {
    if (closeCode == ABNORMAL) {
      closeCode = code;
      closeReason = reason;
    }
    Loops.after(channel.eventLoop(), CLOSE_TIME, channel::close);
  }

  @Override
  public void closeSent() {
    if (closeReceived) {
      channel.close();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (message instanceof WebSocketFrame frame && isHeard(frame) && !receive(frame)) {
        mayRead = false;
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (mayRead) {
      ctx.read();
    }
  }

  /**
   * After a close frame every frame is ignored; after a wrong frame, every frame but a close frame.
   */
  private boolean isHeard(WebSocketFrame frame) {
    return !closeReceived && (!failed || frame instanceof CloseWebSocketFrame);
  }

  /** Takes a frame; false when reading has to wait for the listener. */
  private boolean receive(WebSocketFrame frame) {
    switch (frame) {
      case PingWebSocketFrame ping -> {
        // A peer that sends pings and does not read would make its answers pile up without a limit.
        if (channel.isWritable() && !outbox.closeWritten()) {
          channel.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
        }
      }
      case PongWebSocketFrame pong -> {}
      case CloseWebSocketFrame close when close.statusCode() > MAX_CLOSE_CODE ->
          fail(1002, "no such close code");
      case CloseWebSocketFrame close -> {
        closeReceived = true;
        closeCode = close.statusCode() < 0 ? NO_STATUS : close.statusCode();
        closeReason = close.reasonText();
        outbox.echoClose(close.statusCode());
      }
      case BinaryWebSocketFrame binary -> fail(1003, "binary messages are not supported");
      case TextWebSocketFrame text -> {
        if (partial != null) {
          fail(1002, "a message began inside another");
          return true;
        }
        return append(text.content(), text.isFinalFragment());
      }
      case ContinuationWebSocketFrame next -> {
        if (partial == null) {
          fail(1002, "a continuation of nothing");
          return true;
        }
        return append(next.content(), next.isFinalFragment());
      }
      default -> fail(1002, "an unknown frame");
    }
    return true;
  }

  private boolean append(ByteBuf content, boolean last) {
    ByteArrayOutputStream collected = partial;
    int before = collected == null ? 0 : collected.size();
    if (before + (long) content.readableBytes() > maxMessageBytes) {
      fail(1009, "a message may have at most " + maxMessageBytes + " bytes");
      return true;
    }
    byte[] bytes = new byte[content.readableBytes()];
    content.readBytes(bytes);
    if (collected == null && !last) {
      collected = new ByteArrayOutputStream();
      partial = collected;
    }
    if (collected != null) {
      collected.writeBytes(bytes);
      bytes = collected.toByteArray();
    }
    if (!last) {
      return true;
    }
    partial = null;
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return inbox.text(text);
    } catch (CharacterCodingException notUtf8) {
      fail(1007, "a text message must be UTF-8");
      return true;
    }
  }

  private void fail(int code, String reason) {
    partial = null;
    failed = true;
    outbox.closeNow(code, reason);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    outbox.drain();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    outbox.discard();
    inbox.closed(closeCode, closeReason);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof CorruptedWebSocketFrameException corrupted) {
      String reason = cause.getMessage();
      fail(corrupted.closeStatus().code(), reason == null ? "" : reason);
    } else {
      ctx.close();
    }
  }
}
