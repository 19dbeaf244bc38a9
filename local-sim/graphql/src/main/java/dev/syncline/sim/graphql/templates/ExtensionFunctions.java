// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.templates;

import dev.syncline.sim.graphql.RequestEffects.Effect;
import dev.syncline.sim.graphql.resolver.JavaValues;
import java.util.Map;

/** {@code $extensions}: what a resolver does to caches and subscriptions. Stateless. */
final class ExtensionFunctions {
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

  static String effect(TemplateRun run, Effect effect) {
    run.context().request().effects().add(effect);
    return UtilFunctions.NOTHING;
  }
}
