// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sts;

import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.CallPrincipal;
import dev.syncline.sim.service.contract.AccessKeys.AccessKey;
import dev.syncline.sim.service.contract.AccessKeys.SessionFacts;
import dev.syncline.sim.services.sts.SessionFactory.Principal;
import java.util.Optional;

/**
 * Finds out who calls. Thread-safe.
 *
 * @param userId the id of the local user, to whom every unknown key belongs
 */
record StsCallers(
    SimClock clock, AccessKeyStore keys, SessionFactory sessions, String account, String userId) {
  /**
   * The caller.
   *
   * @throws dev.syncline.sim.service.AwsException {@code ExpiredToken} for an expired session
   */
  Principal of(CallContext context) {
    CallPrincipal caller = context.caller();
    while (caller instanceof CallPrincipal.Forwarded forwarded) {
      caller = forwarded.caller();
    }
    if (caller instanceof CallPrincipal.RoleSession session) {
      return sessions.ofRole(session.roleArn(), session.sessionName());
    }
    return key(context)
        .filter(key -> !key.principalArn().equals(StsArns.user(account)))
        .map(key -> new Principal(key.principalArn(), key.userId()))
        .orElseGet(() -> new Principal(StsArns.user(account), userId));
  }

  /** The facts of the caller's session; empty when the caller has none. */
  Optional<SessionFacts> session(CallContext context) {
    return key(context).map(AccessKey::session);
  }

  /** Whether the caller is a session of a role. */
  boolean isRole(CallContext context) {
    return context.caller() instanceof CallPrincipal.RoleSession
        || session(context).filter(facts -> facts.roleArn() != null).isPresent();
  }

  /** The ARN of the IAM user who calls; empty for the local user and for roles. */
  Optional<String> iamUser(CallContext context) {
    return key(context)
        .filter(key -> key.sessionToken() == null)
        .map(AccessKey::principalArn)
        .filter(arn -> !arn.equals(StsArns.user(account)));
  }

  /**
   * Refuses a caller with temporary credentials.
   *
   * @throws dev.syncline.sim.service.AwsException {@code AccessDenied}
   */
  void requireNoSession(CallContext context, String operation) {
    if (key(context).filter(key -> key.sessionToken() != null).isPresent()) {
      throw StsErrors.calledWithSession(operation);
    }
  }

  private Optional<AccessKey> key(CallContext context) {
    Optional<AccessKey> key = keys.find(context.accessKeyId());
    if (key.isPresent() && !key.get().valid(clock.now())) {
      throw StsErrors.expiredToken();
    }
    return key;
  }
}
