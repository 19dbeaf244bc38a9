// SPDX-License-Identifier: Apache-2.0
package dev.syncline.publisher;

import java.util.Optional;

/**
 * How a program proves to AppSync Events that it may connect, subscribe and publish. Thread-safe;
 * never shows a secret in {@code toString}.
 */
public interface CredentialSource {

  /**
   * The credential to use now; may do I/O the first time.
   *
   * @throws RuntimeException if there is none to be had, saying from where
   */
  Credential credential();

  /**
   * A different credential to use after the service answered 401 to the given one, or empty if
   * there is none: then the refusal is final. May do I/O.
   */
  Optional<Credential> replacementFor(Credential refused);

  /** An API key that never changes; a refusal of it is final. */
  static CredentialSource apiKey(String key) {
    return new ApiKeyCredentialSource(ApiKeySource.fixed(key));
  }

  /** An API key from a source that can give a newer one when the service refuses it. */
  static CredentialSource apiKey(ApiKeySource source) {
    return new ApiKeyCredentialSource(source);
  }
}
