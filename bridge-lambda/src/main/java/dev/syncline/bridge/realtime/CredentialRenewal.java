// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.realtime;

import dev.syncline.publisher.CredentialSource;
import dev.syncline.publisher.Credential;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Looks for other credentials when some were refused, off the thread that reads. Thread-safe. */
final class CredentialRenewal {
  private final CredentialSource authorization;
  private final Executor io;

  CredentialRenewal(CredentialSource authorization, Executor io) {
    this.authorization = authorization;
    this.io = io;
  }

  /**
   * @param reason of the refusal, which is also why there is no other way
   */
  void replace(
      Credential refused, String reason, Consumer<Credential> then, Consumer<String> otherwise) {
    io.execute(
        () -> {
          Optional<Credential> replacement;
          try {
            replacement = authorization.replacementFor(refused);
          } catch (RuntimeException e) {
            otherwise.accept(reason + "; no newer key could be read");
            return;
          }
          replacement.ifPresentOrElse(then, () -> otherwise.accept(reason));
        });
  }
}
