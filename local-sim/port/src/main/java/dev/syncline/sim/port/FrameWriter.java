// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.Arrays;

/**
 * Makes text frames of their parts, RFC 6455 section 5.2: those of one connection that wait go into
 * one buffer, which costs one write and over TLS one record. Each event loop has one.
 *
 * <p>Belongs to its event loop.
 */
final class FrameWriter {
  /** What is put together at once; a larger frame goes alone. */
  static final int CHUNK = 32 * 1024;

  private static final int TEXT = 0x81;
  private static final int LONGEST_HEADER = 10;
  private static final byte[] NOTHING = new byte[0];

  private static final FastThreadLocal<FrameWriter> ONE_A_LOOP =
      new FastThreadLocal<>() {
        @Override
        protected FrameWriter initialValue() {
          return new FrameWriter();
        }

        @Override
        protected void onRemoval(FrameWriter writer) {
          writer.kept.release();
        }
      };

  private byte[][] parts = new byte[256][];
  private int used;
  private int size;
  private byte[] scratch = new byte[8 * 1024];
  private int at;

  /** Used again and again, as long as sockets take everything at once. */
  private ByteBuf kept = Unpooled.directBuffer(CHUNK, CHUNK);

  private FrameWriter() {}

  /** The calling event loop's. */
  static FrameWriter ofThisLoop() {
    FrameWriter writer = ONE_A_LOOP.get();
    if (writer.kept.refCnt() > 1) {
      // A socket did not take everything: the buffer is that connection's now.
      writer.kept.release();
      writer.kept = Unpooled.directBuffer(CHUNK, CHUNK);
    }
    return writer;
  }

  /** Adds a frame; false, and it is not added, when it should go into the next buffer. */
  boolean add(byte[] head, byte[] body) {
    int length = LONGEST_HEADER + head.length + body.length;
    if (used > 0 && size + length > CHUNK) {
      return false;
    }
    if (used + 2 > parts.length) {
      parts = Arrays.copyOf(parts, parts.length * 2);
    }
    parts[used++] = head;
    parts[used++] = body;
    size += length;
    return true;
  }

  /** The frames added since the last time, in one buffer for that channel. */
  ByteBuf take(Channel channel) {
    if (size > scratch.length) {
      scratch = new byte[Math.max(CHUNK, size)];
    }
    at = 0;
    for (int i = 0; i < used; i += 2) {
      frame(parts[i], parts[i + 1]);
    }
    Arrays.fill(parts, 0, used, NOTHING);
    used = 0;
    size = 0;
    ByteBuf buffer = mayUseKept(channel) ? kept.clear().retain() : exact(channel);
    buffer.writeBytes(scratch, 0, at);
    if (scratch.length > CHUNK) {
      scratch = new byte[CHUNK];
    }
    return buffer;
  }

  /** A connection that is slow gets what is exactly large enough, for as long as it is. */
  private boolean mayUseKept(Channel channel) {
    ChannelOutboundBuffer unsent = channel.unsafe().outboundBuffer();
    return at <= CHUNK && kept.refCnt() == 1 && unsent != null && unsent.isEmpty();
  }

  private ByteBuf exact(Channel channel) {
    return channel.alloc().directBuffer(at, at);
  }

  private void frame(byte[] head, byte[] body) {
    int length = head.length + body.length;
    scratch[at++] = (byte) TEXT;
    if (length < 126) {
      scratch[at++] = (byte) length;
    } else if (length <= 0xFFFF) {
      scratch[at++] = 126;
      scratch[at++] = (byte) (length >> 8);
      scratch[at++] = (byte) length;
    } else {
      scratch[at++] = 127;
      for (int shift = 56; shift >= 0; shift -= 8) {
        scratch[at++] = (byte) ((long) length >> shift);
      }
    }
    System.arraycopy(head, 0, scratch, at, head.length);
    at += head.length;
    System.arraycopy(body, 0, scratch, at, body.length);
    at += body.length;
  }
}
