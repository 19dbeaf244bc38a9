// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sts;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.Contracts;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.RoomService;
import dev.syncline.sim.service.ServiceParts;
import dev.syncline.sim.service.contract.AssumableRoles;
import dev.syncline.sim.service.contract.IdentityPoolTokens;
import dev.syncline.sim.service.contract.SessionIssuer;
import dev.syncline.sim.service.contract.UserPoolTokens;
import dev.syncline.sim.service.settings.IamMode;
import dev.syncline.sim.service.state.ServiceState;

/** AWS STS. See the package for what is simulated. Thread-safe. */
public final class StsService extends RoomService {
  private final SessionFactory sessions;

  /**
   * The service of one account. It adds the credentials that it issues to {@code keys}.
   *
   * @param contracts where roles and the keys of tokens are found
   */
  public StsService(
      SimClock clock,
      Ids ids,
      AccessKeyStore keys,
      String account,
      Contracts contracts,
      IamMode mode) {
    this(
        new SessionFactory(clock, ids, keys, () -> contracts.find(AssumableRoles.class)),
        new WebIdentityTokens(
            clock,
            account,
            () -> contracts.find(IdentityPoolTokens.class),
            () -> contracts.find(UserPoolTokens.class),
            () -> contracts.find(AssumableRoles.class)),
        account,
        mode);
  }

  private StsService(
      SessionFactory sessions, WebIdentityTokens tokens, String account, IamMode mode) {
    super(
        "sts",
        "AWS STS",
        new Protocol.Query("2011-06-15", "https://sts.amazonaws.com/doc/2011-06-15/"),
        parts(sessions, tokens, account, mode));
    this.sessions = sessions;
  }

  private static ServiceParts parts(
      SessionFactory sessions, WebIdentityTokens tokens, String account, IamMode mode) {
    String userId = "AIDA" + sessions.ids().upperAlphanumeric(17);
    var callers = new StsCallers(sessions.clock(), sessions.keys(), sessions, account, userId);
    return ServiceParts.of(
            ServiceState.NONE,
            new CallerOperations(callers, sessions.keys(), account).operations(),
            new SessionOperations(sessions, callers, account).operations(),
            new WebIdentityOperations(sessions, tokens, mode == IamMode.ENFORCE).operations())
        .with(new StsAccess());
  }

  /** Issues credentials to services. */
  SessionIssuer issuer() {
    return sessions;
  }
}
