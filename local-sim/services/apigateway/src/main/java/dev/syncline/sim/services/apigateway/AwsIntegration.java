// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.TimedCall;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.service.http.RequestSigner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Integrations of type AWS with other services than Lambda: a request that is signed with the
 * credentials of the integration's role, to the service as a client would send it. Thread-safe.
 *
 * @param send answers a request to a service on the calling thread
 */
record AwsIntegration(
    SimClock clock,
    Ids ids,
    Journal journal,
    Dispatcher dispatcher,
    RoleCredentials roles,
    Function<HttpRequest, HttpResponse> send) {
  IntegrationAnswer call(MappingScope scope, IntegrationRequest request) throws GatewayRejection {
    JsonNode integration = scope.match().method().integration();
    Exchange exchange = scope.exchange();
    ServiceTarget target =
        ServiceTarget.parse(
            FunctionUri.fill(integration.path("uri").asText(), exchange.stage().variables()));
    RequestSigner.Credentials session =
        roles.assume(exchange, integration.path("credentials").asText());
    HttpRequest outgoing = outgoing(target, integration, request, session, exchange);
    String callId = ids.uuid().toString();
    journal.record(
        new GatewayEvent.IntegrationInvoked(
            exchange.requestId(), integration.path("uri").asText(), callId));
    exchange.facts().sent(outgoing.method(), "https://" + target.host(), outgoing);
    Instant called = clock.now();
    Duration limit =
        Duration.ofMillis(
            integration
                .path("timeoutInMillis")
                .asInt(IntegrationOperations.DEFAULT_TIMEOUT_MILLIS));
    TimedCall.Ending<HttpResponse> ending =
        new TimedCall(clock)
            .run("apigateway-" + exchange.requestId(), limit, false, () -> send.apply(outgoing));
    return HttpIntegration.answer(ending, exchange, callId, called, clock.now());
  }

  private HttpRequest outgoing(
      ServiceTarget target,
      JsonNode integration,
      IntegrationRequest request,
      RequestSigner.Credentials session,
      Exchange exchange) {
    var query = new ArrayList<>(request.query());
    var headers = new ArrayList<>(request.headers());
    String method = integration.path("httpMethod").asText("POST");
    String path = ServiceTarget.filled(target.path(), request.path());
    if (!target.action().isEmpty()) {
      path = "/";
      name(target, service(target), headers, query);
    }
    int question = path.indexOf('?');
    String ownQuery = question < 0 ? "" : path.substring(question + 1);
    path = question < 0 ? path : path.substring(0, question);
    if (!has(headers, "accept")) {
      headers.add(Map.entry("Accept", "application/json"));
    }
    headers.add(Map.entry("User-Agent", "AmazonAPIGateway_" + exchange.apiId()));
    headers.add(Map.entry("X-Amzn-Apigateway-Api-Id", exchange.apiId()));
    headers.add(Map.entry("X-Amzn-Trace-Id", exchange.traceId()));
    String mapped = RequestSigner.query(query);
    String all =
        ownQuery.isEmpty() || mapped.isEmpty() ? ownQuery + mapped : ownQuery + "&" + mapped;
    AwsService service = service(target);
    var signed =
        RequestSigner.signed(
            method,
            target.host(),
            path,
            all,
            headers,
            request.body(),
            session,
            target.region(),
            service == null ? target.service() : service.signingName(),
            clock.now());
    signed.add(Map.entry("Host", target.host()));
    return new HttpRequest(
        method, path, all, new Headers(signed), request.body(), "127.0.0.1", true);
  }

  /** Names the action as the service's protocol does. */
  private static void name(
      ServiceTarget target,
      @Nullable AwsService service,
      ArrayList<Map.Entry<String, String>> headers,
      ArrayList<Map.Entry<String, String>> query) {
    if (service == null) {
      return;
    }
    var asQuery = service.protocol().asQuery();
    if (asQuery.isPresent()) {
      query.add(Map.entry("Action", target.action()));
      if (query.stream().noneMatch(pair -> pair.getKey().equals("Version"))) {
        query.add(Map.entry("Version", asQuery.get().apiVersion()));
      }
      return;
    }
    service
        .protocol()
        .asJson()
        .ifPresent(
            (Protocol.AwsJson json) -> {
              if (has(headers, "x-amz-target")) {
                return;
              }
              headers.add(Map.entry("X-Amz-Target", json.targetPrefix() + "." + target.action()));
              headers.removeIf(
                  header ->
                      header.getKey().equalsIgnoreCase("content-type")
                          && !header.getValue().startsWith("application/x-amz-json"));
              if (!has(headers, "content-type")) {
                headers.add(Map.entry("Content-Type", "application/x-amz-json-" + json.version()));
              }
            });
  }

  private static boolean has(ArrayList<Map.Entry<String, String>> headers, String name) {
    return headers.stream()
        .anyMatch(header -> header.getKey().toLowerCase(Locale.ROOT).equals(name));
  }

  private @Nullable AwsService service(ServiceTarget target) {
    return service(dispatcher, target.service());
  }

  /** The service of that name in a URI; null for one that is not simulated. */
  static @Nullable AwsService service(Dispatcher dispatcher, String name) {
    for (AwsService service : dispatcher.services()) {
      if (service.signingName().equals(name) || service.hostPrefix().equals(name)) {
        return service;
      }
    }
    return null;
  }
}
