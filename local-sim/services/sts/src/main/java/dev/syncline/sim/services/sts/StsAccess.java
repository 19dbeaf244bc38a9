// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sts;

import com.fasterxml.jackson.databind.JsonNode;
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
 * The permissions that operations need. Calls that need none cannot be denied; the trust policy
 * decides about web identities. Immutable.
 */
record StsAccess(AccessTable table) implements RoomAccess {
  private static final String ROWS =
      """
      AssumeRole | AssumeRole TagSession SetSourceIdentity             | computed
      AssumeRoleWithSAML AssumeRoleWithWebIdentity                     | public
      AssumeRoot GetCallerIdentity GetSessionToken                     | none
      DecodeAuthorizationMessage GetAccessKeyInfo                      | *
      GetDelegatedAccessToken GetWebIdentityToken                      | *
      GetFederationToken             | arn:aws:sts::{account}:federated-user/{Name}
      """;

  StsAccess() {
    this(
        AccessTable.of("sts", ROWS)
            .computing("AssumeRole", StsAccess::assumeRole)
            .keyOf("AssumeRole", "sts:ExternalId", "ExternalId")
            .keyOf("AssumeRole", "sts:RoleSessionName", "RoleSessionName")
            .keyOf("AssumeRole", "sts:SourceIdentity", "SourceIdentity")
            .keyOf("AssumeRole GetFederationToken", "sts:DurationSeconds", "DurationSeconds")
            .key(
                "AssumeRole",
                "sts:TransitiveTagKeys",
                request ->
                    request.items("TransitiveTagKeys").stream().map(JsonNode::asText).toList()));
  }

  private static List<AccessCheck> assumeRole(AccessRequest request) {
    Optional<String> role = request.text("RoleArn");
    if (role.isEmpty()) {
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

  @Override
  public AwsException denied(Protocol protocol, AccessDenial denial) {
    return StsErrors.denied(denial);
  }
}
