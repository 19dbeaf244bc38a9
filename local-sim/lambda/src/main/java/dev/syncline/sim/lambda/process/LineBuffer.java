// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Makes lines of bytes. A line longer than the limit is cut, but not inside a character, and not
 * inside a mark: a NUL and at most {@code markLength} bytes. Holds at most twice the limit. Not
 * thread-safe.
 */
final class LineBuffer {
  private final int limit;
  private final int markLength;
  private final Consumer<String> lines;
  private byte[] held = new byte[8192];
  private int size;

  LineBuffer(int limit, int markLength, Consumer<String> lines) {
    this.limit = limit;
    this.markLength = markLength;
    this.lines = lines;
  }

  void add(byte[] bytes, int count) {
    int from = 0;
    for (int i = 0; i < count; i++) {
      if (bytes[i] == '\n') {
        append(bytes, from, i);
        give(size);
        from = i + 1;
      }
    }
    append(bytes, from, count);
  }

  /** Returns the last line, if any. */
  void finish() {
    if (size > 0) {
      give(size);
    }
  }

  private void append(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      int count = Math.min(to - at, limit);
      if (size + count > held.length) {
        held = Arrays.copyOf(held, Math.max(held.length * 2, size + count));
      }
      System.arraycopy(bytes, at, held, size, count);
      size += count;
      at += count;
      while (size >= limit + markLength) {
        give(cut());
      }
    }
  }

  private int cut() {
    for (int i = limit - 1; i > limit - markLength; i--) {
      if (held[i] == 0) {
        return i;
      }
    }
    int cut = limit;
    while (cut > limit - 4 && (held[cut] & 0xC0) == 0x80) {
      cut--;
    }
    return cut;
  }

  private void give(int count) {
    String line = new String(held, 0, count, StandardCharsets.UTF_8);
    System.arraycopy(held, count, held, 0, size - count);
    size -= count;
    lines.accept(line);
  }
}
