// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import dev.syncline.sim.service.contract.AccessKeys.AccessKey;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Facts of a request that are set while it is processed: the client and the integration's result.
 * Belongs to the thread that answers the request.
 */
final class ExchangeFacts {
  private static final int MAX_SHOWN = 1024;

  /** Credentials among the headers in the event of a function. */
  private static final Pattern HIDDEN =
      Pattern.compile(
          "\"(authorization|x-api-key|x-amz-security-token)\":(?:\\[?\"[^\"]*+\"\\]?)",
          Pattern.CASE_INSENSITIVE);

  private static final Set<String> SECRET =
      Set.of("authorization", "x-amz-security-token", "x-api-key");

  /**
   * A line of the execution log.
   *
   * @param trace whether it is written only with data tracing
   */
  record Note(String line, boolean trace) {}

  private final List<Note> notes = new ArrayList<>();
  private final Map<String, String> values = new LinkedHashMap<>();
  private final Map<String, String> caller = new LinkedHashMap<>();
  private Map<String, String> authorizer = Map.of();
  private Map<String, String> claims = Map.of();
  private String apiKeyId = "";
  private String apiKey = "";

  /** The API key that let the request in. */
  void identified(String keyId, String key) {
    apiKeyId = keyId;
    apiKey = key;
    values.put("context.identity.apiKeyId", keyId);
    values.put("context.identity.apiKey", key);
  }

  /** The key that signed the request. */
  void signed(AccessKey key, String account) {
    caller.put("accessKey", key.id());
    caller.put("accountId", account);
    caller.put("caller", key.userId());
    caller.put("user", key.userId());
    caller.put("userArn", key.principalArn());
    caller.forEach((name, value) -> values.put("context.identity." + name, value));
  }

  /** What is known of the caller by its signature; empty for an unsigned request. */
  Map<String, String> caller() {
    return caller;
  }

  /** An authorizer let the request in. */
  void authorized(Map<String, String> newAuthorizer) {
    authorizer = newAuthorizer;
    newAuthorizer.forEach((name, value) -> values.put("context.authorizer." + name, value));
  }

  /** An authorizer of user pools let the request in. */
  void authorizedByPool(Map<String, String> newClaims) {
    claims = newClaims;
    newClaims.forEach((name, value) -> values.put("context.authorizer.claims." + name, value));
  }

  /** The claims of the user pool's token; empty without one. */
  Map<String, String> claims() {
    return claims;
  }

  /** What the authorizer gave: its principal and context; empty without an authorizer. */
  Map<String, String> authorizer() {
    return authorizer;
  }

  /** Empty when no key was asked for. */
  String apiKeyId() {
    return apiKeyId;
  }

  /** Empty when no key was asked for. */
  String apiKey() {
    return apiKey;
  }

  /** The integration was called; {@code status} is the status of its service. */
  void integrated(String requestId, int status, long latencyMillis) {
    values.put("context.integrationLatency", Long.toString(latencyMillis));
    values.put("context.integration.latency", Long.toString(latencyMillis));
    values.put("context.integration.requestId", requestId);
    values.put("context.awsEndpointRequestId", requestId);
    if (status > 0) {
      values.put("context.integrationStatus", Integer.toString(status));
      values.put("context.integration.integrationStatus", Integer.toString(status));
    }
  }

  /** A request goes to a service or a host. */
  void sent(String method, String base, HttpRequest request) {
    String query = request.rawQuery().isEmpty() ? "" : "?" + request.rawQuery();
    trace("Endpoint request URI: " + base + request.rawPath() + query);
    trace("Endpoint request headers: " + shown(request.headers()));
    trace("Endpoint request body after transformations: " + text(request.body()));
    notes.add(new Note("Sending request to " + base + request.rawPath() + query, false));
  }

  /** A function is invoked. */
  void invoked(String function, byte[] payload) {
    String event = HIDDEN.matcher(text(payload)).replaceAll("\"$1\":\"****\"");
    trace("Endpoint request body after transformations: " + event);
    notes.add(new Note("Sending request to " + function, false));
  }

  /**
   * A backend has answered.
   *
   * @param latencyMillis negative if it is not known
   */
  void received(HttpResponse response, long latencyMillis) {
    notes.add(
        new Note(
            "Received response. Status: "
                + response.status()
                + (latencyMillis < 0 ? "" : ", Integration latency: " + latencyMillis + " ms"),
            false));
    trace("Endpoint response headers: " + shown(response.headers()));
    trace("Endpoint response body before transformations: " + text(response.body()));
  }

  /** The lines about the integration for the execution log. */
  List<Note> notes() {
    return notes;
  }

  private void trace(String line) {
    notes.add(new Note(line, true));
  }

  /** Credentials are not shown. */
  private static String shown(Headers headers) {
    return headers.entries().stream()
        .filter(header -> !SECRET.contains(header.getKey().toLowerCase(Locale.ROOT)))
        .map(header -> header.getKey() + "=" + header.getValue())
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String text(byte[] body) {
    return new String(body, 0, Math.min(body.length, MAX_SHOWN), StandardCharsets.UTF_8);
  }

  /** The status in the function's result. */
  void backendStatus(int status) {
    values.put("context.integration.status", Integer.toString(status));
  }

  /** Whether the integration was called. */
  boolean isIntegrated() {
    return values.containsKey("context.integration.requestId");
  }

  /** The facts as {@code $context} references. */
  Map<String, String> values() {
    return values;
  }
}
