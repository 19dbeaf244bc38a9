// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.sources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.TimedCall;
import dev.syncline.sim.service.contract.LocalHttp;
import dev.syncline.sim.service.http.HttpEndpoint;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.service.http.OutgoingRequest;
import dev.syncline.sim.service.http.RequestSigner;
import dev.syncline.sim.service.settings.AllowedHost;
import dev.syncline.sim.services.appsync.datasource.DataSource;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A host as data source: one that this process serves in place of AWS, or one that is allowed by
 * name; any other is refused. Thread-safe.
 */
record HttpSource(SourceServices services, DataSource source) {
  /** The time in which the host must answer. */
  private static final Duration MAX_TIME = Duration.ofSeconds(10);

  /** The maximum body of an answer, in bytes. */
  private static final int MAX_BODY = 1024 * 1024;

  private static final String REFUSED = "Http:HostNotAllowed";
  private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern HEADER_VALUE = Pattern.compile("[^\\x00-\\x08\\x0A-\\x1F\\x7F]*");
  private static final List<String> METHODS =
      List.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS");

  /** The result of a document: status, headers and body as text. */
  JsonNode call(DocumentPart document) throws SourceFailure {
    document.only(Set.of("version", "operation", "method", "resourcePath", "params"));
    String method = document.requiredText("method").toUpperCase(Locale.ROOT);
    if (!METHODS.contains(method)) {
      throw document.wrong("method", "one of " + METHODS);
    }
    URI url = url(document.requiredText("resourcePath"));
    var params = document.part("params");
    List<Map.Entry<String, String>> headers = List.of();
    List<Map.Entry<String, String>> query = List.of();
    byte[] body = new byte[0];
    if (params.isPresent()) {
      params.get().only(Set.of("headers", "query", "body"));
      headers = headers(params.get());
      query = pairs(params.get(), "query");
      body = body(params.get().json().path("body"));
    }
    String own = url.getRawQuery() == null ? "" : url.getRawQuery();
    String given = RequestSigner.query(query);
    var request =
        new OutgoingRequest(
            method,
            url,
            own.isEmpty() || given.isEmpty() ? own + given : own + "&" + given,
            headers,
            body);
    LocalHttp local = services.http().get();
    AllowedHost host = local.serves(url) ? null : allowed(url);
    OutgoingRequest signed = signed(request);
    if (signed.path().startsWith(HttpEndpoint.OWN_PATHS)) {
      throw SourceFailure.of(
          REFUSED,
          "The simulator sends no request of a data source to the path "
              + signed.path()
              + ": it is for programs of the developer");
    }
    return result(
        new TimedCall(services.clock())
            .run(
                "appsync-http",
                MAX_TIME,
                host != null,
                () ->
                    host == null
                        ? local.send(signed.local())
                        : signed.remote(host, MAX_TIME, MAX_BODY)));
  }

  private URI url(String resourcePath) throws SourceFailure {
    String endpoint = source.setting("endpoint");
    String base = endpoint.endsWith("/") ? endpoint.substring(0, endpoint.length() - 1) : endpoint;
    String path = resourcePath.startsWith("/") ? resourcePath : "/" + resourcePath;
    try {
      return URI.create((base + path).replace(" ", "%20"));
    } catch (IllegalArgumentException malformed) {
      throw SourceFailure.template(
          "Value for field '$[resourcePath]' must be a path, got '" + resourcePath + "'");
    }
  }

  private static List<Map.Entry<String, String>> headers(DocumentPart params) throws SourceFailure {
    List<Map.Entry<String, String>> headers = pairs(params, "headers");
    for (Map.Entry<String, String> header : headers) {
      if (!HEADER_NAME.matcher(header.getKey()).matches()
          || !HEADER_VALUE.matcher(header.getValue()).matches()) {
        throw SourceFailure.template(
            "The header '" + header.getKey() + "' of '$[params][headers]' cannot be sent");
      }
    }
    return headers;
  }

