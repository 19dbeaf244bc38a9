// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service;

import dev.syncline.sim.service.settings.IamMode;
import java.util.Optional;

/**
 * The one decision point for permissions. {@code iam} provides it; the dispatcher asks it before
 * every operation, and the data planes ({@code apigateway}, {@code appsync}, {@code lambda}) ask it
 * before they serve a request. It is not an operation: planned faults do not apply to it. Each
 * decision is in the journal, unless the mode is {@link IamMode#OFF}. Thread-safe.
 */
public interface Permissions extends RolePermissions {
  /** Allows everything. */
  Permissions OFF =
      new Permissions() {
        @Override
        public IamMode mode() {
          return IamMode.OFF;
        }

        @Override
        public Optional<AccessDenial> denial(AccessCheck check, CallContext context) {
          return Optional.empty();
        }

        @Override
        public boolean mayAllow(String roleArn, String action, String resource) {
          return true;
        }
      };

  /** The mode, which does not change while the simulator runs. */
  IamMode mode();

  /**
   * Decides one permission of the caller in {@code context}.
   *
   * @return empty when the call may go on: it is allowed, the caller is the simulator itself, or
   *     the mode is not {@link IamMode#ENFORCE}
   */
  Optional<AccessDenial> denial(AccessCheck check, CallContext context);
}
