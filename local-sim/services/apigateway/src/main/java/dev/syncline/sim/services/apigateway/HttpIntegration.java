// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.TimedCall;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpEndpoint;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.service.http.OutgoingRequest;
import dev.syncline.sim.service.http.RequestSigner;
import dev.syncline.sim.service.settings.AllowedHost;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Integrations of type HTTP and HTTP_PROXY. Hosts that this process serves are answered here, hosts
 * that are allowed by name are called, any other is refused. Thread-safe.
 *
 * @param served whether this process answers a URL
 * @param send answers such a request on the calling thread
 */
record HttpIntegration(
    SimClock clock,
    Ids ids,
    Journal journal,
    Predicate<URI> served,
    Function<HttpRequest, HttpResponse> send,
    List<AllowedHost> allowed) {
  /** The maximum body of an answer, in bytes. */
  private static final int MAX_BODY = 10 * 1024 * 1024;

  /** Headers of one connection only. */
  private static final Set<String> OF_CONNECTION =
      Set.of(
          "connection",
          "content-length",
          "host",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "expect");

  /** The answer to a mapped request. */
  IntegrationAnswer call(MappingScope scope, IntegrationRequest request) throws GatewayRejection {
    return exchange(scope, request.headers(), request.query(), request);
  }

  /** Passes the client's request and the backend's response, with what is mapped. */
  HttpResponse proxy(MappingScope scope, IntegrationRequest mapped) throws GatewayRejection {
    HttpRequest request = scope.exchange().request();
    var set = new HashSet<String>();
    mapped.headers().forEach(header -> set.add(header.getKey().toLowerCase(Locale.ROOT)));
    var headers = new ArrayList<>(mapped.headers());
    for (Map.Entry<String, String> header : request.headers().entries()) {
      String lower = header.getKey().toLowerCase(Locale.ROOT);
      if (!OF_CONNECTION.contains(lower) && !set.contains(lower)) {
        headers.add(header);
      }
    }
    headers.add(Map.entry("X-Forwarded-For", request.remoteAddress()));
    var query = new ArrayList<>(mapped.query());
    for (Map.Entry<String, String> pair : request.query()) {
      if (mapped.query().stream().noneMatch(other -> other.getKey().equals(pair.getKey()))) {
        query.add(pair);
      }
    }
    IntegrationAnswer answer = exchange(scope, headers, query, mapped);
    var answered = new ArrayList<Map.Entry<String, String>>();
    for (Map.Entry<String, String> header : answer.headers().entries()) {
      String lower = header.getKey().toLowerCase(Locale.ROOT);
      if (!OF_CONNECTION.contains(lower)) {
        answered.add(Map.entry(LambdaProxyResponse.passed(header.getKey()), header.getValue()));
      }
    }
    return new HttpResponse(
        Integer.parseInt(answer.selection()), new Headers(answered), answer.body());
  }

  private IntegrationAnswer exchange(
      MappingScope scope,
      List<Map.Entry<String, String>> mappedHeaders,
      List<Map.Entry<String, String>> mappedQuery,
      IntegrationRequest request)
      throws GatewayRejection {
    Exchange exchange = scope.exchange();
    JsonNode integration = scope.match().method().integration();
    URI url =
        url(
            ServiceTarget.filled(
                FunctionUri.fill(integration.path("uri").asText(), exchange.stage().variables()),
                request.path()));
    var headers = new ArrayList<>(mappedHeaders);
    headers.add(Map.entry("X-Amzn-Apigateway-Api-Id", exchange.apiId()));
    headers.removeIf(header -> header.getKey().equalsIgnoreCase("X-Amzn-Trace-Id"));
    headers.add(Map.entry("X-Amzn-Trace-Id", exchange.traceId()));
    if (headers.stream().noneMatch(header -> header.getKey().equalsIgnoreCase("User-Agent"))) {
      headers.add(Map.entry("User-Agent", "AmazonAPIGateway_" + exchange.apiId()));
    }
    if (headers.stream().noneMatch(header -> header.getKey().equalsIgnoreCase("Accept"))) {
      headers.add(Map.entry("Accept", "application/json"));
    }
    String own = url.getRawQuery() == null ? "" : url.getRawQuery();
    String mapped = RequestSigner.query(mappedQuery);
    String method = integration.path("httpMethod").asText();
    var outgoing =
        new OutgoingRequest(
            method.equals("ANY") ? exchange.request().method() : method,
            url,
            own.isEmpty() || mapped.isEmpty() ? own + mapped : own + "&" + mapped,
            List.copyOf(headers),
            request.body());
    AllowedHost host = served.test(url) ? null : allowed(url, outgoing.path());
    String callId = ids.uuid().toString();
    journal.record(
        new GatewayEvent.IntegrationInvoked(exchange.requestId(), url.toString(), callId));
    exchange
        .facts()
        .sent(outgoing.method(), url.getScheme() + "://" + url.getRawAuthority(), outgoing.local());
    Instant called = clock.now();
    Duration limit =
        Duration.ofMillis(
            integration
                .path("timeoutInMillis")
                .asInt(IntegrationOperations.DEFAULT_TIMEOUT_MILLIS));
    TimedCall.Ending<HttpResponse> ending =
        new TimedCall(clock)
            .run(
                "apigateway-" + exchange.requestId(),
                limit,
                host != null,
                () ->
                    host == null
                        ? send.apply(outgoing.local())
                        : outgoing.remote(host, limit, MAX_BODY));
    return answer(ending, exchange, callId, called, clock.now());
  }

  private static URI url(String text) throws GatewayRejection {
    try {
      URI url = URI.create(text.replace(" ", "%20"));
      if (url.getHost() != null) {
        return url;
      }
    } catch (IllegalArgumentException malformed) {
      // The reason is the URL itself.
    }
    throw RequestMapping.configurationError("Invalid endpoint address: " + text);
  }

  private AllowedHost allowed(URI url, String path) throws GatewayRejection {
    String refusal =
        "The simulator does not call the host '"
            + url.getHost()
            + "': it is not a host of a simulated service, and the option --allow-host "
            + url.getRawAuthority()
            + " (in Java SimulatorConfig.withAllowedHosts) is not given";
    URI withPort = url;
    if (url.getPort() < 0 && "http".equalsIgnoreCase(url.getScheme())) {
      withPort = URI.create("http://" + url.getHost() + ":80" + url.getRawPath());
    }
    for (AllowedHost one : allowed) {
      if (one.is(withPort)) {
        if (!path.startsWith(HttpEndpoint.OWN_PATHS)) {
          return one;
        }
        refusal =
            "The simulator sends no request of an integration to the path "
                + path
                + ": it is for programs of the developer";
      }
    }
    throw new GatewayRejection(GatewayResponseType.INTEGRATION_FAILURE, 504, refusal, refusal);
  }

  /** The answer of a backend. */
  static IntegrationAnswer answer(
      TimedCall.Ending<HttpResponse> ending,
      Exchange exchange,
      String callId,
      Instant called,
      Instant now)
      throws GatewayRejection {
    long latency = Duration.between(called, now).toMillis();
    HttpResponse response =
        ending instanceof TimedCall.Ending.Answered<HttpResponse> answered
            ? answered.value()
            : null;
    exchange.facts().integrated(callId, response == null ? 0 : response.status(), latency);
    if (response == null) {
      throw refusal(ending);
    }
    exchange.facts().received(response, latency);
    return new IntegrationAnswer(
        Integer.toString(response.status()), response.headers(), response.body());
  }

  private static GatewayRejection refusal(TimedCall.Ending<HttpResponse> ending) {
    return switch (ending) {
      case TimedCall.Ending.TimedOut<HttpResponse> timedOut -> timedOut();
      case TimedCall.Ending.Failed<HttpResponse> failed ->
          GatewayRejection.badIntegration(failed.error().text());
      case TimedCall.Ending.Unreachable<HttpResponse> unreachable ->
          new GatewayRejection(
              GatewayResponseType.INTEGRATION_FAILURE,
              504,
              "Network error communicating with endpoint",
              "Execution failed due to a network error communicating with endpoint: "
                  + unreachable.reason().getMessage());
      case TimedCall.Ending.Broke<HttpResponse> broke -> throw TimedCall.unchecked(broke.defect());
      case TimedCall.Ending.Answered<HttpResponse> answered ->
          throw new IllegalStateException("an answer is no refusal");
    };
  }

  static GatewayRejection timedOut() {
    return new GatewayRejection(
        GatewayResponseType.INTEGRATION_TIMEOUT, "the integration did not answer in time");
  }
}
