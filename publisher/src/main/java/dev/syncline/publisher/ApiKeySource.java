// SPDX-License-Identifier: Apache-2.0
package dev.syncline.publisher;

import java.util.function.Supplier;

/**
 * Where an AppSync API key comes from. A key expires and is replaced while programs run, so a
 * source can be asked for the key that follows one the service refused.
 *
 * <p>Implementations are thread-safe: many requests may find the same key refused at once.
 */
public interface ApiKeySource {

  /**
   * The key to use now; may fetch it on the first call.
   *
   * @throws RuntimeException if it cannot be had, saying from where
   */
  String current();

  /**
   * The key to use after the service refused the given one. Returns the given key itself if there
   * is no newer one; a source that already holds a newer one returns that without fetching again.
   *
   * @throws RuntimeException if it cannot be had, saying from where
   */
  String after(String refused);

  /** A key that never changes. */
  static ApiKeySource fixed(String key) {
    ApiKeyCredentialSource.requireKey(key);
    return new CachedApiKeySource(() -> key);
  }

  /**
   * Calls the supplier for the first key and after a refusal, and keeps what it gave in between.
   * Calls of the supplier never overlap.
   */
  static ApiKeySource cached(Supplier<String> supplier) {
    return new CachedApiKeySource(supplier);
  }
}
