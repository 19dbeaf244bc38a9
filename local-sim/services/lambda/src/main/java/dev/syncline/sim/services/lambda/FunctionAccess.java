// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import dev.syncline.sim.service.RolePermissions;
import dev.syncline.sim.service.Tolerances;
import dev.syncline.sim.service.contract.AccessKeys;
import dev.syncline.sim.service.settings.FunctionRules;
import dev.syncline.sim.service.settings.IdentitySettings;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What decides about functions and their callers. Immutable.
 *
 * @param tolerances what is not refused
 * @param identity how strictly signatures at function URLs are checked
 * @param keys whose signatures are accepted there
 * @param roles the policies of roles
 */
public record FunctionAccess(
    FunctionRules rules,
    Tolerances tolerances,
    IdentitySettings identity,
    Supplier<AccessKeys> keys,
    Supplier<RolePermissions> roles) {
  /** The default rules; no access key is known, and every role may do everything. */
  public static final FunctionAccess OPEN =
      new FunctionAccess(
          FunctionRules.DEFAULT,
          Tolerances.NONE,
          IdentitySettings.DEFAULT,
          () -> id -> Optional.empty(),
          () -> (role, action, resource) -> true);
}
