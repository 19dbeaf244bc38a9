// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.UniqueIds;
import dev.syncline.sim.service.contract.AccessKeys.AccessKey;
import dev.syncline.sim.service.contract.AccessKeys.SessionFacts;
import dev.syncline.sim.service.contract.AssumableRoles;
import dev.syncline.sim.service.contract.AssumableRoles.AssumableRole;
import dev.syncline.sim.service.contract.SessionIssuer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Creates the credentials of sessions. Thread-safe. */
record SessionFactory(
    SimClock clock, Ids ids, AccessKeyStore keys, Supplier<Optional<AssumableRoles>> roles)
    implements SessionIssuer {
  /** A principal as STS shows it. */
  record Principal(String arn, String id) {}

  @Override
  public AccessKey issue(Session session) {
    var facts =
        new SessionFacts(
            role(session.roleArn()).map(AssumableRole::arn).orElse(session.roleArn()),
            null,
            clock.now(),
            session.policies(),
            session.tags(),
            List.of(),
            null,
            false,
            session.provider(),
            session.providerKeys());
    return issue(ofRole(session.roleArn(), session.sessionName()), session.lifetime(), facts);
  }

  /** The session of a role as a principal. */
  Principal ofRole(String roleArn, String session) {
    Arn role = Arn.parse(roleArn);
    String name = role.resource().substring(role.resource().lastIndexOf('/') + 1);
    String id = role(roleArn).map(AssumableRole::id).orElseGet(() -> UniqueIds.of("AROA", roleArn));
    return new Principal(StsArns.assumedRole(role.account(), name, session), id + ":" + session);
  }

  /** The role of that ARN; empty when IAM does not have it. */
  Optional<AssumableRole> role(String roleArn) {
    return roles.get().flatMap(known -> known.role(roleArn));
  }

  /** Creates credentials of a principal and stores them. */
  AccessKey issue(Principal principal, Duration lifetime, SessionFacts facts) {
    Instant expires = clock.now().plus(lifetime).truncatedTo(ChronoUnit.SECONDS);
    String secret = ids.lowerAlphanumeric(40);
    String token = ids.lowerAlphanumeric(120);
    var key =
        new AccessKey(
            "ASIA" + ids.upperAlphanumeric(16),
            secret,
            token,
            principal.arn(),
            principal.id(),
            expires,
            facts);
    keys.add(key);
    return key;
  }

  /** Credentials as answers show them. */
  static ObjectNode json(AccessKey key) {
    return Json.object()
        .put("AccessKeyId", key.id())
        .put("SecretAccessKey", key.secret())
        .put("SessionToken", key.sessionToken())
        .put("Expiration", String.valueOf(key.expires()));
  }
}
