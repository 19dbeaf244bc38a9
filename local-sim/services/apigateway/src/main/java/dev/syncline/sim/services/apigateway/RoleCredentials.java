// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.RoleSessions;
import dev.syncline.sim.service.http.RequestSigner;

/** Assumes the roles of integrations. Thread-safe. */
record RoleCredentials(Ids ids, RoleSessions sessions) {
  /** The service that assumes them. */
  static final String PRINCIPAL = "apigateway.amazonaws.com";

  /** AWS's name of the session. */
  static final String SESSION = "BackplaneAssumeRoleSession";

  /**
   * The credentials of a role.
   *
   * @throws GatewayRejection when the gateway may not assume it
   */
  RequestSigner.Credentials assume(Exchange exchange, String roleArn) throws GatewayRejection {
    String sourceArn = LambdaAuthorizers.methodArn(exchange);
    var context =
        new CallContext(
            exchange.account(), exchange.region(), ids.uuid().toString(), "", new byte[0]);
    return sessions
        .assume(roleArn, context, sourceArn)
        .orElseThrow(
            () ->
                new GatewayRejection(
                    GatewayResponseType.API_CONFIGURATION_ERROR,
                    "Execution failed due to configuration error: API Gateway does not have"
                        + " permission to assume the provided role "
                        + roleArn));
  }
}
