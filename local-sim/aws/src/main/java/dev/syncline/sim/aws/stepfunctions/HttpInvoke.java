// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.stepfunctions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.aws.port.Headers;
import dev.syncline.sim.aws.port.HttpRequest;
import dev.syncline.sim.aws.port.HttpResponse;
import dev.syncline.sim.aws.service.AwsException;
import dev.syncline.sim.aws.service.Json;
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

/**
 * The optimized integration {@code arn:aws:states:::http:invoke}: one HTTPS request with an
 * EventBridge connection's credentials. Source: the Step Functions guide, "Call HTTPS APIs".
 *
 * <p>Hosts of simulated services are answered by this process; any other host is refused, so that a
 * test never reaches the network unasked. Thread-safe.
 */
final class HttpInvoke {
  private static final int MAX_RESPONSE_BYTES = 262_144;
  private static final Set<String> METHODS =
      Set.of("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD");
  private static final Set<String> FORBIDDEN_HEADERS =
      Set.of(
          "a-im",
          "accept-charset",
          "accept-datetime",
          "accept-encoding",
          "authorization",
          "cache-control",
          "connection",
          "content-encoding",
          "content-md5",
          "date",
          "expect",
          "forwarded",
          "from",
          "host",
          "http2-settings",
          "if-match",
          "if-modified-since",
          "if-none-match",
          "if-range",
          "if-unmodified-since",
          "max-forwards",
          "origin",
          "pragma",
          "proxy-authorization",
          "referer",
          "server",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "via",
          "warning");
  private static final List<String> FORBIDDEN_PREFIXES =
      List.of("x-forwarded-", "x-amz-", "x-amzn-");
  private static final Set<String> MEMBERS =
      Set.of(
          "ApiEndpoint",
          "Method",
          "InvocationConfig",
          "Authentication",
          "Headers",
          "QueryParameters",
          "RequestBody",
          "Transform");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Answers requests to simulated hosts. */
  interface LocalHosts {
    /** Whether this process answers for the host. */
    boolean serves(String hostName);

    /** Answers on the calling thread. */
    HttpResponse answer(HttpRequest request);
  }

  private final LocalHosts hosts;
  private final ConnectionCredentials.Source connections;
  private final String region;

  HttpInvoke(LocalHosts hosts, ConnectionCredentials.Source connections, String region) {
    this.hosts = hosts;
    this.connections = connections;
    this.region = region;
  }

  /** Makes the request and gives the task's result. Blocks the calling thread. */
  JsonNode invoke(JsonNode parameters) throws TaskFailedException {
    for (Map.Entry<String, JsonNode> field : parameters.properties()) {
      if (!MEMBERS.contains(field.getKey())) {
        throw runtime("The field '" + field.getKey() + "' is not supported by http:invoke");
      }
    }
    URI endpoint = endpoint(parameters);
    String method = parameters.path("Method").asText().toUpperCase(Locale.ROOT);
    if (!METHODS.contains(method)) {
      throw runtime("The field 'Method' must be one of " + METHODS + " but was '" + method + "'");
    }
    ConnectionCredentials credentials = credentials(parameters);
    Map<String, List<String>> headers = HttpTaskFields.headers(parameters.path("Headers"));
    for (String name : headers.keySet()) {
      requireAllowed(name);
    }
    String contentType =
        headers.entrySet().stream()
            .filter(header -> header.getKey().equalsIgnoreCase("content-type"))
            .map(header -> header.getValue().get(0))
            .findFirst()
            .orElse("application/json; charset=UTF-8");
    byte[] body =
        HttpTaskFields.body(
            parameters.path("RequestBody"), credentials.body(), parameters.path("Transform"));
    var sent = new ArrayList<Map.Entry<String, String>>();
    headers.forEach((name, values) -> values.forEach(value -> sent.add(Map.entry(name, value))));
    credentials
        .headers()
        .forEach(
            header -> {
              sent.removeIf(present -> present.getKey().equalsIgnoreCase(header.getKey()));
              sent.add(header);
            });
    if (sent.stream().noneMatch(header -> header.getKey().equalsIgnoreCase("content-type"))) {
      sent.add(Map.entry("Content-Type", contentType));
    }
    sent.add(Map.entry("User-Agent", "Amazon|StepFunctions|HttpInvoke|" + region));
    sent.add(Map.entry("Range", "bytes=0-262144"));
    sent.add(Map.entry("Host", endpoint.getRawAuthority()));
    String query =
        HttpTaskFields.query(
            endpoint.getRawQuery(), parameters.path("QueryParameters"), credentials.query());
    String path = endpoint.getRawPath().isEmpty() ? "/" : endpoint.getRawPath();
    HttpResponse response =
        hosts.answer(
            new HttpRequest(method, path, query, new Headers(sent), body, "127.0.0.1", true));
    return result(response);
  }

