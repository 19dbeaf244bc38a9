// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions.integration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.asl.Effect;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.contract.ConnectionCredentials;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.service.http.OutgoingRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The optimized integration {@code arn:aws:states:::http:invoke}: one HTTPS request with an
 * EventBridge connection's credentials. Source: the Step Functions guide, "Call HTTPS APIs". The
 * cause of a refused request is the status text alone, as others have observed on AWS.
 *
 * <p>Thread-safe.
 *
 * @param access checks the permissions of a role; null for none
 */
record HttpInvoke(
    HttpHosts hosts,
    ConnectionCredentials.Source connections,
    OAuthTokens tokens,
    String region,
    @Nullable HttpTaskAccess access)
    implements Integration {
  private static final int UNAUTHORIZED = 401;
  private static final Set<String> METHODS =
      Set.of("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD");
  private static final List<String> UNREADABLE =
      List.of("application/octet-stream", "image/", "video/", "audio/");
  private static final Set<String> FIELDS =
      Set.of(
          "ApiEndpoint",
          "Method",
          "InvocationConfig",
          "Authentication",
          "Headers",
          "QueryParameters",
          "RequestBody",
          "Transform");

  /** The same for tasks of a role. */
  HttpInvoke as(HttpTaskAccess role) {
    return new HttpInvoke(hosts, connections, tokens, region, role);
  }

  @Override
  public JsonNode call(Effect.ScheduleTask task) throws TaskFailedException {
    return call(task, new HttpTrace(false));
  }

  /** As {@link #call(Effect.ScheduleTask)}, and records request and response in the trace. */
  JsonNode call(Effect.ScheduleTask task, HttpTrace trace) throws TaskFailedException {
    JsonNode parameters = task.parameters().json();
    HttpTaskFields.only("", parameters, FIELDS);
    URI endpoint = endpoint(parameters);
    String method = parameters.path("Method").asText().toUpperCase(Locale.ROOT);
    if (!METHODS.contains(method)) {
      throw TaskFailedException.runtime(
          "The field 'Method' must be one of "
              + METHODS.stream().sorted().toList()
              + " but was '"
              + method
              + "'");
    }
    if (access != null) {
      access.requireEndpoint(method, endpoint.toString());
    }
    ConnectionCredentials credentials = credentials(parameters);
    OutgoingRequest request = outgoing(parameters, method, endpoint, credentials);
    trace.sent(request, outgoing(parameters, method, endpoint, ConnectionCredentials.NONE));
    HttpResponse response = send(request, credentials.oauth(), trace);
    trace.answered(response);
    return result(response);
  }

  private OutgoingRequest outgoing(
      JsonNode parameters, String method, URI endpoint, ConnectionCredentials credentials)
      throws TaskFailedException {
    Map<String, List<String>> own = HttpTaskFields.headers(parameters.path("Headers"));
    byte[] body =
        HttpTaskFields.body(
            parameters.path("RequestBody"), credentials.body(), parameters.path("Transform"));
    String query =
        HttpTaskFields.query(
            endpoint.getRawQuery(), parameters.path("QueryParameters"), credentials.query());
    var headers = new ArrayList<Map.Entry<String, String>>();
    own.forEach((name, values) -> values.forEach(value -> headers.add(Map.entry(name, value))));
    credentials.headers().forEach(header -> replace(headers, header));
    if (headers.stream().noneMatch(header -> header.getKey().equalsIgnoreCase("content-type"))) {
      headers.add(Map.entry("Content-Type", "application/json; charset=UTF-8"));
    }
    headers.add(Map.entry("User-Agent", "Amazon|StepFunctions|HttpInvoke|" + region));
    headers.add(Map.entry("Range", "bytes=0-262144"));
    return new OutgoingRequest(method, endpoint, query, headers, body);
  }

  /** Fetches a refused token again, once. */
  private HttpResponse send(
      OutgoingRequest request, ConnectionCredentials.@Nullable OAuth oauth, HttpTrace trace)
      throws TaskFailedException {
    if (oauth == null) {
      return hosts.send(request);
    }
    String header = tokens.header(oauth);
    OutgoingRequest authorized = authorized(request, header);
    trace.authorized(authorized);
    HttpResponse response = hosts.send(authorized);
    if (response.status() != UNAUTHORIZED) {
      return response;
    }
    tokens.refused(oauth, header);
    return hosts.send(authorized(request, tokens.header(oauth)));
  }

  private static OutgoingRequest authorized(OutgoingRequest request, String authorization) {
    var headers = new ArrayList<>(request.headers());
    replace(headers, Map.entry("Authorization", authorization));
    return new OutgoingRequest(
        request.method(), request.endpoint(), request.query(), headers, request.body());
  }

  private static void replace(
      List<Map.Entry<String, String>> headers, Map.Entry<String, String> header) {
    headers.removeIf(present -> present.getKey().equalsIgnoreCase(header.getKey()));
    headers.add(header);
  }

  private static URI endpoint(JsonNode parameters) throws TaskFailedException {
    JsonNode field = parameters.path("ApiEndpoint");
    if (!field.isTextual()) {
      throw TaskFailedException.runtime("The field 'ApiEndpoint' is required and must be a string");
    }
    String text = field.textValue();
    URI endpoint;
    try {
      endpoint = new URI(text);
    } catch (URISyntaxException malformed) {
      throw TaskFailedException.runtime(
          "The field 'ApiEndpoint' is not a valid URL: '" + text + "'");
    }
    if (!"https".equalsIgnoreCase(endpoint.getScheme()) || endpoint.getHost() == null) {
      throw TaskFailedException.runtime(
          "The field 'ApiEndpoint' must be an https URL but was '" + text + "'");
    }
    return endpoint;
  }

  private ConnectionCredentials credentials(JsonNode parameters) throws TaskFailedException {
    String arn = "";
    for (String field : List.of("Authentication", "InvocationConfig")) {
      HttpTaskFields.only(field, parameters.path(field), Set.of("ConnectionArn"));
      JsonNode given = parameters.path(field).path("ConnectionArn");
      if (!given.isMissingNode()) {
        if (!given.isTextual() || !arn.isEmpty()) {
          throw TaskFailedException.runtime(
              arn.isEmpty()
                  ? "The field '" + field + ".ConnectionArn' must be a string"
                  : "Only one of the fields 'Authentication' and 'InvocationConfig' may be given");
        }
        arn = given.textValue();
      }
    }
    if (arn.isEmpty()) {
      throw TaskFailedException.runtime(
          "The field 'Authentication.ConnectionArn' or 'InvocationConfig.ConnectionArn' is"
              + " required");
    }
    if (access != null) {
      access.requireConnection(arn);
    }
    try {
      return connections.of(arn);
    } catch (AwsException refused) {
      throw new TaskFailedException(
          "Events.ConnectionResource."
              + switch (refused.code()) {
                case "ResourceNotFoundException" -> "ResourceNotFound";
                case "AccessDeniedException" -> "AccessDenied";
                case "ConcurrentModificationException" -> "ConcurrentModification";
                case "AuthInProgress", "InvalidConnectionState" -> refused.code();
                default -> "InternalError";
              },
          refused.text());
    }
  }

  private static JsonNode result(HttpResponse response) throws TaskFailedException {
    if (response.status() < 200 || response.status() > 299) {
      throw new TaskFailedException(
          "States.Http.StatusCode." + response.status(), HttpText.phrase(response.status()));
    }
    // The engine refuses more than 256 KiB, as for every task.
    return HttpText.result(response, HttpText.jsonOrText(decode(response)));
  }

  private static String decode(HttpResponse response) throws TaskFailedException {
    String type = response.headers().first("content-type").orElse("").toLowerCase(Locale.ROOT);
    if (UNREADABLE.stream().anyMatch(type::startsWith)) {
      throw TaskFailedException.runtime(
          "The content type '" + type + "' of the response is not supported");
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(response.body()))
          .toString();
    } catch (CharacterCodingException notText) {
      throw TaskFailedException.runtime("The response is not readable as text");
    }
  }
}
