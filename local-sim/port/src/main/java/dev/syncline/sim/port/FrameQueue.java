// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import java.util.Arrays;

/**
 * A first-in-first-out queue of frames, each with its two parts. An empty queue holds no array, and
 * an entry allocates no object. Not thread-safe.
 */
final class FrameQueue {
  private static final byte[][] NO_FRAMES = new byte[0][];
  private static final byte[] GONE = new byte[0];
  private static final int MIN_CAPACITY = 4;
  private static final int MAX_EMPTY_CAPACITY = 128;

  private byte[][] ring = NO_FRAMES;
  private int first;
  private int used;
  private long bytes;

  boolean isEmpty() {
    return used == 0;
  }

  int frames() {
    return used / 2;
  }

  long bytes() {
    return bytes;
  }

  void add(byte[] head, byte[] body) {
    if (used == ring.length) {
      grow();
    }
    int at = (first + used) & (ring.length - 1);
    ring[at] = head;
    ring[at + 1] = body;
    used += 2;
    bytes += head.length + body.length;
  }

  byte[] firstHead() {
    return ring[first];
  }

  byte[] firstBody() {
    return ring[first + 1];
  }

  void removeFirst() {
    bytes -= ring[first].length + ring[first + 1].length;
    ring[first] = GONE;
    ring[first + 1] = GONE;
    first = (first + 2) & (ring.length - 1);
    used -= 2;
    if (used == 0 && ring.length > MAX_EMPTY_CAPACITY) {
      clear();
    }
  }

  void clear() {
    ring = NO_FRAMES;
    first = 0;
    used = 0;
    bytes = 0;
  }

  private void grow() {
    byte[][] larger = new byte[Math.max(MIN_CAPACITY, ring.length * 2)][];
    int toEnd = Math.min(used, ring.length - first);
    System.arraycopy(ring, first, larger, 0, toEnd);
    System.arraycopy(ring, 0, larger, toEnd, used - toEnd);
    Arrays.fill(larger, used, larger.length, GONE);
    ring = larger;
    first = 0;
  }
}
