// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Limits of the frames that wait for slow WebSocket peers. Immutable.
 *
 * @param frames that may wait for one peer
 * @param bytes that may wait for one peer
 * @param allBytes that may wait for all peers together. Once half of it is used, a peer may hold no
 *     more than an equal share of the other half; a peer that has read everything may always have
 *     one frame
 * @param overflow the policy for a frame beyond the limits
 */
public record MailboxLimits(int frames, long bytes, long allBytes, Overflow overflow) {
  /** 16,384 frames and 16 MB a peer, 256 MB together; a peer beyond them is closed. */
  public static final MailboxLimits DEFAULT =
      new MailboxLimits(16_384, 16L << 20, 256L << 20, Overflow.CLOSE);

  private static final Pattern SIZE = Pattern.compile("(\\d{1,15})(KB|MB)?");

  /** Refuses a limit that is not positive, naming it. */
  public MailboxLimits {
    requirePositive("frames", frames);
    requirePositive("bytes", bytes);
    requirePositive("all-bytes", allBytes);
  }

  /**
   * The same with one setting changed.
   *
   * @param name {@code frames}, {@code bytes}, {@code all-bytes} or {@code overflow}
   * @param value a number, for bytes optionally with KB or MB; for {@code overflow} {@code close},
   *     {@code drop-oldest} or {@code block}
   * @throws IllegalArgumentException that names what is wrong
   */
  public MailboxLimits with(String name, String value) {
    return switch (name) {
      case "frames" -> new MailboxLimits(number(name, value), bytes, allBytes, overflow);
      case "bytes" -> new MailboxLimits(frames, size(name, value), allBytes, overflow);
      case "all-bytes" -> new MailboxLimits(frames, bytes, size(name, value), overflow);
      case "overflow" ->
          new MailboxLimits(
              frames,
              bytes,
              allBytes,
              Overflow.named(value)
                  .orElseThrow(() -> refused(name, "close, drop-oldest or block", value)));
      default ->
          throw new IllegalArgumentException(
              "mailboxes have no '" + name + "', only frames, bytes, all-bytes, overflow");
    };
  }

  private static int number(String name, String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException notOne) {
      throw refused(name, "a number", value);
    }
  }

  private static long size(String name, String value) {
    Matcher parts = SIZE.matcher(value);
    if (!parts.matches()) {
      throw refused(name, "a number of bytes, KB or MB", value);
    }
    String unit = parts.group(2);
    return Long.parseLong(parts.group(1))
        * (unit == null ? 1 : unit.equals("KB") ? 1 << 10 : 1 << 20);
  }

  private static void requirePositive(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, got " + value);
    }
  }

  private static IllegalArgumentException refused(String name, String allowed, String value) {
    return new IllegalArgumentException(name + " must be " + allowed + ", got '" + value + "'");
  }
}
