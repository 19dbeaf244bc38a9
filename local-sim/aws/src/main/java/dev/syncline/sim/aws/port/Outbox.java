// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.port;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The bounded mailbox of one WebSocket peer. Senders only queue; the connection's event loop
 * writes, everything that is waiting with one flush, and stops while the peer does not read.
 *
 * <p>{@link #offer}, {@link #close} and {@link #closeNow} may be called from any thread, the rest
 * on the event loop.
 */
final class Outbox {
  /** Told about our close frame. */
  interface Closing {
    /** It is being written; the peer may be too slow to ever take it. */
    void begun(int code, String reason);

    /** It is on the wire. */
    void sent();
  }

  private sealed interface Item {}

  private record Text(byte[][] parts, int size) implements Item {}

  private record Close(int code, String reason) implements Item {}

  private static final int MAX_REASON_BYTES = 123;

  private final Channel channel;
  private final PortLimits limits;
  private final Closing listener;
  private final ConcurrentLinkedQueue<Item> items = new ConcurrentLinkedQueue<>();
  private final AtomicInteger frames = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final AtomicBoolean closing = new AtomicBoolean();

  /** On the event loop only. */
  private boolean closeWritten;

  Outbox(Channel channel, PortLimits limits, Closing listener) {
    this.channel = channel;
    this.limits = limits;
    this.listener = listener;
  }

  /** Queues a text frame; false when the connection is closing or its mailbox is full. */
  boolean offer(byte[]... parts) {
    if (closing.get() || !channel.isActive()) {
      return false;
    }
    int size = 0;
    for (byte[] part : parts) {
      size += part.length;
    }
    boolean tooMany = frames.incrementAndGet() > limits.mailboxFrames();
    if (bytes.addAndGet(size) > limits.mailboxBytes() || tooMany) {
      frames.decrementAndGet();
      bytes.addAndGet(-size);
      closeNow(1013, "the mailbox is full: read faster");
      return false;
    }
    items.add(new Text(parts, size));
    schedule();
    return true;
  }

  /** Closes after what is queued. */
  void close(int code, String reason) {
    if (!WebSocketCloseStatus.isValidStatusCode(code)) {
      throw new IllegalArgumentException("not a close code that may be sent: " + code);
    }
    if (closing.compareAndSet(false, true)) {
      items.add(new Close(code, shortened(reason)));
      schedule();
    }
  }

  /** Closes without sending what is queued. */
  void closeNow(int code, String reason) {
    closing.set(true);
    Loops.execute(
        channel.eventLoop(),
        () -> {
          discard();
          writeClose(new Close(code, shortened(reason)));
          channel.flush();
        });
  }

  /** Answers the peer's close frame; a negative code stands for one without. */
  void echoClose(int code) {
    closing.set(true);
    discard();
    if (closeWritten) {
      channel.close();
      return;
    }
    // Netty takes a negative code, which stands for none, as one that may be sent.
    boolean valid = code >= 0 && WebSocketCloseStatus.isValidStatusCode(code);
    writeClose(valid ? new Close(code, "") : null);
    channel.flush();
  }

  /** Writes what is waiting, for as long as the peer reads. */
  void drain() {
    scheduled.set(false);
    boolean written = false;
    while (channel.isWritable()) {
      Item item = items.poll();
      if (item == null) {
        break;
      }
      written = true;
      switch (item) {
        case Text text -> {
          frames.decrementAndGet();
          bytes.addAndGet(-text.size);
          channel.write(
              new TextWebSocketFrame(Unpooled.wrappedBuffer(text.parts)), channel.voidPromise());
        }
        case Close close -> writeClose(close);
      }
    }
    if (written) {
      channel.flush();
    }
  }

  /** Forgets what is waiting. */
  void discard() {
    Item item = items.poll();
    while (item != null) {
      if (item instanceof Text text) {
        frames.decrementAndGet();
        bytes.addAndGet(-text.size);
      }
      item = items.poll();
    }
  }

  private void writeClose(@Nullable Close close) {
    if (closeWritten) {
      return;
    }
    closeWritten = true;
    listener.begun(close == null ? 1005 : close.code, close == null ? "" : close.reason);
    var frame =
        close == null
            ? new CloseWebSocketFrame()
            : new CloseWebSocketFrame(close.code, close.reason);
    channel.write(frame).addListener(done -> listener.sent());
  }

  private void schedule() {
    if (scheduled.compareAndSet(false, true)) {
      Loops.execute(channel.eventLoop(), this::drain);
    }
  }

  private static String shortened(String reason) {
    String text = reason;
    while (text.getBytes(StandardCharsets.UTF_8).length > MAX_REASON_BYTES) {
      text = text.substring(0, text.offsetByCodePoints(text.length(), -1));
    }
    return text;
  }
}
