// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.contract;

import java.util.Optional;

/**
 * Finds the unique id of a role. {@code iam} provides it; {@code sts} needs it for the user id of
 * an assumed role. Thread-safe.
 */
@FunctionalInterface
public interface RoleIds {
  /** The id, such as {@code AROA…}; empty when there is no such role. */
  Optional<String> of(String roleArn);
}