  private URI endpoint(JsonNode parameters) throws TaskFailedException {
    String text = parameters.path("ApiEndpoint").asText();
    URI endpoint;
    try {
      endpoint = new URI(text);
    } catch (URISyntaxException malformed) {
      throw runtime("The field 'ApiEndpoint' is not a valid URL: '" + text + "'");
    }
    if (!"https".equals(endpoint.getScheme()) || endpoint.getHost() == null) {
      throw runtime("The field 'ApiEndpoint' must be an https URL but was '" + text + "'");
    }
    if (!hosts.serves(endpoint.getHost().toLowerCase(Locale.ROOT))) {
      throw new TaskFailedException(
          "States.Http.Socket",
          "The simulator does not call host '"
              + endpoint.getHost()
              + "': only hosts of simulated services are reached");
    }
    return endpoint;
  }

  private ConnectionCredentials credentials(JsonNode parameters) throws TaskFailedException {
    JsonNode arn = parameters.path("Authentication").path("ConnectionArn");
    if (arn.isMissingNode()) {
      arn = parameters.path("InvocationConfig").path("ConnectionArn");
    }
    if (!arn.isTextual()) {
      throw runtime("The field 'Authentication.ConnectionArn' is required");
    }
    try {
      return connections.of(arn.asText());
    } catch (AwsException refused) {
      throw new TaskFailedException(
          refused.code().equals("ResourceNotFoundException")
              ? "Events.ConnectionResource.ResourceNotFound"
              : "Events.ConnectionResource.InvalidConnectionState",
          refused.text());
    }
  }

  private static void requireAllowed(String header) throws TaskFailedException {
    String name = header.toLowerCase(Locale.ROOT);
    if (FORBIDDEN_HEADERS.contains(name)
        || FORBIDDEN_PREFIXES.stream().anyMatch(name::startsWith)) {
      throw runtime("The header '" + header + "' is not allowed in the field 'Headers'");
    }
  }

  private static JsonNode result(HttpResponse response) throws TaskFailedException {
    if (response.body().length > MAX_RESPONSE_BYTES) {
      throw runtime("The response is larger than " + MAX_RESPONSE_BYTES + " bytes");
    }
    String text = decode(response);
    if (response.status() < 200 || response.status() > 299) {
      throw new TaskFailedException("States.Http.StatusCode." + response.status(), text);
    }
    ObjectNode result = Json.object();
    ObjectNode headers = result.putObject("Headers");
    for (Map.Entry<String, String> header : response.headers().entries()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      ArrayNode values =
          headers.get(name) instanceof ArrayNode present ? present : headers.putArray(name);
      values.add(header.getValue());
    }
    result.set("ResponseBody", parsed(text));
    result.put("StatusCode", response.status());
    result.put("StatusText", StatusText.of(response.status()));
    return result;
  }

  private static String decode(HttpResponse response) throws TaskFailedException {
    String type = response.headers().first("content-type").orElse("").toLowerCase(Locale.ROOT);
    if (type.startsWith("application/octet-stream")
        || type.startsWith("image/")
        || type.startsWith("video/")
        || type.startsWith("audio/")) {
      throw runtime("The content type '" + type + "' of the response is not supported");
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(response.body()))
          .toString();
    } catch (CharacterCodingException notText) {
      throw runtime("The response is not readable as text");
    }
  }

  private static JsonNode parsed(String text) {
    try {
      JsonNode json = JSON.readTree(text);
      return json.isMissingNode() ? JsonNodeFactory.instance.textNode(text) : json;
    } catch (JsonProcessingException notJson) {
      return JsonNodeFactory.instance.textNode(text);
    }
  }

  static TaskFailedException runtime(String cause) {
    return new TaskFailedException("States.Runtime", cause);
  }

  /** Reason phrases of the common statuses, as an HTTP client reports them. */
  private static final class StatusText {
    private static final Map<Integer, String> PHRASES =
        Map.of(
            200, "OK", 201, "Created", 202, "Accepted", 204, "No Content", 206, "Partial Content");

    static String of(int status) {
      return PHRASES.getOrDefault(status, "");
    }
  }
}
