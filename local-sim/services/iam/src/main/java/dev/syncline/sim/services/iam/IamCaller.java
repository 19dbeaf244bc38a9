// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import dev.syncline.sim.iam.IamPrincipal;
import dev.syncline.sim.iam.Policy;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A principal with everything that its permissions depend on, except the resource. Immutable.
 *
 * @param shown as messages name it
 * @param owner the ARN of the user or role whose policies decide, the name of a service, or empty
 * @param keys condition keys
 * @param session the session policies; empty Optional without any
 */
record IamCaller(
    IamPrincipal principal,
    String shown,
    String owner,
    Map<String, List<String>> keys,
    List<Policy> identity,
    Optional<Policy> boundary,
    Optional<List<Policy>> session) {
  IamCaller {
    keys = Map.copyOf(keys);
  }

  /** This caller with further condition keys. */
  IamCaller with(Map<String, List<String>> further) {
    var all = new java.util.HashMap<>(keys);
    all.putAll(further);
    return new IamCaller(principal, shown, owner, all, identity, boundary, session);
  }
}
