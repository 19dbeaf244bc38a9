// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.http;

import dev.syncline.sim.service.settings.AllowedHost;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A request of a task or an integration to a host. Immutable.
 *
 * @param endpoint an absolute URL; its own query is part of {@code query}
 * @param query percent-encoded, without the question mark
 */
public record OutgoingRequest(
    String method,
    URI endpoint,
    String query,
    List<Map.Entry<String, String>> headers,
    byte[] body) {
  // The HTTP client sets these itself.
  private static final Set<String> OWN_HEADERS = Set.of("host", "content-length", "connection");

  /** The percent-encoded path, beginning with a slash. */
  public String path() {
    String path = endpoint.getRawPath();
    return path == null || path.isEmpty() ? "/" : path;
  }

  /** This request with the headers of a signature. */
  public OutgoingRequest signed(
      RequestSigner.Credentials credentials, String region, String signingName, Instant now) {
    var all =
        RequestSigner.signed(
            method,
            endpoint.getHost(),
            path(),
            query,
            headers,
            body,
            credentials,
            region,
            signingName,
            now);
    return new OutgoingRequest(method, endpoint, query, all, body);
  }

  /** The request as this process receives it. */
  public HttpRequest local() {
    var all = new ArrayList<>(headers);
    all.add(Map.entry("Host", endpoint.getRawAuthority()));
    return new HttpRequest(method, path(), query, new Headers(all), body, "127.0.0.1", true);
  }

  /**
   * Sends the request to a host outside of this process.
   *
   * @param limit for the whole exchange, in real time
   * @param maxBytes the maximum length of the answer's body
   * @throws IOException when no such answer arrives
   */
  public HttpResponse remote(AllowedHost host, Duration limit, int maxBytes)
      throws IOException, InterruptedException {
    String url = host.base(endpoint) + path() + (query.isEmpty() ? "" : "?" + query);
    var outgoing =
        java.net.http.HttpRequest.newBuilder(URI.create(url))
            .method(
                method,
                body.length == 0
                    ? java.net.http.HttpRequest.BodyPublishers.noBody()
                    : java.net.http.HttpRequest.BodyPublishers.ofByteArray(body));
    for (Map.Entry<String, String> header : headers) {
      if (!OWN_HEADERS.contains(header.getKey().toLowerCase(Locale.ROOT))) {
        outgoing.header(header.getKey(), header.getValue());
      }
    }
    var response = OutsideHttp.exchange(outgoing.build(), limit, maxBytes);
    var answered = new ArrayList<Map.Entry<String, String>>();
    response
        .headers()
        .map()
        .forEach((name, values) -> values.forEach(value -> answered.add(Map.entry(name, value))));
    return new HttpResponse(response.statusCode(), new Headers(answered), response.body());
  }
}
