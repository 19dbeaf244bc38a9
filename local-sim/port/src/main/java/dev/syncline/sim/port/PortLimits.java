// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import java.time.Duration;

/**
 * Limits of requests and messages. Immutable.
 *
 * @param headerBytes of all headers of a request; 431 beyond
 * @param bodyBytes of a request's body; 413 beyond
 * @param bodiesBytes of all bodies that are being received or answered; 503 beyond
 * @param bodySilence real time without a byte of the body after which a request is refused with 408
 * @param messageBytes of a WebSocket message, summed over its fragments; closed with 1009 beyond
 * @param mailboxes limits of the frames that wait for WebSocket peers
 */
public record PortLimits(
    int headerBytes,
    int bodyBytes,
    long bodiesBytes,
    Duration bodySilence,
    int messageBytes,
    MailboxLimits mailboxes) {
  /** Two of the largest bodies, or sixteen parts of an upload by the AWS CLI. */
  private static final long BODIES_BYTES = 2L * 64 * 1024 * 1024;

  /** S3's limit is about as long. */
  private static final Duration BODY_SILENCE = Duration.ofSeconds(20);

  /**
   * 32 KB of headers, 64 MB of body, 128 MB of all bodies, 20 s without a byte of a body, 1.3 MB
   * for each message (five events of 240 KB and their frame), and {@link MailboxLimits#DEFAULT}.
   */
  public static final PortLimits DEFAULT =
      new PortLimits(32 * 1024, 64 * 1024 * 1024, 1_300_000, MailboxLimits.DEFAULT);

  /** The default limits of all bodies together and of the time without a byte. */
  public PortLimits(int headerBytes, int bodyBytes, int messageBytes, MailboxLimits mailboxes) {
    this(headerBytes, bodyBytes, BODIES_BYTES, BODY_SILENCE, messageBytes, mailboxes);
  }

  /** Refuses what is not positive. */
  public PortLimits {
    if (headerBytes < 1 || bodyBytes < 1 || bodiesBytes < 1 || messageBytes < 1) {
      throw new IllegalArgumentException("every limit of the port must be at least 1");
    }
  }

  /** The same with larger or smaller WebSocket messages. */
  public PortLimits withMessageBytes(int bytes) {
    return new PortLimits(headerBytes, bodyBytes, bodiesBytes, bodySilence, bytes, mailboxes);
  }

  /** The same with other limits of all bodies together and of the time without a byte. */
  public PortLimits withBodies(long bytes, Duration silence) {
    return new PortLimits(headerBytes, bodyBytes, bytes, silence, messageBytes, mailboxes);
  }

  /** The same with other mailboxes. */
  public PortLimits withMailboxes(MailboxLimits other) {
    return new PortLimits(headerBytes, bodyBytes, bodiesBytes, bodySilence, messageBytes, other);
  }
}