  private static List<Map.Entry<String, String>> pairs(DocumentPart params, String member)
      throws SourceFailure {
    var pairs = new ArrayList<Map.Entry<String, String>>();
    var part = params.part(member);
    if (part.isPresent()) {
      for (Map.Entry<String, JsonNode> pair : part.get().json().properties()) {
        JsonNode value = pair.getValue();
        if (value.isArray()) {
          value.forEach(one -> pairs.add(Map.entry(pair.getKey(), one.asText())));
        } else if (value.isObject()) {
          throw part.get().wrong(pair.getKey(), "a string");
        } else if (!value.isNull()) {
          pairs.add(Map.entry(pair.getKey(), value.asText()));
        }
      }
    }
    return pairs;
  }

  private static byte[] body(JsonNode body) {
    String text = "";
    if (body.isTextual()) {
      text = body.textValue();
    } else if (!body.isMissingNode() && !body.isNull()) {
      text = body.toString();
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private @Nullable AllowedHost allowed(URI url) throws SourceFailure {
    URI withPort = url;
    if (url.getPort() < 0 && "http".equalsIgnoreCase(url.getScheme())) {
      withPort = URI.create("http://" + url.getHost() + ":80");
    }
    for (AllowedHost one : services.allowed()) {
      if (one.is(withPort)) {
        return one;
      }
    }
    throw SourceFailure.of(
        REFUSED,
        "The simulator does not call the host '"
            + url.getHost()
            + "': it is not a host of a simulated service, and the option --allow-host "
            + url.getRawAuthority()
            + " (in Java SimulatorConfig.withAllowedHosts) is not given");
  }

  private OutgoingRequest signed(OutgoingRequest request) throws SourceFailure {
    JsonNode authorization = source.config().path("authorizationConfig");
    if (!authorization.path("authorizationType").asText().equals("AWS_IAM")) {
      return request;
    }
    JsonNode signing = authorization.path("awsIamConfig");
    String service = signing.path("signingServiceName").asText("");
    if (service.isEmpty() || source.role().isEmpty()) {
      throw SourceFailure.of(
          "Http:NotSigned",
          "The data source "
              + source.name()
              + " signs its requests, and needs 'serviceRoleArn' and"
              + " 'httpConfig.authorizationConfig.awsIamConfig.signingServiceName'");
    }
    CallContext context = services.context().get();
    var credentials =
        services
            .sessions()
            .assume(source.role(), context, source.apiArn())
            .orElseThrow(
                () ->
                    SourceFailure.of(
                        "Http:NotSigned", "Unable to assume role " + source.role() + "."));
    return request.signed(
        credentials,
        signing.path("signingRegion").asText(context.region()),
        service,
        services.clock().now());
  }

  private static JsonNode result(TimedCall.Ending<HttpResponse> ending) throws SourceFailure {
    return switch (ending) {
      case TimedCall.Ending.Answered<HttpResponse> answered -> result(answered.value());
      case TimedCall.Ending.TimedOut<HttpResponse> late ->
          throw SourceFailure.of("Http:ExecutionTimeoutException", "Execution timed out.");
      case TimedCall.Ending.Unreachable<HttpResponse> unreachable ->
          throw failed(unreachable.reason().getMessage());
      case TimedCall.Ending.Failed<HttpResponse> refused -> throw failed(refused.error().text());
      case TimedCall.Ending.Broke<HttpResponse> broke -> {
        if (broke.defect() instanceof IllegalArgumentException header) {
          // The JDK's client does not send some headers, such as Upgrade.
          throw failed(header.getMessage());
        }
        throw TimedCall.unchecked(broke.defect());
      }
    };
  }

  private static SourceFailure failed(@Nullable String reason) {
    return SourceFailure.of("Http:HttpRequestException", String.valueOf(reason));
  }

  private static JsonNode result(HttpResponse response) throws SourceFailure {
    if (response.body().length > MAX_BODY) {
      throw SourceFailure.of(
          "Http:ResponseTooLarge", "The answer has more than " + MAX_BODY + " bytes.");
    }
    ObjectNode result = Json.object().put("statusCode", response.status());
    ObjectNode headers = result.putObject("headers");
    response.headers().byName().forEach(headers::put);
    return result.put("body", new String(response.body(), StandardCharsets.UTF_8));
  }
}
