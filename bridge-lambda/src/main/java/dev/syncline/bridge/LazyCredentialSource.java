// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import dev.syncline.publisher.Credential;
import dev.syncline.publisher.CredentialSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A credential source that is created lazily: loading the SDK adds 300 ms to a cold start.
 * Thread-safe.
 */
final class LazyCredentialSource implements CredentialSource {

  private final Supplier<CredentialSource> maker;
  private volatile LazyValue<CredentialSource> made;

  LazyCredentialSource(Supplier<CredentialSource> maker) {
    this.maker = maker;
    this.made = new LazyValue<>(maker);
  }

  @Override
  public Credential credential() {
    return made.get().credential();
  }

  @Override
  public Optional<Credential> replacementFor(Credential refused) {
    return made.get().replacementFor(refused);
  }

  /** Drops the cached key: it may have expired when a snapshot is restored. */
  void renew() {
    made = new LazyValue<>(maker);
  }

  @Override
  public String toString() {
    return "CredentialSource[created lazily]";
  }
}
