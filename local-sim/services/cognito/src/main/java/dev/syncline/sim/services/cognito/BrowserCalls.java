// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito;

import dev.syncline.sim.service.http.Access;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpEndpoint;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.service.http.PageRules;
import dev.syncline.sim.service.models.ServiceModel;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Lets web pages call the operations that need no signature, as AWS does: they are the ones that
 * pages use to sign users in. Answers the preflights for them; the address of a preflight names no
 * service, so it is told by the headers that a page wants to send. Thread-safe.
 *
 * @param targetPrefix what stands before the operation in {@code X-Amz-Target}
 */
record BrowserCalls(String targetPrefix) implements HttpEndpoint, PageRules {
  private static final String METHOD = "access-control-request-method";
  private static final String ASKED = "access-control-request-headers";
  private static final String TARGET = "x-amz-target";
  private static final String EXPOSED =
      "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date";

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
        Headers.of("Access-Control-Allow-Origin", "*")
            .with("Access-Control-Allow-Methods", "POST")
            .with("Access-Control-Allow-Headers", request.headers().first(ASKED).orElse(""))
            .with("Access-Control-Expose-Headers", EXPOSED)
            .with("Access-Control-Max-Age", "172800");
    // Chrome sends this for pages of other networks.
    if (request.headers().first("access-control-request-private-network").isPresent()) {
      headers = headers.with("Access-Control-Allow-Private-Network", "true");
    }
    return new HttpResponse(200, headers, new byte[0]);
  }

  @Override
  public Optional<Headers> opened(HttpRequest request) {
    String target = request.headers().first(TARGET).orElse("");
    boolean open =
        request.method().equals("POST")
            && target.startsWith(targetPrefix + ".")
            && isPublic(target.substring(targetPrefix.length() + 1));
    return open
        ? Optional.of(
            Headers.of("Access-Control-Allow-Origin", "*")
                .with("Access-Control-Expose-Headers", EXPOSED))
        : Optional.empty();
  }

  /** Whether anyone may call the operation. */
  static boolean isPublic(String operation) {
    return ServiceModel.of("cognito-idp")
        .findOperation(operation)
        .filter(published -> !published.signed())
        .isPresent();
  }
}
