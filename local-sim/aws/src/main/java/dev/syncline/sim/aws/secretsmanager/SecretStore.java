// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.secretsmanager;

import dev.syncline.sim.aws.service.AwsException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Secrets by name. Thread-safe: each is an immutable snapshot replaced as a whole. */
final class SecretStore {
  private final Map<String, Secret> byName = new TreeMap<>();

  synchronized void add(Secret secret) {
    Secret present = byName.get(secret.name());
    if (present != null) {
      throw present.deleteAt() == null
          ? AwsException.badRequest(
              "ResourceExistsException",
              "The operation failed because the secret " + secret.name() + " already exists.")
          : AwsException.badRequest(
              "InvalidRequestException",
              "You can't create this secret because a secret with this name is already scheduled"
                  + " for deletion.");
    }
    byName.put(secret.name(), secret);
  }

  /** The secret by name, whole ARN, or ARN without its random suffix. */
  synchronized Secret require(String id) {
    Secret secret = find(id);
    if (secret == null) {
      throw AwsException.badRequest(
          "ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
    }
    return secret;
  }

  /** As {@link #require}, but not one that is to be deleted. */
  synchronized Secret requireLive(String id) {
    Secret secret = require(id);
    if (secret.deleteAt() != null) {
      throw AwsException.badRequest(
          "InvalidRequestException",
          "You can't perform this operation on the secret because it was marked for deletion.");
    }
    return secret;
  }

  synchronized Secret update(String id, UnaryOperator<Secret> change) {
    Secret changed = change.apply(require(id));
    byName.put(changed.name(), changed);
    return changed;
  }

  /** Removes the secret if it is still this one and still to be deleted, or at once if forced. */
  synchronized void remove(String name, boolean force) {
    Secret secret = byName.get(name);
    if (secret != null && (force || secret.deleteAt() != null)) {
      byName.remove(name);
    }
  }

  synchronized List<Secret> all() {
    return List.copyOf(byName.values());
  }

  private @Nullable Secret find(String id) {
    Secret named = byName.get(id);
    if (named != null) {
      return named;
    }
    if (!id.startsWith("arn:")) {
      return null;
    }
    for (Secret secret : byName.values()) {
      if (secret.arn().equals(id)
          || secret.arn().length() == id.length() + 7 && secret.arn().startsWith(id + "-")) {
        return secret;
      }
    }
    return null;
  }
}
