// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import java.util.ArrayList;
import java.util.Optional;

/**
 * The headers that a browser requires before an allowed page can read an answer (the Fetch
 * standard's CORS protocol). Endpoints that are open to web pages set their own. Stateless.
 */
final class AllowedPages {
  private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";
  private static final String PREFLIGHT_SECONDS = "600";

  private AllowedPages() {}

  /** Whether the request is a browser's preflight. */
  static boolean isPreflight(HttpRequest request) {
    return request.method().equals("OPTIONS")
        && request.headers().first("access-control-request-method").isPresent();
  }

  /** Allows the request of the preflight. */
  static HttpResponse preflight(HttpRequest request, Origin page) {
    Headers headers =
        common(Headers.EMPTY, page)
            .with(
                "Access-Control-Allow-Methods",
                request.headers().first("access-control-request-method").orElse(""))
            .with("Access-Control-Max-Age", PREFLIGHT_SECONDS);
    Optional<String> asked = request.headers().first("access-control-request-headers");
    if (asked.isPresent()) {
      headers = headers.with("Access-Control-Allow-Headers", asked.get());
    }
    // Chrome sends this for pages of other networks.
    if (request.headers().first("access-control-request-private-network").isPresent()) {
      headers = headers.with("Access-Control-Allow-Private-Network", "true");
    }
    return new HttpResponse(204, headers, new byte[0]);
  }

  /** Lets the page read the answer. */
  static HttpResponse readable(HttpResponse response, Origin page) {
    return response.with(
        common(response.headers(), page).with("Access-Control-Expose-Headers", "*"));
  }

  /** The response with more headers. */
  static HttpResponse with(HttpResponse response, Headers more) {
    var all = new ArrayList<>(response.headers().entries());
    all.addAll(more.entries());
    return new HttpResponse(response.status(), new Headers(all), response.body());
  }

  private static Headers common(Headers headers, Origin page) {
    // A browser refuses an answer that has the header twice.
    var others =
        headers.entries().stream()
            .filter(entry -> !entry.getKey().equalsIgnoreCase(ALLOW_ORIGIN))
            .toList();
    return new Headers(others).with(ALLOW_ORIGIN, page.toString()).with("Vary", "Origin");
  }
}
