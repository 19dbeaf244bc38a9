// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

import java.util.List;

/**
 * A channel that can be published to: 1 to 5 segments of 1 to 50 letters, digits and inner dashes,
 * case-sensitive, the first one the namespace. One leading and one trailing slash are optional.
 * Source: the Event API guide's channel namespace page.
 *
 * <p>Immutable.
 *
 * @param path in its one normal form: a leading slash and no trailing one
 */
public record EventChannel(String path) {

  /** Refuses what is not a channel in its normal form; {@link #parse} accepts the other forms. */
  public EventChannel {
    List<String> segments = ChannelGrammar.split(path);
    segments.forEach(segment -> ChannelGrammar.requireSegment(segment, path));
    if (!path.startsWith("/") || path.endsWith("/")) {
      throw ChannelGrammar.refuse(path, "must begin with a slash and not end with one");
    }
  }

  /**
   * Parses a channel as clients write it.
   *
   * @throws InvalidEventChannelException with the reason
   */
  public static EventChannel parse(String text) {
    List<String> segments = ChannelGrammar.split(text);
    segments.forEach(segment -> ChannelGrammar.requireSegment(segment, text));
    return new EventChannel("/" + String.join("/", segments));
  }

  /** The first segment. */
  public String namespace() {
    int end = path.indexOf('/', 1);
    return end < 0 ? path.substring(1) : path.substring(1, end);
  }

  /** The last segment; the namespace when there is only one. */
  public String lastSegment() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  @Override
  public String toString() {
    return path;
  }
}
