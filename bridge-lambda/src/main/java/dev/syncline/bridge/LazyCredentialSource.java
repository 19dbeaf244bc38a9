// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import dev.syncline.publisher.CredentialSource;
import dev.syncline.publisher.Credential;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * An authorization that is made when it is first needed: the SDK it stands on costs a cold start
 * 300 ms. Thread-safe.
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

  /** Forgets what it holds: after a restore from a snapshot a key may be old. */
  void renew() {
    made = new LazyValue<>(maker);
  }

  @Override
  public String toString() {
    return "Authorization[made when needed]";
  }
}
