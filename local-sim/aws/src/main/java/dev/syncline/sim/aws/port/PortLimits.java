// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.port;

/**
 * What the port takes before it refuses. Immutable.
 *
 * @param headerBytes of all headers of a request; 431 beyond
 * @param bodyBytes of a request's body; 413 beyond
 * @param messageBytes of a WebSocket message, however fragmented; closed with 1009 beyond
 * @param mailboxes what may wait for WebSocket peers to read
 */
public record PortLimits(
    int headerBytes, int bodyBytes, int messageBytes, MailboxLimits mailboxes) {
  /**
   * 32 KB of headers, 64 MB of body, 1.3 MB a message (five events of 240 KB and their frame), and
   * {@link MailboxLimits#DEFAULT}.
   */
  public static final PortLimits DEFAULT =
      new PortLimits(32 * 1024, 64 * 1024 * 1024, 1_300_000, MailboxLimits.DEFAULT);

  /** Refuses what is not positive. */
  public PortLimits {
    if (headerBytes < 1 || bodyBytes < 1 || messageBytes < 1) {
      throw new IllegalArgumentException("every limit of the port must be at least 1");
    }
  }

  /** The same with larger or smaller WebSocket messages. */
  public PortLimits withMessageBytes(int bytes) {
    return new PortLimits(headerBytes, bodyBytes, bytes, mailboxes);
  }

  /** The same with other mailboxes. */
  public PortLimits withMailboxes(MailboxLimits other) {
    return new PortLimits(headerBytes, bodyBytes, messageBytes, other);
  }
}
