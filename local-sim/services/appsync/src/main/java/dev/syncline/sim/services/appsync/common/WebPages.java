// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.common;

import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import java.util.Locale;

/** The answers of APIs to web pages of every site. Stateless and thread-safe. */
public final class WebPages {
  private WebPages() {}

  /**
   * Answers a preflight. Allows all requested headers: the key is not in a cookie, so a foreign
   * page does not have it.
   *
   * @param common the headers of every answer
   * @param methods as the header lists them
   */
  public static HttpResponse preflight(HttpRequest request, Headers common, String methods) {
    String allowed =
        request
            .headers()
            .first("access-control-request-headers")
            .orElse("authorization, content-type, x-api-key, x-amz-date, x-amz-security-token");
    return new HttpResponse(
        200,
        common
            .with("Access-Control-Allow-Methods", methods)
            .with("Access-Control-Allow-Headers", allowed)
            .with("Access-Control-Max-Age", "86400"),
        new byte[0]);
  }

  /** Whether a request has an API key, or is a page's question whether it may send one. */
  public static boolean hasKey(HttpRequest request) {
    return request.headers().first("x-api-key").isPresent()
        || (request.method().equals("OPTIONS")
            && request.headers().all("access-control-request-headers").stream()
                .anyMatch(names -> names.toLowerCase(Locale.ROOT).contains("x-api-key")));
  }
}
