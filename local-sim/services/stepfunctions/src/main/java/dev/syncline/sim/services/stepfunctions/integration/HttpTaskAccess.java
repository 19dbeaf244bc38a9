// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions.integration;

import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.service.AccessCheck;
import dev.syncline.sim.service.AccessDenial;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.CallPrincipal;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.settings.IamMode;
import java.util.List;
import java.util.Optional;

/**
 * What an HTTP Task needs of the state machine's role: the endpoint, the connection and the secret
 * of the connection. Source of the actions: the Step Functions guide, "Call HTTPS APIs". The error
 * of a refused connection is documented, that of a refused endpoint is a guess.
 *
 * @param calls with the permissions of the role
 * @param machineArn the resource of the permission for the endpoint
 */
record HttpTaskAccess(IntegrationCalls calls, String machineArn) {
  private static final List<String> SECRET =
      List.of("secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue");

  /** Requires that the role may send a request. */
  void requireEndpoint(String method, String endpoint) throws TaskFailedException {
    AccessCheck check =
        AccessCheck.of("states:InvokeHTTPEndpoint", machineArn)
            .with("states:HTTPMethod", List.of(method))
            .with("states:HTTPEndpoint", List.of(endpoint));
    require(check, "States.Permissions");
  }

  /** Requires that the role may read the credentials of a connection. */
  void requireConnection(String connectionArn) throws TaskFailedException {
    if (calls.dispatcher().permissions().mode() == IamMode.OFF) {
      return;
    }
    require(
        AccessCheck.of("events:RetrieveConnectionCredentials", connectionArn),
        "Events.ConnectionResource.AccessDenied");
    String secret = secret(connectionArn);
    if (secret.isEmpty()) {
      return;
    }
    for (String action : SECRET) {
      require(AccessCheck.of(action, secret), "Events.ConnectionResource.AccessDenied");
    }
  }

  /** The connection's secret; empty without the connection. */
  private String secret(String connectionArn) {
    if (!Arn.isArn(connectionArn)) {
      return "";
    }
    String[] resource = Arn.parse(connectionArn).resource().split("/", 3);
    if (resource.length < 2) {
      return "";
    }
    // EventBridge itself looks up its connection.
    CallContext own = calls.context(new byte[0]).as(CallPrincipal.INTERNAL);
    try {
      return calls
          .dispatcher()
          .call("events", "DescribeConnection", Json.object().put("Name", resource[1]), own)
          .json()
          .path("SecretArn")
          .asText();
    } catch (AwsException unknown) {
      // The task fails with the connection's own error.
      return "";
    }
  }

  private void require(AccessCheck check, String error) throws TaskFailedException {
    Optional<AccessDenial> denial =
        calls.dispatcher().permissions().denial(check, calls.context(new byte[0]));
    if (denial.isPresent()) {
      throw new TaskFailedException(error, denial.get().message());
    }
  }
}
