// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import dev.syncline.sim.service.http.HttpRequest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One request to a stage.
 *
 * @param path below the stage as it was sent: percent-encoded, beginning with a slash
 * @param requestId a UUID
 * @param extendedRequestId the value of {@code x-amz-apigw-id}
 * @param traceId the value of {@code X-Amzn-Trace-Id}
 * @param facts facts that are set while the request is processed
 */
record Exchange(
    String account,
    String region,
    DeployedStage stage,
    HttpRequest request,
    String path,
    String requestId,
    String extendedRequestId,
    String traceId,
    Instant started,
    ExchangeFacts facts) {
  private static final DateTimeFormatter REQUEST_TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  String apiId() {
    return stage.api().apiId();
  }

  String domainName() {
    return apiId() + ".execute-api." + region + ".amazonaws.com";
  }

  String requestTime() {
    return REQUEST_TIME.format(started);
  }

  String protocol() {
    return "HTTP/1.1";
  }

  String userAgent() {
    return request.headers().first("User-Agent").orElse("");
  }

  /** The path as functions see it: as it was sent, but with one slash at the beginning. */
  String eventPath() {
    return path.replaceFirst("^/+", "/");
  }

  /**
   * The segments of the path by which it is routed, as they were sent. A slash at the end makes no
   * difference; two in the middle make an empty segment.
   */
  List<String> segments() {
    String inner = eventPath().substring(1).replaceFirst("/+$", "");
    return inner.isEmpty() ? List.of() : List.of(inner.split("/", -1));
  }

  /** The values of {@code $context} and {@code $stageVariables} references for this request. */
  Map<String, String> context() {
    var values = new LinkedHashMap<String, String>();
    values.put("context.accountId", account);
    values.put("context.apiId", apiId());
    values.put("context.domainName", domainName());
    values.put("context.domainPrefix", apiId());
    values.put("context.extendedRequestId", extendedRequestId);
    values.put("context.httpMethod", request.method());
    values.put("context.identity.sourceIp", request.remoteAddress());
    values.put("context.identity.userAgent", userAgent());
    values.put("context.path", "/" + stage.name() + path);
    values.put("context.protocol", protocol());
    values.put("context.requestId", requestId);
    values.put("context.requestTime", requestTime());
    values.put("context.requestTimeEpoch", Long.toString(started.toEpochMilli()));
    values.put("context.stage", stage.name());
    values.put("context.deploymentId", stage.deploymentId());
    values.put("context.xrayTraceId", traceId);
    values.putAll(facts.values());
    stage.variables().forEach((name, value) -> values.put("stageVariables." + name, value));
    return values;
  }

  static String decode(String segment) {
    try {
      // A plus sign in a path is a literal plus sign.
      return java.net.URLDecoder.decode(
          segment.replace("+", "%2B"), java.nio.charset.StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return segment;
    }
  }
}
