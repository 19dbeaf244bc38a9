// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.CallPrincipal;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.TimedCall;
import dev.syncline.sim.service.contract.InvokePermissions;
import java.time.Duration;
import java.time.Instant;

/**
 * Invokes the functions of integrations and authorizers. Thread-safe.
 *
 * @param roles assumes the role of one that has one; others need the function's permission
 */
record IntegrationFunctions(
    SimClock clock,
    Ids ids,
    Journal journal,
    Dispatcher dispatcher,
    InvokePermissions permissions,
    RoleCredentials roles) {
  /** An invocation that has ended. */
  record Called(String requestId, TimedCall.Ending<Output> ending, long latencyMillis) {}

  /**
   * Invokes a function and waits.
   *
   * @param role empty for none
   * @param resource what it is invoked for, below the API in its execution ARN
   * @throws GatewayRejection where the gateway may not invoke it
   */
  Called call(
      Exchange exchange,
      String function,
      String role,
      String resource,
      byte[] payload,
      String type,
      Duration limit)
      throws GatewayRejection {
    CallPrincipal caller =
        role.isEmpty()
            ? permitted(exchange, function, resource)
            : new CallPrincipal.Signed(roles.assume(exchange, role).accessKeyId());
    String requestId = ids.uuid().toString();
    var context =
        new CallContext(exchange.account(), exchange.region(), requestId, "", payload).as(caller);
    ObjectNode input = Json.object();
    input.put("FunctionName", function);
    input.put("InvocationType", type);
    input.put("TraceId", exchange.traceId());
    journal.record(new GatewayEvent.IntegrationInvoked(exchange.requestId(), function, requestId));
    exchange.facts().invoked(function, payload);
    Instant called = clock.now();
    TimedCall.Ending<Output> ending =
        new TimedCall(clock)
            .run(
                "apigateway-" + exchange.requestId(),
                limit,
                false,
                () -> dispatcher.call("lambda", "Invoke", input, context));
    return new Called(requestId, ending, Duration.between(called, clock.now()).toMillis());
  }

  /** The gateway itself, if the function's policy lets it invoke. */
  private CallPrincipal permitted(Exchange exchange, String function, String resource)
      throws GatewayRejection {
    String sourceArn =
        Arn.aws(
            "execute-api",
            exchange.region(),
            exchange.account(),
            exchange.apiId() + "/" + resource);
    if (!permissions.mayInvoke(
        function, RoleCredentials.PRINCIPAL, sourceArn, exchange.account())) {
      throw RequestMapping.configurationError("Invalid permissions on Lambda function");
    }
    return new CallPrincipal.Service(RoleCredentials.PRINCIPAL, sourceArn, exchange.account());
  }
}
