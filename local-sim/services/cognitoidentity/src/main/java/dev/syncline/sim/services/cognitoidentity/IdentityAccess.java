// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognitoidentity;

import dev.syncline.sim.service.AccessCheck;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The permissions of the operations. Source: the service authorization reference of Cognito
 * identity pools.
 */
final class IdentityAccess {
  static final String PASS_ROLE = "iam:PassRole";

  /** Operations that AWS takes without credentials. */
  private static final Set<String> PUBLIC =
      Set.of("GetId", "GetCredentialsForIdentity", "GetOpenIdToken", "UnlinkIdentity");

  /** Operations without resource-level permissions. */
  private static final Set<String> WITHOUT_RESOURCE =
      Set.of("CreateIdentityPool", "ListIdentityPools", "DescribeIdentity", "DeleteIdentities");

  private IdentityAccess() {}

  static List<AccessCheck> checks(Operation operation, Input input, CallContext context) {
    String name = operation.name();
    if (PUBLIC.contains(name)) {
      return List.of();
    }
    var checks = new ArrayList<AccessCheck>();
    checks.add(AccessCheck.of("cognito-identity:" + name, resource(name, input, context)));
    if (name.equals("SetIdentityPoolRoles")) {
      input
          .json()
          .path("Roles")
          .forEach(
              role ->
                  checks.add(
                      AccessCheck.of(PASS_ROLE, role.asText())
                          .with(
                              "iam:PassedToService",
                              List.of(IdentityCredentialOperations.PROVIDER))));
    }
    return checks;
  }

  private static String resource(String name, Input input, CallContext context) {
    if (WITHOUT_RESOURCE.contains(name)) {
      return "*";
    }
    String arn = input.json().path("ResourceArn").asText();
    String id = input.json().path("IdentityPoolId").asText();
    return arn.isEmpty() ? context.arn("cognito-identity", "identitypool/" + id) : arn;
  }
}
