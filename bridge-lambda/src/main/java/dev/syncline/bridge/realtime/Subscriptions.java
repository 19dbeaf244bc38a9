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
 * Which subscriptions stand, and by which names the present link knows them. Guarded by its
 * connection's lock.
 */
final class Subscriptions {
  private final String httpHost;
  private final Map<String, Standing> byKey = new HashMap<>();
  private final Map<String, Standing> byWireId = new HashMap<>();
  private int asked;

  Subscriptions(String httpHost) {
    this.httpHost = httpHost;
  }

  @Nullable Standing get(String key) {
    return byKey.get(key);
  }

  @Nullable Standing byWireId(String wireId) {
    return byWireId.get(wireId);
  }

  boolean stands(Standing one) {
    return byKey.get(one.key) == one;
  }

  boolean isFull() {
    return byKey.size() == ReplyConnection.MAX_SUBSCRIPTIONS;
  }

  Standing add(String key, Channel channel) {
    Standing added = new Standing(key, channel);
    byKey.put(key, added);
    return added;
  }

  Collection<Standing> all() {
    return List.copyOf(byKey.values());
  }

  boolean allAcknowledgedBut(Standing one) {
    return byKey.values().stream().allMatch(s -> s == one || s.isAcknowledged());
  }

  /** All begin anew, on another link. */
  void begin() {
    byWireId.clear();
    byKey.values().forEach(Standing::begin);
  }

  void stopTimers() {
    byKey.values().forEach(Standing::stopTimer);
  }

  /** Asks for one subscription on an acknowledged link. */
  List<Effect> ask(Link link, Standing wanted) {
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
    Standing gone = byKey.remove(key);
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
