// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Collects what resolvers of one request do beside returning a value. Thread-safe. */
public final class RequestEffects {
  /** One effect. */
  public sealed interface Effect {
    /** {@code util.http.addResponseHeader}. */
    record ResponseHeader(String name, String value) implements Effect {}

    /** {@code extensions.evictFromApiCache}; {@code keys} is an object. */
    record CacheEviction(String type, String field, JsonNode keys) implements Effect {}

    /** {@code extensions.setSubscriptionFilter}. */
    record SubscriptionFilter(JsonNode filter) implements Effect {}

    /** {@code extensions.setSubscriptionInvalidationFilter}. */
    record InvalidationFilter(JsonNode filter) implements Effect {}

    /** {@code extensions.invalidateSubscriptions}. */
    record Invalidation(JsonNode request) implements Effect {}

    /** {@code util.log}; {@code level} is INFO, DEBUG or ERROR. */
    record LogLine(String level, String text) implements Effect {}
  }

  private final List<Effect> effects = new CopyOnWriteArrayList<>();
  private final Consumer<Effect> listener;

  /** Effects without a listener. */
  public RequestEffects() {
    this(effect -> {});
  }

  /**
   * Effects with a listener.
   *
   * @param listener called for each effect on the thread of the resolver
   */
  public RequestEffects(Consumer<Effect> listener) {
    this.listener = listener;
  }

  /** Adds an effect. */
  public void add(Effect effect) {
    effects.add(effect);
    listener.accept(effect);
  }

  /** How many effects there are so far. */
  public int count() {
    return effects.size();
  }

  /** Every effect so far, in order. */
  public List<Effect> all() {
    return List.copyOf(effects);
  }
}
