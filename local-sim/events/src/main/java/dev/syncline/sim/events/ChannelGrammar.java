// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

import java.util.ArrayList;
import java.util.List;

/** The common grammar of channels to publish to and channels to subscribe to. */
final class ChannelGrammar {
  static final int MAX_SEGMENTS = 5;
  static final int MAX_SEGMENT_LENGTH = 50;

  /** The maximum length of a refused text in an error. */
  private static final int SHOWN = 80;

  private ChannelGrammar() {}

  /** Splits at slashes; one leading and one trailing slash do not count. */
  static List<String> split(String text) {
    int from = text.startsWith("/") ? 1 : 0;
    int to = text.length() > from && text.endsWith("/") ? text.length() - 1 : text.length();
    var segments = new ArrayList<String>(MAX_SEGMENTS);
    int start = from;
    for (int i = from; i <= to; i++) {
      if (i == to || text.charAt(i) == '/') {
        segments.add(text.substring(start, i));
        start = i + 1;
        if (segments.size() > MAX_SEGMENTS) {
          throw refuse(text, "has more than " + MAX_SEGMENTS + " segments");
        }
      }
    }
    return segments;
  }

  static void requireSegment(String segment, String text) {
    if (segment.isEmpty()) {
      throw refuse(text, "has an empty segment");
    }
    if (segment.equals("*")) {
      throw refuse(text, "may have '*' only as the last segment of a subscription");
    }
    if (segment.length() > MAX_SEGMENT_LENGTH) {
      throw refuse(text, "has a segment longer than " + MAX_SEGMENT_LENGTH + " characters");
    }
    for (int i = 0; i < segment.length(); i++) {
      char c = segment.charAt(i);
      if (!isAlphanumeric(c) && c != '-') {
        throw refuse(text, "may have only letters, digits and inner dashes in a segment");
      }
    }
    if (segment.charAt(0) == '-' || segment.charAt(segment.length() - 1) == '-') {
      throw refuse(text, "has a segment that begins or ends with a dash");
    }
  }

  static InvalidEventChannelException refuse(String text, String why) {
    String shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    return new InvalidEventChannelException("channel '" + shown + "' " + why);
  }

  // ASCII only: Character.isLetterOrDigit would accept every alphabet.
  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
