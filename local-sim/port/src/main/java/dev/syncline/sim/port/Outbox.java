// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import dev.syncline.sim.service.http.FanOut;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundInvoker;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrameEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The bounded mailbox of one WebSocket peer. Senders only queue; the connection's event loop writes
 * all waiting frames with one flush, and pauses while the peer does not read. A waiting frame is
 * kept as its parts, which many mailboxes share.
 *
 * <p>{@link #offer}, {@link #offerAll}, {@link #room}, {@link #close} and {@link #closeNow} may be
 * called from any thread, the rest on the event loop.
 */
final class Outbox {
  /** Receives events of the mailbox, called without its lock. */
  interface Owner {
    /** Our close frame is being written; a slow peer may never read it. */
    void closeBegun(int code, String reason);

    /** Our close frame has been written. */
    void closeSent();

    /** The mailbox was full for a frame, for the first time since it was empty. */
    void mailboxFull();

    /**
     * A mailbox that was full is empty or has been closed; {@code dropped} frames were dropped
     * meanwhile.
     */
    void mailboxEmptied(long dropped);
  }

  private record Close(int code, String reason) {}

  private static final byte[] NO_HEAD = new byte[0];
  private static final int MAX_REASON_BYTES = 123;

  private final Channel channel;
  private final Mailboxes all;
  private final Owner owner;

  // Guarded by this.
  private final FrameQueue queue = new FrameQueue();
  private boolean closing;
  private boolean scheduled;
  private boolean counted;
  private boolean full;
  private boolean fullTold;
  private long dropped;
  private @Nullable CompletableFuture<Boolean> room;
  private @Nullable Close last;

  // On the event loop only.
  private boolean closeWritten;
  private ChannelOutboundInvoker wire;

  Outbox(Channel channel, Mailboxes all, Owner owner) {
    this.channel = channel;
    this.all = all;
    this.owner = owner;
    this.wire = channel;
  }

  /** The connection is open. Before this call the mailbox is not counted. */
  synchronized void opened() {
    counted = true;
    all.opened();
    // Queued frames are already encoded, so they bypass the encoder.
    ChannelHandlerContext encoder = channel.pipeline().context(WebSocketFrameEncoder.class);
    if (encoder != null) {
      wire = encoder;
    }
  }

  /** Queues a text frame; false when the connection is closing or its mailbox is full. */
  boolean offer(byte[] text) {
    boolean taken;
    boolean write;
    boolean tell;
    synchronized (this) {
      taken = admit(NO_HEAD, text, true);
      write = taken && toSchedule();
      tell = toTell();
    }
    if (write) {
      Loops.execute(channel.eventLoop(), this::drain);
    }
    if (tell) {
      owner.mailboxFull();
    }
    return taken;
  }

  /**
   * Queues a text frame of {@code head} and each of the bodies from that index on, to be written
   * when {@code fanOut} is flushed. Returns how many were queued.
   */
  int offerAll(byte[] head, byte[][] bodies, int from, FanOut fanOut) {
    int next = from;
    boolean write;
    boolean tell;
    synchronized (this) {
      while (next < bodies.length && admit(head, bodies[next], false)) {
        next++;
      }
      write = next > from && toSchedule();
      tell = toTell();
    }
    if (write) {
      LoopTurn.add(fanOut, channel.eventLoop(), this);
    }
    if (tell) {
      owner.mailboxFull();
    }
    return next - from;
  }

  /** Completes when a full mailbox has room or is closed; null if the sender need not wait. */
  synchronized @Nullable CompletableFuture<Boolean> room() {
    return room;
  }

  /** Closes after the queued frames. */
  void close(int code, String reason) {
    if (!WebSocketCloseStatus.isValidStatusCode(code)) {
      throw new IllegalArgumentException("not a close code that may be sent: " + code);
    }
    synchronized (this) {
      if (closing) {
        return;
      }
      closing = true;
      last = new Close(code, shortened(reason));
    }
    Loops.execute(channel.eventLoop(), this::drain);
  }

  /** Closes without sending the queued frames. */
  void closeNow(int code, String reason) {
    synchronized (this) {
      closing = true;
    }
    Loops.execute(
        channel.eventLoop(),
        () -> {
          discard();
          writeClose(new Close(code, shortened(reason)));
          channel.flush();
        });
  }

  /** Answers the peer's close frame; a negative code means a frame without a code. */
  void echoClose(int code) {
    discard();
    if (closeWritten) {
      channel.close();
      return;
    }
    // Netty accepts a negative code, which means no code, as valid.
    boolean valid = code >= 0 && WebSocketCloseStatus.isValidStatusCode(code);
    writeClose(valid ? new Close(code, "") : null);
    channel.flush();
  }

  /** Whether our close frame has been written; it is the last frame. */
  boolean closeWritten() {
    return closeWritten;
  }

  /** Writes the waiting frames while the peer reads. */
  void drain() {
    FrameWriter writer = FrameWriter.ofThisLoop();
    boolean written = false;
    while (channel.isWritable() && moveTo(writer)) {
      ByteBuf buffer = writer.take(channel);
      wire.write(buffer, channel.voidPromise());
      written = true;
    }
    if (written) {
      wire.flush();
    }
    if (channel.isWritable()) {
      closeWhenEmpty();
    }
  }

  /** Refuses further frames and drops the waiting ones: the connection has ended or is ending. */
  void discard() {
    CompletableFuture<Boolean> waiting;
    boolean emptied;
    long lost;
    synchronized (this) {
      closing = true;
      if (counted && !channel.isActive()) {
        counted = false;
        all.closed();
      }
      all.add(-queue.bytes());
      queue.clear();
      last = null;
      waiting = room;
      room = null;
      emptied = full;
      lost = dropped;
      full = false;
      dropped = 0;
    }
    tell(waiting, emptied, lost);
  }

  /** Moves the frames for one buffer; false when no frame waits. */
  private boolean moveTo(FrameWriter writer) {
    CompletableFuture<Boolean> waiting = null;
    boolean some = false;
    boolean emptied = false;
    long lost = 0;
    synchronized (this) {
      long before = queue.bytes();
      while (!queue.isEmpty() && writer.add(queue.firstHead(), queue.firstBody())) {
        queue.removeFirst();
        some = true;
      }
      if (some) {
        all.add(queue.bytes() - before);
      }
      if (queue.isEmpty()) {
        scheduled = false;
        emptied = full;
        lost = dropped;
        full = false;
        fullTold = false;
        dropped = 0;
      }
      if (room != null && all.hasRoom(queue)) {
        waiting = room;
        room = null;
      }
    }
    tell(waiting, emptied, lost);
    return some;
  }

  private void closeWhenEmpty() {
    Close close;
    synchronized (this) {
      if (last == null || !queue.isEmpty()) {
        return;
      }
      close = last;
      last = null;
    }
    writeClose(close);
    channel.flush();
  }

  private void tell(@Nullable CompletableFuture<Boolean> waiting, boolean emptied, long lost) {
    if (waiting != null) {
      waiting.complete(true);
    }
    if (emptied) {
      owner.mailboxEmptied(lost);
    }
  }

  /** With the lock. */
  private boolean admit(byte[] head, byte[] body, boolean alone) {
    int size = head.length + body.length;
    if (closing || (!all.admits(queue, size) && !makeRoom(size, alone))) {
      return false;
    }
    queue.add(head, body);
    all.add(size);
    return true;
  }

  /** With the lock. */
  private boolean makeRoom(int size, boolean alone) {
    full = true;
    return switch (all.overflow()) {
      case DROP_OLDEST -> dropOldest(size);
      case BLOCK -> {
        if (alone) {
          overflow();
        } else if (room == null) {
          room = new CompletableFuture<>();
        }
        yield false;
      }
      case CLOSE -> {
        overflow();
        yield false;
      }
    };
  }

  /** With the lock. */
  private boolean dropOldest(int size) {
    while (!queue.isEmpty() && !all.admits(queue, size)) {
      long before = queue.bytes();
      queue.removeFirst();
      all.add(queue.bytes() - before);
      dropped++;
    }
    if (all.admits(queue, size)) {
      return true;
    }
    dropped++;
    return false;
  }

  private void overflow() {
    closeNow(1013, "the mailbox is full: the client reads too slowly");
  }

  /** With the lock. */
  private boolean toSchedule() {
    boolean now = !scheduled;
    scheduled = true;
    return now;
  }

  /** With the lock. */
  private boolean toTell() {
    boolean now = full && !fullTold;
    fullTold |= full;
    return now;
  }

  private void writeClose(@Nullable Close close) {
    if (closeWritten) {
      return;
    }
    closeWritten = true;
    owner.closeBegun(close == null ? 1005 : close.code, close == null ? "" : close.reason);
    var frame =
        close == null
            ? new CloseWebSocketFrame()
            : new CloseWebSocketFrame(close.code, close.reason);
    channel.write(frame).addListener(done -> owner.closeSent());
  }

  private static String shortened(String reason) {
    String text = reason;
    while (text.getBytes(StandardCharsets.UTF_8).length > MAX_REASON_BYTES) {
      text = text.substring(0, text.offsetByCodePoints(text.length(), -1));
    }
    return text;
  }
}
