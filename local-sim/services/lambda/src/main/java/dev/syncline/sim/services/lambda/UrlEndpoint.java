// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.lambda.Invocation;
import dev.syncline.sim.lambda.InvocationResult;
import dev.syncline.sim.lambda.RuntimeErrors;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.http.Access;
import dev.syncline.sim.service.http.HttpEndpoint;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The data plane of function URLs: {@code {id}.lambda-url.{region}.on.aws} in the Host header, or
 * {@code /_aws/lambda-url/{id}/…} on any host. Thread-safe.
 */
record UrlEndpoint(
    SimClock clock,
    Ids ids,
    Journal journal,
    FunctionStore store,
    InvokeOperation invoke,
    UrlAuthorization authorization,
    String account,
    String region)
    implements HttpEndpoint {
  private static final Pattern HOST =
      Pattern.compile("([a-z0-9]+)\\.lambda-url\\.[a-z0-9-]+\\.on\\.aws");
  private static final Pattern PATH = Pattern.compile("/_aws/lambda-url/([a-z0-9]+)(/.*)?");

  private record Target(String id, String path) {}

  /** A URL with what it leads to. */
  private record Found(FunctionRef ref, UrlAuthorization.Target target) {
    FunctionUrl url() {
      return target.url();
    }

    String arn() {
      return target.arn();
    }
  }

  @Override
  public boolean claims(HttpRequest request) {
    return HOST.matcher(request.hostName()).matches() || PATH.matcher(request.rawPath()).matches();
  }

  /** A URL itself restricts its callers, by its authorization type and CORS. */
  @Override
  public Access access(HttpRequest request) {
    return Access.WEB_PAGES;
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    Target target = target(request);
    Found found = find(target.id());
    String requestId = ids.uuid().toString();
    if (found == null) {
      return withId(UrlResponse.unknown(), requestId);
    }
    Instant started = clock.now();
    journal.record(
        new UrlEvent.UrlRequested(requestId, found.arn(), request.method(), target.path()));
    HttpResponse response = answer(request, target, found, requestId, started);
    journal.record(
        new UrlEvent.UrlResponded(
            requestId, response.status(), Duration.between(started, clock.now()).toMillis()));
    return withId(response, requestId);
  }

  private HttpResponse answer(
      HttpRequest request, Target target, Found found, String requestId, Instant started) {
    ObjectNode settings = found.url().cors();
    if (settings != null && UrlCors.isPreflight(request)) {
      return new UrlCors(settings).preflight(request);
    }
    UrlAuthorization.Decision decision = authorization.decide(request, found.target());
    HttpResponse response = decision.refusal();
    if (response == null) {
      response =
          called(
              new UrlRequest(
                  request,
                  found.url(),
                  region,
                  account,
                  target.path(),
                  requestId,
                  invoke.newTraceId(),
                  started,
                  decision.caller()),
              found);
    }
    return settings == null ? response : new UrlCors(settings).onto(response, request);
  }

  private HttpResponse called(UrlRequest request, Found found) {
    byte[] event = request.event().toString().getBytes(StandardCharsets.UTF_8);
    if (event.length > RuntimeErrors.MAX_SYNCHRONOUS_PAYLOAD) {
      return UrlResponse.error(
          413, "RequestEntityTooLargeException", "Message", "Request Entity Too Large");
    }
    try {
      var invocation =
          new Invocation(request.requestId(), found.arn(), event, request.traceId(), null, false);
      if (found.url().streams()) {
        return UrlStream.answer(invoke.stream(found.ref(), invocation));
      }
      InvocationResult result = invoke.run(found.ref(), invocation);
      return result.functionError() == null
          ? UrlResponse.buffered(result.payload())
          : UrlResponse.broken();
    } catch (AwsException refused) {
      return refused.status() == 429
          ? UrlResponse.error(429, refused.code(), "Message", refused.text())
          : UrlResponse.broken();
    }
  }

  private static Target target(HttpRequest request) {
    Matcher byPath = PATH.matcher(request.rawPath());
    if (byPath.matches()) {
      return new Target(byPath.group(1), byPath.group(2) == null ? "/" : byPath.group(2));
    }
    Matcher host = HOST.matcher(request.hostName());
    return new Target(host.matches() ? host.group(1) : "", request.rawPath());
  }

  private @Nullable Found find(String id) {
    return store.locked(
        all -> {
          for (LambdaFunction function : all.values()) {
            for (Map.Entry<String, FunctionUrl> one : function.urls.entrySet()) {
              if (one.getValue().id().equals(id)) {
                String qualifier = one.getKey();
                return new Found(
                    new FunctionRef(function.name, qualifier.isEmpty() ? null : qualifier),
                    new UrlAuthorization.Target(
                        one.getValue(),
                        function.name,
                        function.arn + (qualifier.isEmpty() ? "" : ":" + qualifier),
                        function.latest.logging().path("LogGroup").asText(),
                        List.copyOf(function.policies.getOrDefault(qualifier, Map.of()).values())));
              }
            }
          }
          return null;
        });
  }

  private static HttpResponse withId(HttpResponse response, String requestId) {
    return response.with(response.headers().with("x-amzn-RequestId", requestId));
  }
}
