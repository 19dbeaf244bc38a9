// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.realtime;

import dev.syncline.bridge.realtime.RealtimeProtocol.Effect;
import dev.syncline.publisher.Channel;
import dev.syncline.publisher.Credential;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of one connection, by key and by the id that the current link uses. Guarded by
 * the connection's {@link LinkState}.
 */
final class ReplySubscriptions {
  private final String httpHost;
  private final Map<String, ReplySubscription> byKey = new HashMap<>();
  private final Map<String, ReplySubscription> byWireId = new HashMap<>();
  private int requested;

  ReplySubscriptions(String httpHost) {
    this.httpHost = httpHost;
  }

  @Nullable ReplySubscription get(String key) {
    return byKey.get(key);
  }

  @Nullable ReplySubscription byWireId(String wireId) {
    return byWireId.get(wireId);
  }

  boolean contains(ReplySubscription one) {
    return byKey.get(one.key) == one;
  }

  boolean isFull() {
    return byKey.size() == ReplyConnection.MAX_SUBSCRIPTIONS;
  }

  ReplySubscription add(String key, Channel channel) {
    ReplySubscription added = new ReplySubscription(key, channel);
    byKey.put(key, added);
    return added;
  }

  Collection<ReplySubscription> all() {
    return List.copyOf(byKey.values());
  }

  boolean allAcknowledgedBut(ReplySubscription one) {
    return byKey.values().stream().allMatch(s -> s == one || s.isAcknowledged());
  }

  /** Resets every subscription for a new link. */
  void reset() {
    byWireId.clear();
    byKey.values().forEach(ReplySubscription::reset);
  }

  void stopTimers() {
    byKey.values().forEach(ReplySubscription::stopTimer);
  }

  /** Requests one subscription on an acknowledged link. */
  List<Effect> request(Link link, ReplySubscription wanted) {
    Credential credential = link.credential;
    if (credential == null) {
      return List.of();
    }
    byWireId.remove(wanted.wireId);
    wanted.wireId = wanted.key + "-" + ++requested;
    byWireId.put(wanted.wireId, wanted);
    return link.protocol.subscribe(
        wanted.wireId, wanted.channel, credential.subscribeJson(httpHost, wanted.channel));
  }

  /** Ends one subscription. */
  List<Effect> remove(@Nullable Link link, String key) {
    ReplySubscription gone = byKey.remove(key);
    if (gone == null) {
      return List.of();
    }
    gone.stopTimer();
    if (link == null || gone.wireId.isEmpty()) {
      return List.of();
    }
    byWireId.remove(gone.wireId);
    return link.protocol.unsubscribe(gone.wireId);
  }
}
