// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.cache;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.graphql.FieldCall;
import dev.syncline.sim.graphql.FieldOutcome;
import dev.syncline.sim.graphql.FieldResolver;
import dev.syncline.sim.graphql.RequestContext;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks the cache before the resolver and keeps results that have no errors. Thread-safe if the
 * resolver is.
 */
record CachedFieldResolver(FieldResolver resolver, CacheEntries entries, ResolverCaching caching)
    implements FieldResolver {
  /** A call that the cache cannot answer; the key is from before the resolver changes arguments. */
  private record Miss(int index, String key, FieldCall call) {}

  @Override
  public int maxBatchSize() {
    return resolver.maxBatchSize();
  }

  @Override
  public List<FieldOutcome> resolve(List<FieldCall> calls, RequestContext request) {
    var outcomes = new FieldOutcome[calls.size()];
    List<Miss> misses = new ArrayList<>();
    for (int index = 0; index < outcomes.length; index++) {
      FieldCall call = calls.get(index);
      String key =
          CacheKeys.ofResolver(call.parentType(), call.fieldName(), caching.keys(), call, request);
      JsonNode value = entries.get(key);
      if (value == null) {
        misses.add(new Miss(index, key, call));
      } else {
        outcomes[index] = FieldOutcome.of(value);
      }
    }
    if (!misses.isEmpty()) {
      List<FieldOutcome> resolved =
          resolver.resolve(misses.stream().map(Miss::call).toList(), request);
      for (int next = 0; next < misses.size(); next++) {
        Miss miss = misses.get(next);
        FieldOutcome outcome = resolved.get(next);
        outcomes[miss.index()] = outcome;
        if (outcome.errors().isEmpty()) {
          entries.put(miss.key(), outcome.value(), caching.ttl());
        }
      }
    }
    return List.of(outcomes);
  }
}
