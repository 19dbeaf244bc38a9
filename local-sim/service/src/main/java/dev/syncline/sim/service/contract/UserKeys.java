// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.contract;

import java.util.Optional;

/**
 * Finds the access keys of IAM users. {@code iam} provides it; {@code sts} finds keys with it that
 * it did not issue. Thread-safe.
 */
@FunctionalInterface
public interface UserKeys {
  /** The key of that id; empty when there is no such key, or when it is inactive. */
  Optional<AccessKeys.AccessKey> find(String id);

  /** Whether a user has the key and it is inactive, or a user had it and it was deleted. */
  default boolean isDisabled(String id) {
    return false;
  }
}
