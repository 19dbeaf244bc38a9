// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service;

import java.util.List;
import java.util.Optional;

/**
 * The permissions of a room's operations, its resources' policies, and its refusals. Thread-safe.
 */
public interface RoomAccess {
  /** What each operation needs. */
  AccessTable table();

  /**
   * See {@link AwsService#actionPrefixes}; empty where another room has the resources' policies.
   */
  default List<String> actionPrefixes() {
    return List.of(table().prefix());
  }

  /** See {@link AwsService#resourcePolicy}. */
  default Optional<String> resourcePolicy(String resource) {
    return Optional.empty();
  }

  /** See {@link AwsService#accessDenied}. */
  default AwsException denied(Protocol protocol, AccessDenial denial) {
    return AccessErrors.of(protocol, table().refusal(denial));
  }

  /** See {@link AwsService#checksToSee}. */
  default List<AccessCheck> checksToSee(AwsException error, AccessRequest request) {
    return List.of();
  }

  /** See {@link AwsService#needsSignature}. */
  default boolean needsSignature(String operation) {
    return !table().isPublic(operation);
  }

  /** See {@link AwsService#takesAnonymous}. */
  default boolean takesAnonymous() {
    return false;
  }

  /** See {@link AwsService#refusesUnsigned}. */
  default boolean refusesUnsigned() {
    return false;
  }

  /** A room that has a table only. */
  static RoomAccess of(AccessTable table) {
    return () -> table;
  }
}
