// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigatewayv2.data;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.contract.LogSink;
import dev.syncline.sim.service.contract.TokenChecks;
import dev.syncline.sim.service.http.Access;
import dev.syncline.sim.service.http.HttpEndpoint;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The data plane of HTTP APIs: {@code /…} on {@code {id}.execute-api.…}, and {@code
 * /_aws/execute-api/{id}/…} on any host. The first segment is a stage's name, unless the API has
 * only a default stage. Thread-safe.
 */
public final class HttpApiEndpoint implements HttpEndpoint {
  /** The maximum body of a request, in bytes. Source: the service's quotas. */
  private static final int MAX_BODY = 10 * 1024 * 1024;

  private static final Pattern HOST = Pattern.compile("([a-z0-9]+)\\.execute-api\\..+");
  private static final Pattern BY_PATH = Pattern.compile("/_aws/execute-api/([a-z0-9]+)(/.*)?");

  private final SimClock clock;
  private final Ids ids;
  private final Journal journal;
  private final Function<String, @Nullable ServedApi> apis;
  private final HttpIntegrations integrations;
  private final RouteAuthorizer authorizer;
  private final HttpApiLogs logs;
  private final String account;
  private final String region;

  /**
   * An endpoint.
   *
   * @param apis finds what an API serves by its id
   */
  public HttpApiEndpoint(
      Ids ids,
      Journal journal,
      Function<String, @Nullable ServedApi> apis,
      HttpIntegrations integrations,
      Supplier<TokenChecks> tokens,
      LogSink logs,
      String account,
      String region) {
    this.clock = integrations.calls().clock();
    this.ids = ids;
    this.journal = journal;
    this.apis = apis;
    this.integrations = integrations;
    this.authorizer = new RouteAuthorizer(integrations.calls(), tokens);
    this.logs = new HttpApiLogs(logs);
    this.account = account;
    this.region = region;
  }

  /** Forgets the cached answers of authorizers for requests to a stage. */
  public void resetAuthorizers(String apiId, String stage) {
    authorizer.reset(apiId, stage);
  }

  private record Target(String apiId, String path) {}

  /** Hosts of unknown APIs too: the endpoint of REST APIs claims only those that it has. */
  @Override
  public boolean claims(HttpRequest request) {
    return target(request) != null;
  }

  /** An HTTP API itself restricts its callers, by authorizers and CORS. */
  @Override
  public Access access(HttpRequest request) {
    return Access.WEB_PAGES;
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    Target target = target(request);
    ServedApi api = target == null ? null : apis.apply(target.apiId());
    ServedStage stage = target == null || api == null ? null : api.stage(target.path());
    String requestId = ids.lowerAlphanumeric(15) + "=";
    if (api == null) {
      return withId(HttpApiRefusal.forbidden("no such API").response(), requestId);
    }
    if (target == null || stage == null || api.disabled()) {
      return withId(HttpApiRefusal.notFound("no such stage").response(), requestId);
    }
    Optional<HttpResponse> preflight = api.cors().preflight(request);
    if (preflight.isPresent()) {
      return withId(preflight.get(), requestId);
    }
    String path = ServedApi.below(stage, target.path());
    Optional<ServedRoute.Match> match = stage.match(request.method(), path);
    if (match.isEmpty()) {
      HttpResponse notFound = HttpApiRefusal.notFound("no such route").response();
      return withId(api.cors().apply(request, notFound), requestId);
    }
    var call =
        new HttpApiCall(
            account, region, api, stage, match.get(), request, path, requestId, clock.now());
    return withId(carryOut(call), requestId);
  }

  private HttpResponse carryOut(HttpApiCall call) {
    journal.record(
        new HttpApiEvent.RequestReceived(
            call.requestId(),
            call.api().id(),
            call.stage().name(),
            call.request().method(),
            call.path(),
            call.key().text()));
    String reason = "";
    HttpResponse response;
    try {
      response = integrated(call);
    } catch (HttpApiRefusal refusal) {
      reason = refusal.reason();
      response = refusal.response();
    }
    response = call.api().cors().apply(call.request(), response);
    Instant now = clock.now();
    journal.record(
        new HttpApiEvent.Responded(
            call.requestId(),
            response.status(),
            reason,
            now.toEpochMilli() - call.started().toEpochMilli()));
    logs.finished(call, response, reason, now);
    return response;
  }

  private HttpResponse integrated(HttpApiCall call) throws HttpApiRefusal {
    if (call.request().body().length > MAX_BODY) {
      throw HttpApiRefusal.tooLarge("the body is longer than " + MAX_BODY + " bytes");
    }
    if (!call.match().served().throttle().admits(clock.millis())) {
      throw HttpApiRefusal.throttled();
    }
    JsonNode identity = authorizer.authorize(call, clock.now());
    return integrations.call(call, identity);
  }

  private static @Nullable Target target(HttpRequest request) {
    Matcher byPath = BY_PATH.matcher(request.rawPath());
    if (byPath.matches()) {
      String path = byPath.group(2);
      return new Target(byPath.group(1), path == null ? "/" : path);
    }
    Matcher host = HOST.matcher(request.hostName());
    return host.matches() ? new Target(host.group(1), request.rawPath()) : null;
  }

  private static HttpResponse withId(HttpResponse response, String requestId) {
    return new HttpResponse(
        response.status(), response.headers().with("Apigw-Requestid", requestId), response.body());
  }
}
