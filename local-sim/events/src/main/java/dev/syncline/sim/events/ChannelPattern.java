// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

import java.util.List;

/**
 * A channel to subscribe to: one channel, or every channel below one. {@code /a/*} matches {@code
 * /a/b} and {@code /a/b/c}, at any depth, but not for {@code /a} itself. The asterisk counts as a
 * segment and must be the last thing in the text; the namespace must be literal.
 *
 * <p>Sources: the guide's tutorial (multi-level), LocalStack's documentation ({@code /a} itself
 * does not match). That {@code /*}, {@code **}, text or a slash after the asterisk are refused is
 * inferred. Immutable.
 *
 * @param base the channel, without the asterisk
 * @param wildcard whether it matches the channels below {@code base} instead of {@code base} itself
 */
public record ChannelPattern(EventChannel base, boolean wildcard) {

  /**
   * Parses a pattern as clients write it.
   *
   * @throws InvalidEventChannelException with the reason
   */
  public static ChannelPattern parse(String text) {
    List<String> segments = ChannelGrammar.split(text);
    boolean wildcard = segments.getLast().equals("*");
    if (!wildcard) {
      return new ChannelPattern(EventChannel.parse(text), false);
    }
    if (text.endsWith("/")) {
      throw ChannelGrammar.refuse(text, "has a slash after '*'");
    }
    if (segments.size() == 1) {
      throw ChannelGrammar.refuse(text, "must name its namespace");
    }
    List<String> literal = segments.subList(0, segments.size() - 1);
    literal.forEach(segment -> ChannelGrammar.requireSegment(segment, text));
    return new ChannelPattern(new EventChannel("/" + String.join("/", literal)), true);
  }

  /** The first segment. */
  public String namespace() {
    return base.namespace();
  }

  /** Whether an event published to {@code channel} goes to a subscriber of this pattern. */
  public boolean matches(EventChannel channel) {
    return wildcard
        ? channel.path().length() > base.path().length()
            && channel.path().charAt(base.path().length()) == '/'
            && channel.path().startsWith(base.path())
        : channel.equals(base);
  }

  @Override
  public String toString() {
    return wildcard ? base.path() + "/*" : base.path();
  }
}
