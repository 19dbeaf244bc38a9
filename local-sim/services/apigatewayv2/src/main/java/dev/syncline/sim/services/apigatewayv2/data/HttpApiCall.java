// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigatewayv2.data;

import dev.syncline.sim.service.http.HttpRequest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One request to a stage and the route that it matches. Immutable.
 *
 * @param path below the stage, percent-encoded, beginning with a slash
 * @param requestId the value of {@code apigw-requestid}
 */
record HttpApiCall(
    String account,
    String region,
    ServedApi api,
    ServedStage stage,
    ServedRoute.Match match,
    HttpRequest request,
    String path,
    String requestId,
    Instant started) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  RouteKey key() {
    return match.served().key();
  }

  String domainName() {
    return api.id() + ".execute-api." + region + ".amazonaws.com";
  }

  String time() {
    return TIME.format(started);
  }

  /** The path with the stage, as functions see it; the default stage has no name in it. */
  String fullPath() {
    return stage.name().equals("$default") ? path : "/" + stage.name() + path;
  }

  /** The ARN that resource policies of functions and policies of authorizers name. */
  String arn() {
    String resource =
        key().text().equals(RouteKey.DEFAULT) ? RouteKey.DEFAULT : request.method() + key().path();
    return executeApi(resource);
  }

  /** The ARN of the request's own path. */
  String requestArn() {
    return executeApi(request.method() + path);
  }

  private String executeApi(String resource) {
    return "arn:aws:execute-api:"
        + region
        + ":"
        + account
        + ":"
        + api.id()
        + "/"
        + stage.name()
        + "/"
        + resource;
  }

  String header(String name) {
    return request.headers().first(name).orElse("");
  }

  /** The values of {@code $context} by their names, without those of the response. */
  Map<String, String> context() {
    var values = new LinkedHashMap<String, String>();
    values.put("accountId", account);
    values.put("apiId", api.id());
    values.put("domainName", domainName());
    values.put("domainPrefix", api.id());
    values.put("extendedRequestId", requestId);
    values.put("httpMethod", request.method());
    values.put("identity.sourceIp", request.remoteAddress());
    values.put("identity.userAgent", header("User-Agent"));
    values.put("path", fullPath());
    values.put("protocol", "HTTP/1.1");
    values.put("requestId", requestId);
    values.put("requestTime", time());
    values.put("requestTimeEpoch", Long.toString(started.getEpochSecond()));
    values.put("routeKey", key().text());
    values.put("stage", stage.name());
    return values;
  }
}
