// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.http.Access;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpEndpoint;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The data plane of REST APIs: {@code /restapis/{id}/{stage}/_user_request_/…} and {@code
 * /_aws/execute-api/{id}/{stage}/…} on any host, and {@code /{stage}/…} on {@code
 * {id}.execute-api.…}. Thread-safe.
 */
record GatewayEndpoint(
    SimClock clock,
    Ids ids,
    Journal journal,
    RestApiStore store,
    UsagePlans plans,
    ApiCallers callers,
    LambdaAuthorizers authorizers,
    Integrations integrations,
    GatewayLogs logs,
    String account,
    String region)
    implements HttpEndpoint {
  /** The maximum body of a client, in bytes. */
  private static final int MAX_BODY = 10 * 1024 * 1024;

  private static final Pattern BY_PATH =
      Pattern.compile("/restapis/([A-Za-z0-9]+)/([^/]+)/_user_request_(/.*)?");
  private static final Pattern BY_API =
      Pattern.compile("/_aws/execute-api/([A-Za-z0-9]+)/([^/]+)(/.*)?");
  private static final Pattern HOST = Pattern.compile("([a-z0-9]+)\\.execute-api\\..+");
  private static final Pattern BY_HOST = Pattern.compile("/+([^/]+)(/.*)?");

  private record Target(String apiId, String stage, String path) {}

  @Override
  public boolean claims(HttpRequest request) {
    // HTTP APIs have hosts and paths of this form too, so the API's kind decides.
    Matcher host = HOST.matcher(request.hostName());
    Matcher api = BY_API.matcher(request.rawPath());
    return BY_PATH.matcher(request.rawPath()).matches()
        || (api.matches() && store.has(api.group(1)))
        || (host.matches() && store.has(host.group(1)));
  }

  /** A REST API itself restricts its callers, by authorizers and CORS. */
  @Override
  public Access access(HttpRequest request) {
    return Access.WEB_PAGES;
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    Target target = target(request);
    DeployedStage stage = target == null ? null : store.stage(target.apiId(), target.stage());
    String requestId = ids.uuid().toString();
    if (target == null || stage == null) {
      return nowhere(requestId);
    }
    var exchange =
        new Exchange(
            account,
            region,
            stage,
            request,
            target.path(),
            requestId,
            ids.lowerAlphanumeric(15) + "=",
            traceId(request),
            clock.now(),
            new ExchangeFacts());
    journal.record(
        new GatewayEvent.RequestReceived(
            requestId,
            target.apiId(),
            target.stage(),
            request.method(),
            target.path(),
            exchange.traceId()));
    RouteNode.Match match = stage.api().routes().match(exchange.segments(), request.method());
    HttpResponse response;
    GatewayRejection refused = null;
    try {
      response = carryOut(exchange, match);
    } catch (GatewayRejection refusal) {
      refused = refusal;
      response = GatewayResponses.of(exchange, match, refusal);
    }
    long latency = Duration.between(exchange.started(), clock.now()).toMillis();
    journal.record(
        new GatewayEvent.Responded(
            requestId, response.status(), refused == null ? "" : refused.reason(), latency));
    logs.finished(exchange, match, response, refused, latency);
    return withIds(response, exchange);
  }

  private HttpResponse carryOut(Exchange exchange, RouteNode.@Nullable Match match)
      throws GatewayRejection {
    if (match == null) {
      throw new GatewayRejection(
          GatewayResponseType.MISSING_AUTHENTICATION_TOKEN,
          "no method for " + exchange.request().method() + " " + exchange.path());
    }
    if (exchange.request().body().length > MAX_BODY) {
      throw new GatewayRejection(
          GatewayResponseType.REQUEST_TOO_LARGE, "the body is longer than " + MAX_BODY + " bytes");
    }
    callers.authorize(exchange, match);
    authorizers.authorize(exchange, match);
    if (match.method().keyRequired()) {
      plans.admit(exchange, match.method(), clock.now());
    }
    if (!exchange.stage().admits(match.method(), clock.millis())) {
      throw new GatewayRejection(GatewayResponseType.THROTTLED, "the method's rate is used up");
    }
    GatewayRequestCheck.check(exchange, match);
    return integrations.call(exchange, match);
  }

  private static @Nullable Target target(HttpRequest request) {
    for (Pattern form : new Pattern[] {BY_PATH, BY_API}) {
      Matcher byPath = form.matcher(request.rawPath());
      if (byPath.matches()) {
        return new Target(byPath.group(1), byPath.group(2), orRoot(byPath.group(3)));
      }
    }
    Matcher host = HOST.matcher(request.hostName());
    Matcher byHost = BY_HOST.matcher(request.rawPath());
    return host.matches() && byHost.matches()
        ? new Target(host.group(1), byHost.group(1), orRoot(byHost.group(2)))
        : null;
  }

  private static String orRoot(@Nullable String path) {
    return path == null || path.isEmpty() ? "/" : path;
  }

  /** An unknown API or stage: AWS's answer does not distinguish the two. */
  private static HttpResponse nowhere(String requestId) {
    HttpResponse forbidden = HttpResponse.json(403, "{\"message\":\"Forbidden\"}");
    return new HttpResponse(
        403,
        forbidden
            .headers()
            .with("x-amzn-RequestId", requestId)
            .with("x-amzn-ErrorType", "ForbiddenException"),
        forbidden.body());
  }

  private static HttpResponse withIds(HttpResponse response, Exchange exchange) {
    var headers = new ArrayList<Map.Entry<String, String>>();
    headers.add(Map.entry("x-amzn-RequestId", exchange.requestId()));
    headers.add(Map.entry("x-amz-apigw-id", exchange.extendedRequestId()));
    headers.add(Map.entry("X-Amzn-Trace-Id", exchange.traceId()));
    for (Map.Entry<String, String> header : response.headers().entries()) {
      if (headers.stream()
          .limit(3)
          .noneMatch(own -> own.getKey().equalsIgnoreCase(header.getKey()))) {
        headers.add(header);
      }
    }
    return new HttpResponse(response.status(), new Headers(headers), response.body());
  }

  private String traceId(HttpRequest request) {
    return request
        .headers()
        .first("X-Amzn-Trace-Id")
        .filter(id -> id.startsWith("Root="))
        .orElseGet(
            () ->
                "Root=1-"
                    + HexFormat.of().toHexDigits((int) clock.now().getEpochSecond())
                    + "-"
                    + ids.hex(24));
  }
}
