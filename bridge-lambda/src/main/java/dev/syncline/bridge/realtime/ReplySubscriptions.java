// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.realtime;

import dev.syncline.bridge.realtime.RealtimeProtocol.Effect;
import dev.syncline.publisher.EventChannel;
import dev.syncline.publisher.Credential;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which subscriptions stand, and by which names the present link knows them. Guarded by its
 * connection's lock.
 */
final class ReplySubscriptions {
  private final String httpHost;
  private final Map<String, ReplySubscription> byKey = new HashMap<>();
  private final Map<String, ReplySubscription> byWireId = new HashMap<>();
  private int asked;

  ReplySubscriptions(String httpHost) {
    this.httpHost = httpHost;
  }

  @Nullable ReplySubscription get(String key) {
    return byKey.get(key);
  }

  @Nullable ReplySubscription byWireId(String wireId) {
    return byWireId.get(wireId);
  }

  boolean stands(ReplySubscription one) {
    return byKey.get(one.key) == one;
  }

  boolean isFull() {
    return byKey.size() == ReplyConnection.MAX_SUBSCRIPTIONS;
  }

  ReplySubscription add(String key, EventChannel channel) {
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

  /** All begin anew, on another link. */
  void begin() {
    byWireId.clear();
    byKey.values().forEach(ReplySubscription::begin);
  }

  void stopTimers() {
    byKey.values().forEach(ReplySubscription::stopTimer);
  }

  /** Asks for one subscription on an acknowledged link. */
  List<Effect> ask(Link link, ReplySubscription wanted) {
    Credential credential = link.credential;
    if (credential == null) {
      return List.of();
    }
    byWireId.remove(wanted.wireId);
    wanted.wireId = wanted.key + "-" + ++asked;
    byWireId.put(wanted.wireId, wanted);
    return link.protocol.subscribe(
        wanted.wireId, wanted.channel, credential.subscribeJson(httpHost, wanted.channel));
  }

  /** Gives one up. */
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
