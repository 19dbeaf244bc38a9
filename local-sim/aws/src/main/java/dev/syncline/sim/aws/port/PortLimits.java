// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.port;

/**
 * What the port takes before it refuses.
 *
 * @param headerBytes of all headers of a request; 431 beyond
 * @param bodyBytes of a request's body; 413 beyond
 * @param messageBytes of a WebSocket message, however fragmented; closed with 1009 beyond
 * @param mailboxFrames that may wait for one WebSocket peer to read; closed with 1013 beyond
 * @param mailboxBytes that may wait for one WebSocket peer to read; closed with 1013 beyond
 */
public record PortLimits(
    int headerBytes, int bodyBytes, int messageBytes, int mailboxFrames, long mailboxBytes) {
  /**
   * 32 KB of headers, 64 MB of body, 1.3 MB a message (five events of 240 KB and their frame),
   * 4,096 frames and 16 MB a mailbox.
   */
  public static final PortLimits DEFAULT =
      new PortLimits(32 * 1024, 64 * 1024 * 1024, 1_300_000, 4_096, 16L * 1024 * 1024);

  /** Refuses what is not positive. */
  public PortLimits {
    if (headerBytes < 1
        || bodyBytes < 1
        || messageBytes < 1
        || mailboxFrames < 1
        || mailboxBytes < 1) {
      throw new IllegalArgumentException("every limit of the port must be at least 1");
    }
  }
}
