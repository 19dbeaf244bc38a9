// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.cache;

import java.time.Duration;
import java.util.List;

/**
 * {@code cachingConfig} of a resolver. Immutable.
 *
 * @param ttl 1 to 3,600 s
 * @param keys such as {@code $context.arguments.id} or {@code $context.identity.sub}; empty for the
 *     whole arguments, source and identity
 */
public record ResolverCaching(Duration ttl, List<String> keys) {
  /** Copies the list. */
  public ResolverCaching {
    keys = List.copyOf(keys);
  }
}
