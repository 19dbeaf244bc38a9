// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.run;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** RFC 1952 without streams, since the engine does no input or output. */
final class Gzip {
  /** The largest unpacked size that an ItemReader accepts. */
  private static final int MAX_BYTES = 256 * 1024 * 1024;

  private static final int HEADER = 10;
  private static final int HAS_CHECKSUM = 2;
  private static final int HAS_EXTRA = 4;
  private static final int HAS_NAME = 8;
  private static final int HAS_COMMENT = 16;

  private Gzip() {}

  /** Whether the bytes begin as gzip does. */
  static boolean is(byte[] bytes) {
    return bytes.length > HEADER && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b && bytes[2] == 8;
  }

  /** The text that was packed, read as UTF-8. */
  static String text(byte[] packed) throws ItemContent.Unreadable {
    Inflater inflater = new Inflater(true);
    try {
      int start = headerLength(packed);
      inflater.setInput(packed, start, packed.length - start);
      byte[] out = new byte[Math.max(1024, packed.length * 4)];
      int length = 0;
      while (!inflater.finished()) {
        if (length == out.length) {
          if (length >= MAX_BYTES) {
            throw new ItemContent.Unreadable("The object unpacks to more than 256 MiB");
          }
          out = Arrays.copyOf(out, (int) Math.min(MAX_BYTES, 2L * length));
        }
        int more = inflater.inflate(out, length, out.length - length);
        if (more == 0 && !inflater.finished()) {
          throw new ItemContent.Unreadable("Unexpected end of ZLIB input stream");
        }
        length += more;
      }
      return new String(out, 0, length, StandardCharsets.UTF_8);
    } catch (DataFormatException | ArrayIndexOutOfBoundsException e) {
      throw new ItemContent.Unreadable("Not in GZIP format");
    } finally {
      inflater.end();
    }
  }

  private static int headerLength(byte[] packed) {
    int flags = packed[3];
    int at = HEADER;
    if ((flags & HAS_EXTRA) != 0) {
      at += 2 + (packed[at] & 0xff) + ((packed[at + 1] & 0xff) << 8);
    }
    if ((flags & HAS_NAME) != 0) {
      at = afterZero(packed, at);
    }
    if ((flags & HAS_COMMENT) != 0) {
      at = afterZero(packed, at);
    }
    return (flags & HAS_CHECKSUM) != 0 ? at + 2 : at;
  }

  private static int afterZero(byte[] packed, int from) {
    int at = from;
    while (packed[at] != 0) {
      at++;
    }
    return at + 1;
  }
}
