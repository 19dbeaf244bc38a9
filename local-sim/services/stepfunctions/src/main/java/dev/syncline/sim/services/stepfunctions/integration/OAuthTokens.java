// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions.integration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.kernel.BoundedMap;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.contract.ConnectionCredentials.OAuth;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.service.http.OutgoingRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of the client-credentials grant, kept until they expire or are refused. The request: the
 * client's id and secret and the connection's parameters as a form, for GET in the query. At most
 * {@value #MAX_TOKENS} are kept. Thread-safe.
 */
final class OAuthTokens {
  private static final int MAX_TOKENS = 1000;
  private static final String INVALID = "Events.ConnectionResource.InvalidConnectionState";

  private final HttpHosts hosts;
  private final SimClock clock;
  private final Map<String, Token> tokens = BoundedMap.byAge(MAX_TOKENS);

  OAuthTokens(HttpHosts hosts, SimClock clock) {
    this.hosts = hosts;
    this.clock = clock;
  }

  private record Token(String header, @Nullable Instant expiry) {}

  /** The value of the authorization header. */
  String header(OAuth oauth) throws TaskFailedException {
    synchronized (tokens) {
      Token known = tokens.get(oauth.key());
      if (known != null && (known.expiry() == null || clock.now().isBefore(known.expiry()))) {
        return known.header();
      }
    }
    Token fetched = fetch(oauth);
    synchronized (tokens) {
      tokens.put(oauth.key(), fetched);
    }
    return fetched.header();
  }

  /** Forgets a token that was refused, unless it has been replaced meanwhile. */
  void refused(OAuth oauth, String header) {
    synchronized (tokens) {
      Token known = tokens.get(oauth.key());
      if (known != null && known.header().equals(header)) {
        tokens.remove(oauth.key());
      }
    }
  }

  private Token fetch(OAuth oauth) throws TaskFailedException {
    var fields = new ArrayList<Map.Entry<String, String>>();
    if (oauth.body().stream().noneMatch(field -> field.getKey().equals("grant_type"))) {
      fields.add(Map.entry("grant_type", "client_credentials"));
    }
    fields.add(Map.entry("client_id", oauth.clientId()));
    fields.add(Map.entry("client_secret", oauth.clientSecret()));
    fields.addAll(oauth.body());
    var query = new ArrayList<>(oauth.query());
    var headers = new ArrayList<>(oauth.headers());
    boolean get = oauth.method().equals("GET");
    if (get) {
      query.addAll(fields);
    } else {
      headers.removeIf(header -> header.getKey().equalsIgnoreCase("content-type"));
      headers.add(Map.entry("Content-Type", "application/x-www-form-urlencoded"));
    }
    headers.add(Map.entry("Accept", "application/json"));
    URI endpoint = URI.create(oauth.endpoint());
    String own = endpoint.getRawQuery() == null ? "" : endpoint.getRawQuery();
    String asked = form(query);
    HttpResponse response =
        hosts.send(
            new OutgoingRequest(
                oauth.method(),
                endpoint,
                own.isEmpty() || asked.isEmpty() ? own + asked : own + "&" + asked,
                headers,
                get ? new byte[0] : form(fields).getBytes(StandardCharsets.UTF_8)));
    return token(oauth, response);
  }

  private Token token(OAuth oauth, HttpResponse response) throws TaskFailedException {
    if (response.status() < 200 || response.status() > 299) {
      throw new TaskFailedException(
          INVALID,
          "The connection's authorization endpoint "
              + oauth.endpoint()
              + " answered "
              + response.status()
              + " "
              + HttpText.phrase(response.status()));
    }
    JsonNode json = HttpText.jsonOrText(new String(response.body(), StandardCharsets.UTF_8));
    String token = json.path("access_token").asText("");
    if (token.isEmpty()) {
      throw new TaskFailedException(
          INVALID,
          "The connection's authorization endpoint "
              + oauth.endpoint()
              + " answered without an access_token");
    }
    long seconds = json.path("expires_in").asLong(0);
    return new Token(
        "Bearer " + token, seconds > 0 ? clock.now().plus(Duration.ofSeconds(seconds)) : null);
  }

  private static String form(List<Map.Entry<String, String>> fields) {
    return fields.stream()
        .map(field -> HttpText.encode(field.getKey()) + "=" + HttpText.encode(field.getValue()))
        .collect(Collectors.joining("&"));
  }
}
