// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import dev.syncline.publisher.Authorization;
import dev.syncline.publisher.Credential;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A credential source that is created lazily: loading the SDK adds 300 ms to a cold start.
 * Thread-safe.
 */
final class LazyAuthorization implements Authorization {

  private final Supplier<Authorization> maker;
  private volatile LazyValue<Authorization> made;

  LazyAuthorization(Supplier<Authorization> maker) {
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
    return "Authorization[created lazily]";
  }
}
