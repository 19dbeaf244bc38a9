// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sts;

import dev.syncline.sim.service.AccessCheck;
import dev.syncline.sim.service.AccessDenial;
import dev.syncline.sim.service.AccessRequest;
import dev.syncline.sim.service.AccessTable;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.RoomAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The permissions of STS. The trust policy of the role, which {@code iam} finds, decides about
 * {@code AssumeRole} too.
 */
record StsAccess(AccessTable table) implements RoomAccess {
  private static final String ROWS =
      """
      AssumeRole             | AssumeRole TagSession SetSourceIdentity | computed
      GetCallerIdentity GetSessionToken                                | none
      AssumeRoleWithSAML AssumeRoleWithWebIdentity                     | public
      GetAccessKeyInfo                                                 | *
      GetFederationToken             | arn:aws:sts::{account}:federated-user/{Name}
      """;

  static StsAccess access() {
    return new StsAccess(
        AccessTable.of("sts", ROWS)
            .computing("AssumeRole", StsAccess::assumeRole)
            .keyOf("AssumeRole GetFederationToken", "sts:DurationSeconds", "DurationSeconds")
            .keyOf("AssumeRole", "sts:ExternalId", "ExternalId")
            .keyOf("AssumeRole", "sts:RoleSessionName", "RoleSessionName")
            .keyOf("AssumeRole", "sts:SourceIdentity", "SourceIdentity")
            .key("AssumeRole", "sts:TransitiveTagKeys", StsAccess::transitive));
  }

  private static List<AccessCheck> assumeRole(AccessRequest request) {
    Optional<String> role = request.text("RoleArn");
    if (role.isEmpty()) {
      // The operation refuses the call.
      return List.of();
    }
    var checks = new ArrayList<AccessCheck>();
    checks.add(AccessCheck.of("sts:AssumeRole", role.get()));
    if (!request.items("Tags").isEmpty()) {
      checks.add(AccessCheck.of("sts:TagSession", role.get()));
    }
    if (request.text("SourceIdentity").isPresent()) {
      checks.add(AccessCheck.of("sts:SetSourceIdentity", role.get()));
    }
    return checks;
  }

  private static List<String> transitive(AccessRequest request) {
    return request.items("TransitiveTagKeys").stream().map(key -> key.asText()).toList();
  }

  @Override
  public AwsException denied(Protocol protocol, AccessDenial denial) {
    return StsErrors.denied(denial);
  }
}
