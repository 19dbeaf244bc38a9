// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.templates;

import dev.syncline.sim.graphql.RequestEffects;
import dev.syncline.sim.graphql.RequestEffects.Effect;
import dev.syncline.sim.graphql.resolver.JavaValues;
import java.util.Map;

/** {@code $extensions}: what a resolver does to caches and subscriptions. Stateless. */
final class ExtensionFunctions {
  /** AWS publishes no limit. */
  private static final int MAX_EFFECTS = 1000;

  static final FunctionTable TABLE =
      new FunctionTable("$extensions")
          .add(
              "evictFromApiCache",
              (run, in) ->
                  effect(
                      run,
                      new Effect.CacheEviction(
                          in.needed(0), in.needed(1), JavaValues.json(in.get(2)))),
              String.class,
              String.class,
              Map.class)
          .add(
              "setSubscriptionFilter",
              (run, in) -> effect(run, new Effect.SubscriptionFilter(JavaValues.json(in.get(0)))),
              Map.class)
          .add(
              "setSubscriptionInvalidationFilter",
              (run, in) -> effect(run, new Effect.InvalidationFilter(JavaValues.json(in.get(0)))),
              Map.class)
          .add(
              "invalidateSubscriptions",
              (run, in) -> effect(run, new Effect.Invalidation(JavaValues.json(in.get(0)))),
              Map.class);

  private ExtensionFunctions() {}

  /** Adds an effect; log lines beyond the limit are dropped, other effects fail. */
  static String effect(TemplateRun run, Effect effect) {
    RequestEffects effects = run.context().request().effects();
    if (effects.count() < MAX_EFFECTS) {
      effects.add(effect);
    } else if (!(effect instanceof Effect.LogLine)) {
      throw new IllegalArgumentException(
          "a request takes " + MAX_EFFECTS + " log lines, headers and extensions together");
    }
    return UtilFunctions.NOTHING;
  }
}
