// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.HttpBinding;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Test invocations of a method or an authorizer as they are being edited, without a deployment. The
 * stage is {@code test-invoke-stage}; a method is called without its authorizer and API key.
 */
record TestInvokeOperations(
    SimClock clock,
    Ids ids,
    RestApiStore store,
    Integrations integrations,
    LambdaAuthorizers authorizers,
    String account,
    String region) {
  private static final String STAGE = "test-invoke-stage";
  private static final DateTimeFormatter LOG_TIME =
      DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss 'UTC' yyyy", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final String[] REQUEST = {
    "pathWithQueryString", "body", "headers", "multiValueHeaders", "stageVariables"
  };

  List<Operation> operations() {
    return List.of(
        Operation.rest(
            "TestInvokeMethod",
            HttpBinding.post(MethodOperations.METHOD),
            this::testMethod,
            REQUEST),
        Operation.rest(
            "TestInvokeAuthorizer",
            HttpBinding.post(RestApiOperations.ONE + "/authorizers/{authorizerId}"),
            this::testAuthorizer,
            REQUEST));
  }

  /** A request, and the method that it is for. */
  private record Test(Exchange exchange, RouteNode.Match match) {}

  private Output testMethod(Input input, CallContext context) {
    String verb = input.requiredText("httpMethod");
    Test test =
        store.with(
            input,
            api -> {
              ObjectNode resource = api.resource(input.requiredText("resourceId"));
              DeployedMethod method =
                  DeployedMethod.of(api, resource, MethodOperations.method(api, input));
              return test(api, method, verb, input, context);
            });
    Exchange exchange = test.exchange();
    HttpResponse response;
    GatewayRejection refused = null;
    try {
      GatewayRequestCheck.check(exchange, test.match());
      response = integrations.call(exchange, test.match());
    } catch (GatewayRejection refusal) {
      refused = refusal;
      response = GatewayResponses.of(exchange, test.match(), refusal);
    }
    var log = new StringBuilder("Execution log for request " + exchange.requestId() + "\n");
    new ExecutionLog((group, stream, time, line) -> add(log, time, line, exchange))
        .finished(exchange, test.match(), response, refused, clock.now());
    ObjectNode answer = Json.object().put("status", response.status());
    answer.put("body", new String(response.body(), StandardCharsets.UTF_8));
    ObjectNode headers = answer.putObject("headers");
    ObjectNode multiple = answer.putObject("multiValueHeaders");
    for (Map.Entry<String, String> header :
        response.headers().with("X-Amzn-Trace-Id", exchange.traceId()).entries()) {
      headers.put(header.getKey(), header.getValue());
      multiple.withArray("/" + header.getKey()).add(header.getValue());
    }
    return finished(answer, log, exchange);
  }

  private Output testAuthorizer(Input input, CallContext context) {
    Test test =
        store.with(
            input,
            api -> {
              ObjectNode authorizer = AuthorizerOperations.authorizer(api, input).deepCopy();
              // A test does not use the cache.
              authorizer.put("authorizerResultTtlInSeconds", 0);
              var method =
                  new DeployedMethod(
                      "test-invoke-resource-id",
                      "/{proxy+}",
                      "GET",
                      Json.object(),
                      false,
                      authorizer,
                      List.of(),
                      false,
                      false,
                      Map.of(),
                      List.of(),
                      false);
              return test(api, method, "GET", input, context);
            });
    Exchange exchange = test.exchange();
    ObjectNode answer = Json.object();
    var log = new StringBuilder("Execution log for request " + exchange.requestId() + "\n");
    JsonNode authorizer = test.match().method().authorizer();
    try {
      if (authorizer != null && PoolAuthorizer.is(authorizer)) {
        ObjectNode claims = answer.put("clientStatus", 200).putObject("claims");
        authorizers.pools().claims(exchange, test.match(), authorizer).forEach(claims::put);
        return finished(answer, log, exchange);
      }
      AuthorizerResult result =
          authorizers.result(
              exchange,
              test.match(),
              authorizer == null ? Json.object() : authorizer,
              LambdaAuthorizers.methodArn(exchange));
      answer.put("clientStatus", 200).put("principalId", result.principalId());
      answer.put("policy", Json.write(result.document()));
    } catch (GatewayRejection refused) {
      answer.removeAll();
      answer.put("clientStatus", refused.status());
      add(log, clock.now(), refused.reason(), exchange);
    }
    return finished(answer, log, exchange);
  }

  private Output finished(ObjectNode answer, StringBuilder log, Exchange exchange) {
    answer.put("log", log.toString());
    answer.put("latency", Duration.between(exchange.started(), clock.now()).toMillis());
    return Output.of(answer);
  }

  private static void add(StringBuilder log, Instant time, String line, Exchange exchange) {
    log.append(LOG_TIME.format(time))
        .append(" : ")
        .append(line.replace("(" + exchange.requestId() + ") ", ""))
        .append('\n');
  }

  private Test test(
      RestApi api, DeployedMethod method, String verb, Input input, CallContext context) {
    var routes = new RouteNode();
    routes.add(method);
    ObjectNode stage = Json.object();
    input.node("stageVariables").ifPresent(variables -> stage.set("variables", variables));
    stage
        .putObject("methodSettings")
        .putObject("*/*")
        .put("loggingLevel", "INFO")
        .put("dataTraceEnabled", true);
    String target = input.text("pathWithQueryString").orElse(method.resourcePath());
    int question = target.indexOf('?');
    String path = question < 0 ? target : target.substring(0, question);
    var request =
        new HttpRequest(
            verb,
            path.startsWith("/") ? path : "/" + path,
            question < 0 ? "" : target.substring(question + 1),
            headers(input),
            input.text("body").orElse("").getBytes(StandardCharsets.UTF_8),
            "test-invoke-source-ip",
            true);
    var exchange =
        new Exchange(
            account,
            region,
            DeployedStage.of(STAGE, "", stage, DeployedApi.of(api, routes)),
            request,
            request.rawPath(),
            context.requestId(),
            ids.lowerAlphanumeric(15) + "=",
            "Root=1-00000000-" + ids.hex(24),
            clock.now(),
            new ExchangeFacts());
    RouteNode.Match match = routes.match(exchange.segments(), verb);
    if (match == null) {
      throw GatewayErrors.badRequest(
          "Invalid pathWithQueryString specified: it is not a path of " + method.resourcePath());
    }
    return new Test(exchange, match);
  }

  private static Headers headers(Input input) {
    var headers = new ArrayList<Map.Entry<String, String>>();
    input
        .node("multiValueHeaders")
        .ifPresent(
            all ->
                all.properties()
                    .forEach(
                        header ->
                            header
                                .getValue()
                                .forEach(
                                    value ->
                                        headers.add(Map.entry(header.getKey(), value.asText())))));
    input.textMap("headers").forEach((name, value) -> headers.add(Map.entry(name, value)));
    return new Headers(headers);
  }
}
