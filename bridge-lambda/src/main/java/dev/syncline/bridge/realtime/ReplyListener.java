// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.realtime;

/** What a {@link ReplyConnection} tells. Called without locks; must not block. */
public interface ReplyListener {

  /**
   * An event came.
   *
   * @param key the subscription it came by
   */
  void event(String key, String text);

  /** A frame was not understood and left alone. */
  void malformed(String reason);

  /** The connection is lost. */
  void lost(String reason);

  /** A connection is there, with all its subscriptions. */
  void connected(long millis, boolean again);

  /** The subscriptions are back, or the service could not deliver: ask for what is awaited. */
  void eventsMayBeMissing(String reason);

  /** Whether to connect again after a loss. */
  boolean answersAwaited();
}
