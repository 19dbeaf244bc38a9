// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.kernel.ClockActivity;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.kernel.Timer;
import dev.syncline.sim.kernel.TimerKind;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.contract.InvokePermissions;
import dev.syncline.sim.service.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * Lambda proxy integrations. Each function is called on a separate thread, because the gateway
 * stops waiting at its integration time-out while the function continues. Thread-safe.
 */
record LambdaIntegration(
    SimClock clock,
    Ids ids,
    Journal journal,
    Dispatcher dispatcher,
    InvokePermissions permissions) {
  /** The result of the call: one of the two is set; at the time-out neither is. */
  private sealed interface Ending {
    record Answered(Output output) implements Ending {}

    record Failed(AwsException error) implements Ending {}

    record Broke(Throwable defect) implements Ending {}

    record TimedOut() implements Ending {}
  }

  HttpResponse call(Exchange exchange, RouteNode.Match match) throws GatewayRejection {
    DeployedMethod method = match.method();
    String function =
        FunctionUri.fill(
            FunctionUri.parse(method.integration().path("uri").asText()),
            exchange.stage().variables());
    String functionRequestId = ids.uuid().toString();
    byte[] event = ProxyEvent.of(exchange, match).toString().getBytes(StandardCharsets.UTF_8);
    var context =
        new CallContext(exchange.account(), exchange.region(), functionRequestId, "", event);
    requirePermission(exchange, method, function);
    ObjectNode input = JsonNodeFactory.instance.objectNode();
    input.put("FunctionName", function);
    input.put("InvocationType", "RequestResponse");
    input.put("TraceId", exchange.traceId());
    journal.record(
        new GatewayEvent.IntegrationInvoked(exchange.requestId(), function, functionRequestId));
    Instant called = clock.now();
    var ending = new CompletableFuture<Ending>();
    Timer limit =
        clock.schedule(
            TimerKind.LIMIT,
            Duration.ofMillis(
                method
                    .integration()
                    .path("timeoutInMillis")
                    .asInt(IntegrationOperations.DEFAULT_TIMEOUT_MILLIS)),
            () -> ending.complete(new Ending.TimedOut()));
    ClockActivity handedOver = clock.begin();
    Thread.ofVirtual()
        .name("apigateway-" + exchange.requestId())
        .start(
            () ->
                clock.run(
                    () -> {
                      handedOver.close();
                      ending.complete(invoke(input, context));
                    }));
    Ending result = clock.await(ending);
    limit.cancel();
    exchange
        .facts()
        .integrated(
            functionRequestId, status(result), Duration.between(called, clock.now()).toMillis());
    return switch (result) {
      case Ending.Answered answered -> response(answered.output(), exchange);
      case Ending.Failed failed -> throw refusal(failed.error());
      case Ending.Broke broke -> throw unchecked(broke.defect());
      case Ending.TimedOut timedOut ->
          throw new GatewayRejection(
              GatewayResponseType.INTEGRATION_TIMEOUT, "the integration did not answer in time");
    };
  }

  /** The status that Lambda answered; 0 if it did not answer in time. */
  private static int status(Ending ending) {
    return switch (ending) {
      case Ending.Answered answered -> 200;
      case Ending.Failed failed -> failed.error().status();
      case Ending.Broke broke -> 500;
      case Ending.TimedOut timedOut -> 0;
    };
  }

  private Ending invoke(ObjectNode input, CallContext context) {
    try {
      return new Ending.Answered(dispatcher.call("lambda", "Invoke", input, context));
    } catch (AwsException error) {
      return new Ending.Failed(error);
    } catch (Throwable defect) {
      // An Error too: the caller would wait for the integration's time-out for nothing.
      return new Ending.Broke(defect);
    }
  }

  /** Throws it unchanged; the port answers 500 and records it. */
  private static RuntimeException unchecked(Throwable defect) {
    if (defect instanceof Error error) {
      throw error;
    }
    return defect instanceof RuntimeException known ? known : new IllegalStateException(defect);
  }

  private void requirePermission(Exchange exchange, DeployedMethod method, String function)
      throws GatewayRejection {
    String sourceArn =
        Arn.aws(
            "execute-api",
            exchange.region(),
            exchange.account(),
            exchange.apiId()
                + "/"
                + exchange.stage().name()
                + "/"
                + exchange.request().method()
                + method.resourcePath());
    boolean granted =
        permissions.mayInvoke(function, "apigateway.amazonaws.com", sourceArn, exchange.account());
    if (!granted) {
      throw new GatewayRejection(
          GatewayResponseType.API_CONFIGURATION_ERROR,
          "Execution failed due to configuration error: Invalid permissions on Lambda function");
    }
  }

  private static HttpResponse response(Output output, Exchange exchange) throws GatewayRejection {
    String error = output.headers().get("X-Amz-Function-Error");
    if (error != null) {
      throw GatewayRejection.badIntegration(
          "Lambda execution failed with status 200 due to customer function error: " + error);
    }
    byte[] payload = output.raw();
    try {
      HttpResponse response =
          LambdaProxyResponse.read(
              payload == null ? new byte[0] : payload,
              exchange.stage().api(),
              exchange.request().headers().first("Accept").orElse(""));
      exchange.facts().backendStatus(response.status());
      return response;
    } catch (LambdaProxyResponse.MalformedException malformed) {
      throw GatewayRejection.badIntegration(
          "Execution failed due to configuration error: Malformed Lambda proxy response ("
              + malformed.getMessage()
              + ")");
    }
  }

  /**
   * Maps an error of Invoke: a client error of Lambda's API, a throttle included, is an error of
   * the API's configuration (500); an error of Lambda itself is a bad gateway (502).
   */
  private static GatewayRejection refusal(AwsException error) {
    String text = "Lambda invocation failed with status: " + error.status() + ". " + error.text();
    if (error.status() == 413) {
      return new GatewayRejection(GatewayResponseType.REQUEST_TOO_LARGE, error.text());
    }
    return error.status() < 500
        ? new GatewayRejection(GatewayResponseType.API_CONFIGURATION_ERROR, text)
        : GatewayRejection.badIntegration(text);
  }
}
