// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.streams;

import dev.syncline.sim.services.dynamodb.values.Item;
import dev.syncline.sim.services.dynamodb.values.ItemCodec;
import dev.syncline.sim.services.dynamodb.values.Sizes;
import org.jspecify.annotations.Nullable;

/**
 * A record as it is kept: items as bytes, its sequence number by its place in the shard. The arrays
 * are not changed.
 *
 * @param created milliseconds since the epoch
 * @param before the old image, if there is one and the stream shows it
 * @param after the new image, if there is one and the stream shows it
 * @param expired whether TTL deleted the item
 * @param size AWS's {@code SizeBytes}
 */
record StreamEntry(
    Event event,
    long created,
    byte[] key,
    byte @Nullable [] before,
    byte @Nullable [] after,
    boolean expired,
    long size) {
  /** Bytes of memory beside the items. */
  private static final int OVERHEAD = 120;

  /** What the change was, as AWS spells it. */
  enum Event {
    INSERT,
    MODIFY,
    REMOVE
  }

  /** A change without its time. */
  record Draft(
      Event event,
      byte[] key,
      byte @Nullable [] before,
      byte @Nullable [] after,
      boolean expired,
      long size) {
    StreamEntry at(long created) {
      return new StreamEntry(event, created, key, before, after, expired, size);
    }
  }

  static Draft draft(
      StreamViewType view, Item key, @Nullable Item before, @Nullable Item after, boolean expired) {
    Item shownBefore = view.showsOld() ? before : null;
    Item shownAfter = view.showsNew() ? after : null;
    Event event = before == null ? Event.INSERT : after == null ? Event.REMOVE : Event.MODIFY;
    return new Draft(
        event,
        ItemCodec.encode(key),
        shownBefore == null ? null : ItemCodec.encode(shownBefore),
        shownAfter == null ? null : ItemCodec.encode(shownAfter),
        expired,
        Sizes.of(key)
            + (shownBefore == null ? 0 : Sizes.of(shownBefore))
            + (shownAfter == null ? 0 : Sizes.of(shownAfter)));
  }

  /** Bytes that the entry takes in memory, about. */
  long memory() {
    return OVERHEAD
        + key.length
        + (before == null ? 0 : before.length)
        + (after == null ? 0 : after.length);
  }
}
