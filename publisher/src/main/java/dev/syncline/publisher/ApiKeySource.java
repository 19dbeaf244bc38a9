// SPDX-License-Identifier: Apache-2.0
package dev.syncline.publisher;

import java.util.function.Supplier;

/**
 * Supplies an AppSync API key. A key expires and is rotated while programs run, so a source can
 * supply the key that follows a refused one.
 *
 * <p>Implementations are thread-safe: the service may refuse the same key for many requests at
 * once.
 */
public interface ApiKeySource {

  /**
   * The key to use now; may fetch it on the first call.
   *
   * @throws RuntimeException if it cannot be fetched, naming its origin
   */
  String current();

  /**
   * The key to use after the service refused the given one. Returns the given key if no newer one
   * exists. A source that already has a newer one returns it without fetching.
   *
   * @throws RuntimeException if it cannot be fetched, naming its origin
   */
  String after(String refused);

  /** A key that never changes. */
  static ApiKeySource fixed(String key) {
    ApiKeyAuthorization.requireKey(key);
    return new CachedApiKeySource(() -> key);
  }

  /**
   * Calls the supplier for the first key and after a refusal, and caches the result. Calls of the
   * supplier never overlap.
   */
  static ApiKeySource cached(Supplier<String> supplier) {
    return new CachedApiKeySource(supplier);
  }
}
