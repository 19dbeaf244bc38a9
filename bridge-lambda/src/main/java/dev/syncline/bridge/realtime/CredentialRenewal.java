// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.realtime;

import dev.syncline.publisher.Authorization;
import dev.syncline.publisher.Credential;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Fetches a replacement for refused credentials, on another thread than the socket's reader.
 * Thread-safe.
 */
record CredentialRenewal(Authorization authorization, Executor io) {
  /**
   * @param reason of the refusal, passed on if no replacement is found
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
