// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito;

import dev.syncline.sim.service.http.Access;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpEndpoint;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.service.http.UnsignedCalls;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Answers the preflights of web pages for the operations that need no signature, of user pools and
 * of identity pools. A preflight names no service in its address; the headers that the page wants
 * to send identify it. {@link UnsignedCalls} decides on the call itself. Thread-safe.
 */
record BrowserCalls() implements HttpEndpoint {
  private static final String METHOD = "access-control-request-method";
  private static final String ASKED = "access-control-request-headers";
  private static final String TARGET = "x-amz-target";

  @Override
  public boolean claims(HttpRequest request) {
    List<String> asked =
        Arrays.stream(
                request.headers().first(ASKED).orElse("").toLowerCase(Locale.ROOT).split(",", -1))
            .map(String::strip)
            .toList();
    return request.method().equals("OPTIONS")
        && request.rawPath().equals("/")
        && request.headers().first(METHOD).orElse("").equals("POST")
        && asked.contains(TARGET)
        && !asked.contains("authorization");
  }

  @Override
  public Access access(HttpRequest request) {
    return Access.WEB_PAGES;
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    Headers headers =
        UnsignedCalls.READABLE
            .with("Access-Control-Allow-Methods", "POST")
            .with("Access-Control-Allow-Headers", request.headers().first(ASKED).orElse(""))
            .with("Access-Control-Max-Age", "172800");
    // Chrome sends this for pages of other networks.
    if (request.headers().first("access-control-request-private-network").isPresent()) {
      headers = headers.with("Access-Control-Allow-Private-Network", "true");
    }
    return new HttpResponse(200, headers, new byte[0]);
  }
}
