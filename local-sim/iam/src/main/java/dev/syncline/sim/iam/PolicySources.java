// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.iam;

import java.util.List;
import java.util.Optional;

/**
 * Every policy that applies to one request. Immutable.
 *
 * @param identity of the user and its groups, or of the role; empty for other principals
 * @param boundary the permissions boundary
 * @param session the session policies; empty Optional for a session without one
 * @param resource the resource's own policy
 * @param resourceMustAllow whether the resource's policy must mention the principal or its account,
 *     as for the trust policy of a role
 */
public record PolicySources(
    List<Policy> identity,
    Optional<Policy> boundary,
    Optional<List<Policy>> session,
    Optional<Policy> resource,
    boolean resourceMustAllow) {
  /** Copies the lists. */
  public PolicySources {
    identity = List.copyOf(identity);
    session = session.map(List::copyOf);
  }
}
