// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * The body of one request while it is received and answered. It counts towards the budget until it
 * is {@linkplain #release released}. Belongs to the event loop.
 */
final class RequestBody {
  private final BodyBudget budget;
  private final List<byte[]> chunks = new ArrayList<>();
  private int size;
  private boolean released;

  RequestBody(BodyBudget budget) {
    this.budget = budget;
  }

  int size() {
    return size;
  }

  /** Adds what was received; false when the budget does not allow it. */
  boolean add(ByteBuf received) {
    int bytes = received.readableBytes();
    if (bytes == 0) {
      return true;
    }
    if (!budget.take(bytes)) {
      return false;
    }
    var chunk = new byte[bytes];
    received.readBytes(chunk);
    chunks.add(chunk);
    size += bytes;
    return true;
  }

  /** The whole body; called once. */
  byte[] whole() {
    if (chunks.size() == 1) {
      // Most bodies arrive in one chunk and need no copy.
      return chunks.removeFirst();
    }
    var all = new byte[size];
    int at = 0;
    for (int i = 0; i < chunks.size(); i++) {
      byte[] chunk = chunks.get(i);
      System.arraycopy(chunk, 0, all, at, chunk.length);
      at += chunk.length;
    }
    chunks.clear();
    return all;
  }

  /** Returns its bytes to the budget and drops the body; later calls do nothing. */
  void release() {
    if (!released) {
      released = true;
      chunks.clear();
      budget.giveBack(size);
    }
  }
}
