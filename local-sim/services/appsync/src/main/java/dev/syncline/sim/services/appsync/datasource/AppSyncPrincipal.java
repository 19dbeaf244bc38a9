// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.datasource;

import dev.syncline.sim.service.AccessCheck;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.CallPrincipal;
import dev.syncline.sim.service.Dispatcher;

/** How AppSync appears to other services. */
public final class AppSyncPrincipal {
  /** The service principal, which the roles of data sources trust. */
  public static final String NAME = "appsync.amazonaws.com";

  /** AWS's name of the sessions of these roles. */
  public static final String SESSION = "APPSYNC_ASSUME_ROLE";

  private AppSyncPrincipal() {}

  /**
   * Whether AppSync may assume the role of a data source; true for one without a role, and for
   * every role unless permissions are enforced.
   */
  public static boolean mayAssume(Dispatcher dispatcher, DataSource source, CallContext own) {
    var appsync = new CallPrincipal.Service(NAME, source.apiArn(), own.account());
    return source.role().isEmpty()
        || dispatcher
            .permissions()
            .denial(AccessCheck.of("sts:AssumeRole", source.role()), own.as(appsync))
            .isEmpty();
  }
}
