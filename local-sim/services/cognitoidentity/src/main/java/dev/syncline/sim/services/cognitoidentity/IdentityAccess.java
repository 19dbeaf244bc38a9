// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognitoidentity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.AccessCheck;
import dev.syncline.sim.service.AccessDenial;
import dev.syncline.sim.service.AccessRequest;
import dev.syncline.sim.service.AccessTable;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.PassRole;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.RoomAccess;
import java.util.List;
import java.util.Map;

/**
 * The permissions of identity pools. The operations of identities need nothing. Source: the service
 * authorization reference, and the published model.
 */
record IdentityAccess(AccessTable table) implements RoomAccess {
  private static final String ROWS =
      """
      GetCredentialsForIdentity GetId GetOpenIdToken UnlinkIdentity | public
      DeleteIdentityPool DescribeIdentityPool GetIdentityPoolRoles \
      GetOpenIdTokenForDeveloperIdentity GetPrincipalTagAttributeMap ListIdentities \
      LookupDeveloperIdentity MergeDeveloperIdentities UnlinkDeveloperIdentity \
      UpdateIdentityPool | identitypool/{IdentityPoolId}
      CreateIdentityPool DeleteIdentities DescribeIdentity ListIdentityPools \
      SetIdentityPoolRoles SetPrincipalTagAttributeMap | *
      ListTagsForResource TagResource UntagResource | {ResourceArn}
      """;

  static IdentityAccess access() {
    return new IdentityAccess(
        AccessTable.of("cognito-identity", ROWS)
            .tagging("CreateIdentityPool", "TagResource")
            .adding("SetIdentityPoolRoles", PassRole.ACTION, IdentityAccess::roles));
  }

  private static List<AccessCheck> roles(AccessRequest request) {
    return request.node("Roles").properties().stream()
        .map(Map.Entry::getValue)
        .filter(JsonNode::isTextual)
        .map(role -> PassRole.to(role.asText(), "cognito-identity.amazonaws.com"))
        .toList();
  }

  @Override
  public AwsException denied(Protocol protocol, AccessDenial denial) {
    return denial.action().equals(PassRole.ACTION)
        ? IdentityErrors.forbiddenRole(denial.resource())
        : RoomAccess.super.denied(protocol, denial);
  }

  @Override
  public boolean refusesUnsigned() {
    return true;
  }
}
