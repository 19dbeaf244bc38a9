// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.port;

/**
 * What may wait for WebSocket peers that read slower than is sent to them. Immutable.
 *
 * @param frames that may wait for one peer
 * @param bytes that may wait for one peer
 * @param allBytes that may wait for all peers together. Once half of it is used, a peer may hold no
 *     more than an equal share of the other half; a peer that has read everything may always have
 *     one frame
 * @param overflow what becomes of a frame beyond that
 */
public record MailboxLimits(int frames, long bytes, long allBytes, Overflow overflow) {
  /** 16,384 frames and 16 MB a peer, 256 MB together, closed beyond. */
  public static final MailboxLimits DEFAULT =
      new MailboxLimits(16_384, 16L << 20, 256L << 20, Overflow.CLOSE);

  /** Refuses what is not positive. */
  public MailboxLimits {
    if (frames < 1 || bytes < 1 || allBytes < 1) {
      throw new IllegalArgumentException("every limit of the mailboxes must be at least 1");
    }
  }
}
