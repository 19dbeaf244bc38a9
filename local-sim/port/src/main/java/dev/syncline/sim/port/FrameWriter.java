// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.Arrays;

/**
 * Writes text frames from their parts (RFC 6455, section 5.2). Waiting frames of one connection are
 * put into one buffer, which needs one write and over TLS one record. Each event loop has one
 * writer.
 *
 * <p>Belongs to its event loop.
 */
final class FrameWriter {
  /** The size of a buffer in bytes; a larger frame gets its own. */
  static final int CHUNK = 32 * 1024;

  private static final int TEXT = 0x81;
  private static final int MAX_HEADER_BYTES = 10;
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

  /** Reused while sockets accept whole buffers. */
  private ByteBuf kept = Unpooled.directBuffer(CHUNK, CHUNK);

  private FrameWriter() {}

  /** The writer of the calling event loop. */
  static FrameWriter ofThisLoop() {
    FrameWriter writer = ONE_A_LOOP.get();
    if (writer.kept.refCnt() > 1) {
      // The socket did not accept the whole buffer: the connection keeps this one.
      writer.kept.release();
      writer.kept = Unpooled.directBuffer(CHUNK, CHUNK);
    }
    return writer;
  }

  /** Adds a frame; false, and does not add it, if it belongs into the next buffer. */
  boolean add(byte[] head, byte[] body) {
    int length = MAX_HEADER_BYTES + head.length + body.length;
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

  /** The frames added since the last call, in one buffer for that channel. */
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

  /** A slow connection gets a buffer of exactly the needed size while it is slow. */
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
