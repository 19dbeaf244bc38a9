// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.secretsmanager;

import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Secrets by name. Not thread-safe: its callers hold its monitor. */
final class SecretStore {
  private final SimClock clock;
  private final Map<String, Secret> byName = new TreeMap<>();

  SecretStore(SimClock clock) {
    this.clock = clock;
  }

  /** Every secret whose recovery window has not passed, by name. */
  Collection<Secret> all() {
    byName
        .values()
        .removeIf(secret -> secret.deleteOn != null && !clock.now().isBefore(secret.deleteOn));
    return byName.values();
  }

  void add(Secret secret) {
    byName.put(secret.name, secret);
  }

  void remove(Secret secret) {
    byName.remove(secret.name);
  }

  @Nullable Secret named(String name) {
    return all().stream().filter(secret -> secret.name.equals(name)).findFirst().orElse(null);
  }

  /** The secret by name, ARN, or ARN without its random end; also one that is to be deleted. */
  Optional<Secret> find(String secretId) {
    return all().stream().filter(secret -> secret.isNamed(secretId)).findFirst();
  }

  /**
   * As {@link #find}.
   *
   * @throws AwsException {@code ResourceNotFoundException}
   */
  Secret any(String secretId) {
    return find(secretId)
        .orElseThrow(() -> notFound("Secrets Manager can't find the specified secret."));
  }

  /** As {@link #any}, refusing one that is to be deleted. */
  Secret live(String secretId) {
    Secret secret = any(secretId);
    if (secret.deleteOn != null) {
      throw AwsException.badRequest(
          "InvalidRequestException",
          "You can't perform this operation on the secret because it was marked for deletion.");
    }
    return secret;
  }

  static AwsException notFound(String message) {
    return AwsException.badRequest("ResourceNotFoundException", message);
  }
}
