// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import dev.syncline.sim.service.AccessCheck;
import dev.syncline.sim.service.AccessRequest;
import dev.syncline.sim.service.AccessTable;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.PassRole;
import dev.syncline.sim.service.RoomAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The permissions of REST APIs: the HTTP method on the path. The policy of an API decides about
 * requests to it. Source: the guide's page on access to the management of APIs.
 */
record RestApiAccess(RestApiStore store, AccessTable table) implements RoomAccess {
  private static final String PRINCIPAL = "apigateway.amazonaws.com";
  private static final List<String> ROLES =
      List.of("/credentials", "/authorizerCredentials", "/cloudwatchRoleArn");
  private static final Pattern API = Pattern.compile("arn:[^:]+:execute-api:[^:]*:[^:]*:([^/]+).*");

  RestApiAccess(RestApiStore store, List<Operation> operations) {
    this(
        store,
        AccessTable.ofHttp("apigateway", "", operations)
            .passing("PutIntegration", "credentials", PRINCIPAL)
            .passing("CreateAuthorizer", "authorizerCredentials", PRINCIPAL)
            .adding(
                "UpdateIntegration UpdateAuthorizer UpdateAccount",
                PassRole.ACTION,
                RestApiAccess::patched));
  }

  private static List<AccessCheck> patched(AccessRequest request) {
    var checks = new ArrayList<AccessCheck>();
    for (var patch : request.items("patchOperations")) {
      String role = patch.path("value").asText();
      if (ROLES.contains(patch.path("path").asText()) && role.contains(":role/")) {
        checks.add(PassRole.to(role, PRINCIPAL));
      }
    }
    return checks;
  }

  @Override
  public List<String> actionPrefixes() {
    return List.of("apigateway", "execute-api");
  }

  @Override
  public Optional<String> resourcePolicy(String resource) {
    Matcher api = API.matcher(resource);
    return api.matches() ? store.policy(api.group(1)) : Optional.empty();
  }
}
