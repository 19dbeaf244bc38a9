// SPDX-License-Identifier: Apache-2.0
package dev.syncline.publisher;

import java.util.ArrayList;
import java.util.List;

/**
 * The name of an AppSync Events channel: 1 to 5 segments of 1 to 50 characters, each made of ASCII
 * letters, digits and dashes, a dash never first or last. Case matters. A leading and a trailing
 * slash may be written and make no difference: the channel is normalised to a leading slash and no
 * trailing one. Source: the AppSync Events developer guide, channel namespace concepts.
 *
 * <p>Immutable and thread-safe.
 */
public final class Channel {
  /** The largest number of segments in a channel. */
  public static final int MAX_SEGMENTS = 5;

  /** The largest number of characters in a segment. */
  public static final int MAX_SEGMENT_LENGTH = 50;

  private static final String WILDCARD = "*";

  // Errors quote the text, which may come from an attacker and is logged, so it is truncated.
  private static final int MAX_QUOTED = 80;

  private final List<String> segments;
  private final String path;

  private Channel(List<String> segments) {
    this.segments = List.copyOf(segments);
    this.path = "/" + String.join("/", segments);
  }

  /**
   * A channel that events can be published to.
   *
   * @throws InvalidChannelException naming the segment and the rule, also for a wildcard
   */
  public static Channel of(String text) {
    List<String> segments = split(text);
    for (int i = 0; i < segments.size(); i++) {
      requireSegment(text, i, segments.get(i), false);
    }
    return new Channel(segments);
  }

  /**
   * A channel to subscribe to: as {@link #of(String)}, but the last segment may be {@code *}, which
   * matches all channels below, at any depth. The first segment, the namespace, must be literal.
   *
   * @throws InvalidChannelException naming the segment and the rule
   */
  public static Channel subscription(String text) {
    List<String> segments = split(text);
    int last = segments.size() - 1;
    for (int i = 0; i < segments.size(); i++) {
      String segment = segments.get(i);
      if (i == last && segment.equals(WILDCARD)) {
        if (i == 0) {
          throw refuse(text, "the first segment is the namespace and cannot be a wildcard");
        }
        if (text.endsWith("/")) {
          throw refuse(text, "nothing, not even a slash, may follow the wildcard");
        }
      } else {
        requireSegment(text, i, segment, true);
      }
    }
    return new Channel(segments);
  }

  /** The first segment: the channel namespace, which must exist in the API. */
  public String namespace() {
    return segments.get(0);
  }

  /** The segments in order, without slashes. */
  public List<String> segments() {
    return segments;
  }

  /** The last segment. */
  public String leaf() {
    return segments.get(segments.size() - 1);
  }

  /** The normalised form, such as {@code /orders/env-1/exec-9}. */
  public String path() {
    return path;
  }

  /** Whether this is a wildcard subscription. */
  public boolean isWildcard() {
    return leaf().equals(WILDCARD);
  }

  /**
   * Whether an event published to the given channel reaches a subscription to this one. A wildcard
   * covers all depths below it, but not its parent channel.
   */
  public boolean covers(Channel published) {
    if (!isWildcard()) {
      return equals(published);
    }
    int literal = segments.size() - 1;
    return published.segments.size() > literal
        && published.segments.subList(0, literal).equals(segments.subList(0, literal));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Channel that && path.equals(that.path);
  }

  @Override
  public int hashCode() {
    return path.hashCode();
  }

  /** The same as {@link #path()}. */
  @Override
  public String toString() {
    return path;
  }

  private static List<String> split(String text) {
    int start = text.startsWith("/") ? 1 : 0;
    int end = text.length() > start && text.endsWith("/") ? text.length() - 1 : text.length();
    if (start >= end) {
      throw refuse(text, "it is empty");
    }
    List<String> segments = new ArrayList<>(MAX_SEGMENTS);
    int from = start;
    while (from <= end) {
      int slash = text.indexOf('/', from);
      int to = slash < 0 || slash > end ? end : slash;
      segments.add(text.substring(from, to));
      from = to + 1;
    }
    if (segments.size() > MAX_SEGMENTS) {
      throw refuse(
          text,
          "it has " + segments.size() + " segments and at most " + MAX_SEGMENTS + " are allowed");
    }
    return segments;
  }

  private static void requireSegment(
      String text, int index, String segment, boolean wildcardAllowedLast) {
    String which = "segment " + (index + 1);
    if (segment.isEmpty()) {
      throw refuse(text, which + " is empty");
    }
    if (segment.length() > MAX_SEGMENT_LENGTH) {
      throw refuse(
          text,
          which
              + " has "
              + segment.length()
              + " characters and at most "
              + MAX_SEGMENT_LENGTH
              + " are allowed");
    }
    if (segment.indexOf('*') >= 0) {
      throw refuse(
          text,
          which
              + (wildcardAllowedLast
                  ? " has a wildcard, which is allowed only as the whole last segment"
                  : " has a wildcard, and events are published to one channel"));
    }
    for (int i = 0; i < segment.length(); i++) {
      char c = segment.charAt(i);
      if (!isLetterOrDigit(c) && c != '-') {
        throw refuse(
            text,
            which
                + " has "
                + name(c)
                + ", and only the letters A-Z and a-z, digits and dashes are allowed");
      }
    }
    if (segment.charAt(0) == '-' || segment.charAt(segment.length() - 1) == '-') {
      throw refuse(text, which + " begins or ends with a dash");
    }
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }

  private static String name(char c) {
    return c > ' ' && c < 0x7f ? "'" + c + "'" : String.format("the character U+%04X", (int) c);
  }

  private static InvalidChannelException refuse(String text, String reason) {
    StringBuilder quoted = new StringBuilder();
    text.chars()
        .limit(MAX_QUOTED)
        .forEach(c -> quoted.append(c >= ' ' && c < 0x7f ? (char) c : '?'));
    if (text.length() > MAX_QUOTED) {
      quoted.append("...");
    }
    return new InvalidChannelException("Not a channel: \"" + quoted + "\": " + reason);
  }
}
