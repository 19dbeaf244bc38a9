// SPDX-License-Identifier: Apache-2.0
package dev.syncline.publisher;

import java.util.Optional;

/**
 * Supplies the credentials with which a program connects, subscribes and publishes to AppSync
 * Events. Thread-safe; {@code toString} never shows a secret.
 */
public interface Authorization {

  /**
   * The credential to use now; may do I/O the first time.
   *
   * @throws RuntimeException if it cannot be fetched, naming its origin
   */
  Credential credential();

  /**
   * Another credential to use after the service answered the given one with 401; empty if the
   * refusal is final. May do I/O.
   */
  Optional<Credential> replacementFor(Credential refused);

  /** An API key that never changes; a refusal of it is final. */
  static Authorization apiKey(String key) {
    return new ApiKeyAuthorization(ApiKeySource.fixed(key));
  }

  /** An API key from a source that can supply a newer one after a refusal. */
  static Authorization apiKey(ApiKeySource source) {
    return new ApiKeyAuthorization(source);
  }
}
