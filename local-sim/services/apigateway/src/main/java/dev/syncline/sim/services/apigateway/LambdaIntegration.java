// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.TimedCall;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Integrations with Lambda functions, of type AWS_PROXY and AWS. Thread-safe. */
record LambdaIntegration(IntegrationFunctions functions) {
  /** The response of a proxy integration. */
  HttpResponse proxy(Exchange exchange, RouteNode.Match match) throws GatewayRejection {
    byte[] event = ProxyEvent.of(exchange, match).toString().getBytes(StandardCharsets.UTF_8);
    return response(invoke(exchange, match.method(), event, "RequestResponse"), exchange);
  }

  /** The answer to a mapped request; its header X-Amz-Invocation-Type may be Event. */
  IntegrationAnswer call(MappingScope scope, IntegrationRequest request) throws GatewayRejection {
    Exchange exchange = scope.exchange();
    String type = request.header("X-Amz-Invocation-Type", "RequestResponse").replace("'", "");
    Output output = invoke(exchange, scope.match().method(), request.body(), type);
    byte[] raw = output.raw();
    byte[] payload = raw == null ? new byte[0] : raw;
    exchange
        .facts()
        .received(
            new HttpResponse(200, Headers.of("Content-Type", "application/json"), payload), -1);
    String message =
        output.headers().containsKey("X-Amz-Function-Error") ? errorMessage(payload) : "";
    return new IntegrationAnswer(message, Headers.of("Content-Type", "application/json"), payload);
  }

  /** The message of a function's error, which selection patterns are matched with. */
  private static String errorMessage(byte[] payload) {
    try {
      return Json.MAPPER.readTree(payload).path("errorMessage").asText("");
    } catch (IOException notJson) {
      return new String(payload, StandardCharsets.UTF_8);
    }
  }

  private Output invoke(Exchange exchange, DeployedMethod method, byte[] payload, String type)
      throws GatewayRejection {
    String function =
        FunctionUri.fill(
            FunctionUri.parse(method.integration().path("uri").asText()),
            exchange.stage().variables());
    Duration limit =
        Duration.ofMillis(
            method
                .integration()
                .path("timeoutInMillis")
                .asInt(IntegrationOperations.DEFAULT_TIMEOUT_MILLIS));
    String resource =
        exchange.stage().name() + "/" + exchange.request().method() + method.resourcePath();
    String role = method.integration().path("credentials").asText("");
    IntegrationFunctions.Called called =
        functions.call(exchange, function, role, resource, payload, type, limit);
    TimedCall.Ending<Output> result = called.ending();
    exchange.facts().integrated(called.requestId(), status(result), called.latencyMillis());
    return switch (result) {
      case TimedCall.Ending.Answered<Output> answered -> answered.value();
      case TimedCall.Ending.Failed<Output> failed -> throw refusal(failed.error());
      case TimedCall.Ending.Broke<Output> broke -> throw TimedCall.unchecked(broke.defect());
      case TimedCall.Ending.Unreachable<Output> unreachable ->
          throw new IllegalStateException(unreachable.reason());
      case TimedCall.Ending.TimedOut<Output> timedOut -> throw HttpIntegration.timedOut();
    };
  }

  /** The status that Lambda answered; 0 if it did not answer in time. */
  private static int status(TimedCall.Ending<Output> ending) {
    return switch (ending) {
      case TimedCall.Ending.Answered<Output> answered -> 200;
      case TimedCall.Ending.Failed<Output> failed -> failed.error().status();
      case TimedCall.Ending.Broke<Output> broke -> 500;
      case TimedCall.Ending.Unreachable<Output> unreachable -> 0;
      case TimedCall.Ending.TimedOut<Output> timedOut -> 0;
    };
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
