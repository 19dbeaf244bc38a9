// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.realtime;

/** The events of a {@link ReplyConnection}. Called without locks; must not block. */
public interface ReplyListener {

  /**
   * An event arrived.
   *
   * @param key the subscription that delivered it
   */
  void event(String key, String text);

  /** A malformed frame was ignored. */
  void malformed(String reason);

  /** The connection is lost. */
  void lost(String reason);

  /** A connection has its first acknowledged subscription. */
  void connected(long millis, boolean again);

  /** Events may be lost: the subscriptions were restored, or the service could not deliver. */
  void eventsMayBeMissing(String reason);

  /** Whether replies are pending, so that a lost connection is replaced. */
  boolean answersAwaited();
}
