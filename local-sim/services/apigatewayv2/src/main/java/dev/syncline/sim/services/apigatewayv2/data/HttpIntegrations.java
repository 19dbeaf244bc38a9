// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigatewayv2.data;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.contract.LocalHttp;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.service.http.OutgoingRequest;
import dev.syncline.sim.service.http.PercentCoding;
import dev.syncline.sim.service.settings.AllowedHost;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Calls the integration of a route: a function, a service's operation, or an HTTP server. A server
 * outside of the simulator must be allowed by the setting for outside hosts. Thread-safe.
 *
 * @param local sends requests to hosts that this process answers for
 * @param allowed the outside hosts that may be called
 */
public record HttpIntegrations(
    HttpApiCalls calls, Supplier<LocalHttp> local, List<AllowedHost> allowed) {
  /** The largest answer of a server in bytes. Source: the service's quotas. */
  private static final int MAX_ANSWER = 10 * 1024 * 1024;

  private static final Pattern VARIABLE = Pattern.compile("\\{([A-Za-z0-9._:-]+)\\+?}");
  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "keep-alive",
          "te",
          "transfer-encoding",
          "upgrade");

  HttpResponse call(HttpApiCall call, JsonNode authorizer) throws HttpApiRefusal {
    JsonNode integration = call.match().served().integration();
    if (integration.isMissingNode()) {
      throw HttpApiRefusal.failed("the route has no integration");
    }
    int millis = integration.path("timeoutInMillis").asInt();
    HttpResponse answer;
    if (integration.path("integrationType").asText().equals("HTTP_PROXY")) {
      answer = server(call, integration, millis);
    } else if (integration.has("integrationSubtype")) {
      answer = ServiceAction.call(call, calls, integration, millis);
    } else {
      answer = function(call, integration, authorizer, millis);
    }
    return ParameterMappings.ofResponse(
        call,
        integration.path("responseParameters").path(Integer.toString(answer.status())),
        answer);
  }

  private HttpResponse function(
      HttpApiCall call, JsonNode integration, JsonNode authorizer, int millis)
      throws HttpApiRefusal {
    String version = integration.path("payloadFormatVersion").asText();
    String function =
        FunctionArn.of(integration.path("integrationUri").asText())
            .orElseThrow(() -> HttpApiRefusal.failed("integrationUri is not a function"));
    byte[] payload =
        calls.invoke(
            call,
            function,
            integration.path("credentialsArn").asText(),
            call.arn(),
            RequestPayload.ofIntegration(call, version, authorizer),
            millis);
    return FunctionAnswer.read(payload, version);
  }

  private HttpResponse server(HttpApiCall call, JsonNode integration, int millis)
      throws HttpApiRefusal {
    URI url;
    try {
      url = URI.create(filled(call, integration.path("integrationUri").asText()));
    } catch (IllegalArgumentException malformed) {
      throw HttpApiRefusal.failed("integrationUri is not a URL: " + malformed.getMessage());
    }
    String method = integration.path("integrationMethod").asText();
    HttpRequest asked = call.request();
    var headers = new ArrayList<Map.Entry<String, String>>();
    for (Map.Entry<String, String> header : asked.headers().entries()) {
      if (!HOP_BY_HOP.contains(header.getKey().toLowerCase(Locale.ROOT))) {
        headers.add(header);
      }
    }
    headers.add(
        Map.entry(
            "Forwarded",
            "by=127.0.0.1;for="
                + asked.remoteAddress()
                + ";host="
                + call.domainName()
                + ";proto="
                + (asked.secure() ? "https" : "http")));
    String query = join(url.getRawQuery(), asked.rawQuery());
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    HttpRequest request =
        ParameterMappings.ofRequest(
            call,
            integration.path("requestParameters"),
            new HttpRequest(
                method.equals("ANY") ? asked.method() : method,
                path,
                query,
                new Headers(headers),
                asked.body(),
                "127.0.0.1",
                url.getScheme().equals("https")));
    return calls.limited(call, millis, () -> send(url, request, millis));
  }

  private HttpResponse send(URI url, HttpRequest request, int millis)
      throws IOException, InterruptedException {
    var outgoing =
        new OutgoingRequest(
            request.method(),
            // Not resolve: a path that begins with two slashes would name another host.
            URI.create(url.getScheme() + "://" + url.getRawAuthority() + request.rawPath()),
            request.rawQuery(),
            request.headers().entries(),
            request.body());
    if (local.get().serves(url)) {
      return local.get().send(outgoing.local());
    }
    for (AllowedHost host : allowed) {
      if (host.is(url)) {
        HttpResponse answer = outgoing.remote(host, Duration.ofMillis(millis), MAX_ANSWER);
        var headers = new ArrayList<>(answer.headers().entries());
        headers.removeIf(
            header ->
                header.getKey().startsWith(":")
                    || HOP_BY_HOP.contains(header.getKey().toLowerCase(Locale.ROOT)));
        return new HttpResponse(answer.status(), new Headers(headers), answer.body());
      }
    }
    throw new IOException(
        "the simulator does not call the host '"
            + url.getRawAuthority()
            + "', because the option --allow-host does not name it");
  }

  /** A URL with the variables of the path and of the stage filled in. */
  private static String filled(HttpApiCall call, String uri) {
    String withVariables = uri.contains("${") ? RequestValues.value(call, uri).asText() : uri;
    return VARIABLE
        .matcher(withVariables)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(
                    PercentCoding.encode(
                        call.match().parameters().getOrDefault(match.group(1), ""), "/")));
  }

  private static String join(@Nullable String own, String asked) {
    if (own == null || own.isEmpty()) {
      return asked;
    }
    return asked.isEmpty() ? own : own + "&" + asked;
  }
}
