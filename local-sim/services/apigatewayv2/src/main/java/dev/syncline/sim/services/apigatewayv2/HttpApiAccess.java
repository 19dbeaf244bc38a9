// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigatewayv2;

import dev.syncline.sim.service.AccessTable;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.RoomAccess;
import java.util.List;

/** The permissions of HTTP APIs: the HTTP method on the path. They have no policies. */
record HttpApiAccess(AccessTable table) implements RoomAccess {
  private static final String PRINCIPAL = "apigateway.amazonaws.com";

  HttpApiAccess(List<Operation> operations) {
    this(
        AccessTable.ofHttp("apigateway", "/v2", operations)
            .passing("CreateIntegration UpdateIntegration CreateApi", "credentialsArn", PRINCIPAL)
            .passing("CreateAuthorizer UpdateAuthorizer", "authorizerCredentialsArn", PRINCIPAL));
  }

  /** The other room of API Gateway has the policies. */
  @Override
  public List<String> actionPrefixes() {
    return List.of();
  }
}
