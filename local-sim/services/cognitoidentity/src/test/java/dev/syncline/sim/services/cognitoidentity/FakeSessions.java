// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognitoidentity;

import dev.syncline.sim.service.contract.AccessKeys.AccessKey;
import dev.syncline.sim.service.contract.SessionIssuer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Issues the same key for every session, and keeps the sessions. Not thread-safe. */
final class FakeSessions implements SessionIssuer {
  final List<Session> issued = new ArrayList<>();

  @Override
  public AccessKey issue(Session session) {
    issued.add(session);
    return new AccessKey(
        "ASIAFAKE",
        "secret",
        "session",
        session.roleArn(),
        "AROAFAKE:" + session.sessionName(),
        Instant.parse("2026-03-04T06:06:07Z"));
  }
}
